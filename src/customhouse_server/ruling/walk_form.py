"""Walk form: a step of the General Rules as an officer types it: codes and texts one a line, each with what is said of it after a colon."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from customhouse.tariff import interpretation

SOURCES = tuple(kind.value for kind in interpretation.SourceKind)


def rules_of(walk: interpretation.Walk | None) -> list[dict[str, str]]:
    """The rules that can be answered now, the next first; one line down the tariff where the subheading is reached."""
    due = interpretation.next_rules(walk) if walk else tuple(interpretation.GeneralRule)
    return [{"rule": rule.value, "question": _(interpretation.RULES[rule])} for rule in (due[:1] or (interpretation.GeneralRule.RULE_6,))]


def step_of(posted: Mapping[str, str]) -> interpretation.Step:
    """The step that the fields say; refuses a rule that there is none of with `ValueError`."""
    return interpretation.Step(
        rule=interpretation.GeneralRule(posted.get("rule", "")),
        applies=posted.get("applies") == "yes",
        answer=posted.get("answer", "").strip(),
        candidates=_candidates(posted.get("candidates", "")),
        rejected=_candidates(posted.get("rejected", "")),
        texts=tuple(_citations(posted.get("texts", ""))),
        precedents=tuple(each.strip() for each in posted.get("precedents", "").splitlines() if each.strip()),
    )


def _candidates(text: str) -> tuple[interpretation.Candidate, ...]:
    pairs = (line.partition(":") for line in text.splitlines() if line.strip())
    return tuple(interpretation.Candidate("".join(code.replace(".", "").split()), reason.strip()) for code, _colon, reason in pairs)


def _citations(text: str) -> list[interpretation.Citation]:
    """Each line `kind: where`; a line without a kind cites the terms of a heading."""
    found = []
    for line in text.splitlines():
        kind, colon, where = line.partition(":")
        known = kind.strip().casefold().replace(" ", "_")
        if colon and known in SOURCES:
            found.append(interpretation.Citation(interpretation.SourceKind(known), where.strip()))
        elif line.strip():
            found.append(interpretation.Citation(interpretation.SourceKind.HEADING, line.strip()))
    return found
