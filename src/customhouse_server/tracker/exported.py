"""Exported: the standings of an agreement as rows for a file, safe to open in a spreadsheet."""

import msgspec

from customhouse import spreadsheet
from customhouse.strategy import implementation
from customhouse_server.tracker import current
from customhouse_server.tracker.tracked import Tracked

HEAD = (
    "number",
    "title",
    "feature",
    "state",
    "is_carried_out",
    "reasons",
    "de_jure",
    "cited_by",
    "category",
    "definitive_on",
    "effort_remaining",
)


def rows(instrument: implementation.Instrument, known: Tracked) -> list[dict[str, object]]:
    """One row a provision, with the law, the category and what work is left."""
    return [_row(instrument.name, each, known) for each in instrument.provisions]


def as_csv(found: list[dict[str, object]]) -> str:
    """The rows as CSV."""
    return spreadsheet.written([HEAD, *([row[name] for name in HEAD] for row in found)])


def as_json(found: list[dict[str, object]]) -> bytes:
    """The rows as JSON."""
    return msgspec.json.format(msgspec.json.encode(found))


def _row(name: str, provision: implementation.instrument.Provision, known: Tracked) -> dict[str, object]:
    subject = f"{name}/{provision.number}"
    stands = known.standings[name][provision.number]
    law, measure = known.law(subject), known.measure(subject)
    return {
        "number": provision.number,
        "title": provision.title,
        "feature": provision.feature,
        "state": stands.state.value,
        "is_carried_out": stands.is_carried_out,
        "reasons": [str(each) for each in stands.reasons],
        "de_jure": law.provision if law else "",
        "cited_by": [f"{each.module}: {each.rule}" for each in current.citations_of(name) if each.is_of(provision.number)],
        "category": measure.category if measure else None,
        "definitive_on": measure.definitive_on if measure else None,
        "effort_remaining": known.effort(subject),
    }
