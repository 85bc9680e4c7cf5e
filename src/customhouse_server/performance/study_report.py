"""Study report: a time release study in the order of the WCO Guide, as a committee receives it, and the charts that its page shows too."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import translation
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop as _noop

from customhouse.performance import release_time
from customhouse_server.desk.paper import Block, Paper, bullets, chart, facts, paper_pdf, paragraph, paragraphs, section, table
from customhouse_server.desk.words import WORDS
from customhouse_server.performance import study_view, telling
from customhouse_server.performance.kept import KeptStudy, PlannedAction
from customhouse_server.performance.naming import named
from customhouse_server.performance.strata import listing
from customhouse_server.performance.telling import took

Plan = Sequence[tuple[PlannedAction, release_time.Change | None]]
Changes = Sequence[release_time.Change]
_MOST_STRATA = 40
MADE_UP = _noop("A made-up year: these figures come from simulated declarations of a country that does not exist.")


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart with the sentence that it shows."""

    title: str
    svg: SafeString


def charts(done: release_time.Study) -> dict[str, Chart]:
    """The charts of a study by name."""
    return {
        "distribution": Chart(study_view.distribution_title(done), study_view.distribution(done)),
        "actors": Chart(study_view.actors_title(done), study_view.actors(done)),
        "release": Chart(study_view.release_title(done), study_view.release(done)),
        "reasons": Chart(study_view.reasons_title(done), study_view.reasons(done)),
    }


def report(study: KeptStudy, plan: Plan, changes: Changes, *, language: str) -> bytes:
    """The report of a finished study as a PDF in a language."""
    with translation.override(language):
        return paper_pdf(content(study, plan, changes), at=study.made_at)


def content(study: KeptStudy, plan: Plan, changes: Changes) -> Paper:
    """What is read in the report, in the guide's order."""
    done = study.result
    assert done is not None, "a report is made of a finished study"
    return {
        "title": study.design.title,
        "subtitle": _("Time release study, %(start)s to %(end)s") % _period(study.design),
        "author": [study.made_by],
        "notice": _(MADE_UP) if study.is_made_up else "",
        "contents": _("Contents"),
        "summary": _sentence(study_view.headline(done)),
        "sections": [
            section(title, *blocks)
            for title, blocks in (
                (_("Objectives"), _objectives(study)),
                (_("Scope"), _scope(study, done)),
                (_("Method"), _method(done)),
                (_("Analysis"), _analysis(done, changes)),
                (_("Conclusions"), _conclusions(study, done, changes)),
                (_("Recommendations"), _recommendations(study, plan)),
                (_("Action plan"), _plan(plan)),
            )
        ],
    }


def _objectives(study: KeptStudy) -> Iterator[Block]:
    yield from paragraphs(
        study.words.objectives
        or _(
            "To measure how long goods take from arrival to release and removal, to find where the time goes and whose it is, "
            "and to agree on what is done about it (TFA 7.6)."
        )
    )


def _scope(study: KeptStudy, done: release_time.Study) -> Iterator[Block]:
    dates = _period(study.design)
    rows = [
        [_("Declarations first lodged"), _("%(start)s to %(end)s") % dates],
        [_("Followed until before"), dates["seen_until"]],
        *([_outcome(name), telling.number(count)] for name, count in done.outcomes.items()),
        *([_("Only, %(part)s") % {"part": named(name)}, value] for name, value in study.design.only.items()),
        [_("Divided by"), ", ".join(named(each) for each in study.design.strata)],
        *([_("Target, %(segment)s") % {"segment": named(name)}, took(hours * 3_600)] for name, hours in study.design.targets.items()),
    ]
    yield facts(rows)


def _method(done: release_time.Study) -> Iterator[Block]:
    yield from paragraphs(_(done.method))
    if done.unmeasured:
        yield paragraph(_("What was not measured:"))
        yield bullets(study_view.unmeasured(done))


def _analysis(done: release_time.Study, changes: Changes) -> Iterator[Block]:
    for each in charts(done).values():
        if each.svg:
            yield chart(each.title, each.svg)
    head = [_("Segment"), _("Whose"), _("Number"), _("Median"), _("95 % interval"), _("Mean"), _("9 in 10 within"), _("Within target")]
    keys = ("segment", "actor", "n", "median", "between", "mean", "p90", "within")
    times = study_view.segment_rows(done.segments)
    yield table(head, ([row[key] for key in keys] for row in times), left=(1,))
    yield table(study_view.spread_heads(), study_view.spread_rows(done.segments), left=(2,))
    head = [_("Divided by"), _("Value"), _("Number"), _("Median"), _("95 % interval"), _("9 in 10 within"), _("Longest held by")]
    found = listing(done, {"sort": "-n"})["rows"]
    assert isinstance(found, list), "the rows of a table"
    keys = ("median", "between", "p90")
    rows = [
        [named(row["stratum"]), _value(row["value"]), telling.number(row["n"]), *(row[key] for key in keys), named(row["slowest"])]
        for row in found[:_MOST_STRATA]
    ]
    yield table(head, rows, left=(1, 6))
    if changes:
        yield table([_("Segment"), _("Before"), _("Now"), _("Change")], _changed(changes))


def _conclusions(study: KeptStudy, done: release_time.Study, changes: Changes) -> Iterator[Block]:
    if study.words.conclusions:
        yield from paragraphs(study.words.conclusions)
        return
    found = [_sentence(study_view.headline(done)), *(f"{each.title}." for each in charts(done).values())]
    sure = [each for each in changes if each.is_sure]
    found += [f"{named(each.segment)}: {study_view.told_change(each)}, {took(each.before)} → {took(each.after)}." for each in sure]
    yield bullets(found)


def _recommendations(study: KeptStudy, plan: Plan) -> Iterator[Block]:
    if study.words.recommendations:
        yield from paragraphs(study.words.recommendations)
    elif plan:
        yield bullets(f"{each.finding}: {each.action}" for each, _effect in plan)
    else:
        yield paragraph(_("None have been written yet."))


def _plan(plan: Plan) -> Iterator[Block]:
    if not plan:
        yield paragraph(_("No actions have been planned yet."))
        return
    head = [_("Finding"), _("Action"), _("Owner"), _("Due"), _("State"), _("Effect in the next study")]
    rows = [
        [
            each.finding,
            each.action,
            each.owner,
            date_format(each.due, "j M Y"),
            _(WORDS[each.status]),
            study_view.told_change(effect) if effect else telling.UNKNOWN,
        ]
        for each, effect in plan
    ]
    yield table(head, rows, left=(1, 2, 3, 4, 5))


def _changed(changes: Changes) -> list[list[str]]:
    return [[named(each.segment), took(each.before), took(each.after), study_view.told_change(each)] for each in changes]


def _period(design: release_time.Design) -> dict[str, str]:
    return {name: date_format(getattr(design, name), "j F Y") for name in ("start", "end", "seen_until")}


def _outcome(name: str) -> str:
    return _("Of these: %(outcome)s") % {"outcome": _(WORDS.get(name, name))}


def _value(text: str) -> str:
    return _(WORDS[text]) if text in WORDS else named(text) or telling.UNKNOWN


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:]
