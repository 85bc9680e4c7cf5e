"""Exported: what may be told of the survey as files: rows in the reader's language for people, documents for programs."""

from collections.abc import Iterable

import msgspec
from django.utils.translation import gettext as _

from customhouse.development import integrity
from customhouse_server.desk.templatetags.customs import named, said
from customhouse_server.integrity import rulebook
from customhouse_server.perception.actions import Told

Row = tuple[object, ...]
_PLACES = 3


def cell_named(cell: tuple[str, ...]) -> str:
    """The words for a group, or for a group at an office."""
    if not cell:
        return _("Everybody")
    places = {"other": _("small offices together"), "all": _("all")}
    return ", ".join([named(cell[0]), *(places.get(place, place) for place in cell[1:])])


def rows(waves: Iterable[Told]) -> list[Row]:
    """A row a cell and factor, under a head; of a hidden cell its place and nothing else."""
    scale = (_("Answers"), _("Mean"), _("Lower end"), _("Upper end"))
    head = (_("Opened"), _("Closed"), _("Group and office"), _("Factor"), *scale)
    return [head, *(_row(told, each) for told in waves for each in told.results)]


def document(waves: Iterable[Told]) -> dict[str, object]:
    """Each wave, the latest first; a hidden cell has its place and nothing else."""
    return {
        "waves": [
            {
                "opened_on": each.wave.opened_on.isoformat(),
                "k": each.wave.survey.k,
                "results": msgspec.to_builtins(each.results),
                "changes": msgspec.to_builtins(each.changes),
            }
            for each in waves
        ]
    }


def _row(told: Told, result: integrity.perception.Result) -> Row:
    factor = f"{result.factor}. {said(rulebook.questions().factors[result.factor - 1])}"
    closed = told.wave.closed_on.isoformat() if told.wave.closed_on else ""
    figures = [_rounded(each) for each in (result.mean, result.low, result.high)]
    return (told.wave.opened_on.isoformat(), closed, cell_named(result.cell), factor, "" if result.n is None else result.n, *figures)


def _rounded(value: float | None) -> object:
    return "" if value is None else round(value, _PLACES)
