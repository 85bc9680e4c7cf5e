"""Walk form: a step of the General Rules as an officer types it: codes and texts one a line, each with what is said of it after a colon."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from customhouse.tariff import interpretation

SOURCES = tuple(kind.value for kind in interpretation.SourceKind)


def rule_of(walk: interpretation.Walk | None) -> dict[str, object]:
    """The rule to answer now, and those after it that one reason may answer with it as playing no part; 6 again below a subheading."""
    due = interpretation.next_rules(walk) if walk else tuple(interpretation.GeneralRule)
    rule = due[0] if due else interpretation.GeneralRule.RULE_6
    return {"rule": rule.value, "question": _(interpretation.RULES[rule]), "further": [each.value for each in due[1:-1]]}


def steps_of(posted: Mapping[str, str]) -> tuple[interpretation.Step, ...]:
    """The step that the fields say, or where it plays no part those up to the rule named; a rule there is none of is a `ValueError`."""
    rule = interpretation.GeneralRule(posted.get("rule", ""))
    answer = posted.get("answer", "").strip()
    if posted.get("applies") == "no":
        order = list(interpretation.GeneralRule)
        last = order.index(interpretation.GeneralRule(posted.get("through") or rule))
        none = order[order.index(rule) : max(order.index(rule), last) + 1]
        return tuple(interpretation.Step(rule=each, applies=False, answer=answer) for each in none)
    step = interpretation.Step(
        rule=rule,
        applies=True,
        answer=answer,
        candidates=_candidates(posted.get("candidates", "")),
        rejected=_candidates(posted.get("rejected", "")),
        texts=tuple(_citations(posted.get("texts", ""))),
        precedents=tuple(each.strip() for each in posted.get("precedents", "").splitlines() if each.strip()),
    )
    return (step,)


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
