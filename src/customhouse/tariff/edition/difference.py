"""Difference: what one published tariff file says that an earlier one does not, line by line and in words (TFA Article 1.1).

Lines are compared by the code or the identity that they carry, and field by field. Footnotes lead to other provisions and carry no
rate of their own: a line that differs in them alone is told apart from one that changed.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from customhouse.tariff.edition.published_file import Line

_FOOTNOTES = "footnotes"


@dataclass(frozen=True, slots=True)
class Change:
    """One field of one line, as it was and as it is."""

    line: str
    field: str
    before: object
    after: object


@dataclass(frozen=True, slots=True)
class Difference:
    """The lines that came, went and changed, and those with other footnotes only; each by its code, in order."""

    added: Mapping[str, Line]
    removed: Mapping[str, Line]
    changed: Mapping[str, tuple[Change, ...]]
    other_footnotes: Mapping[str, tuple[Change, ...]]


def difference(before: Mapping[str, Line], after: Mapping[str, Line]) -> Difference:
    """What is in `after` and not in `before`, the other way round, and what differs between lines of the same code."""
    changes = {code: tuple(_changes(code, before[code], after[code])) for code in sorted(before.keys() & after.keys())}
    return Difference(
        added={code: after[code] for code in sorted(after.keys() - before.keys())},
        removed={code: before[code] for code in sorted(before.keys() - after.keys())},
        changed={code: found for code, found in changes.items() if any(each.field != _FOOTNOTES for each in found)},
        other_footnotes={code: found for code, found in changes.items() if found and all(each.field == _FOOTNOTES for each in found)},
    )


def _changes(code: str, before: Line, after: Line) -> Iterator[Change]:
    for field in [*before, *(name for name in after if name not in before)]:
        if before.get(field) != after.get(field):
            yield Change(code, field, before.get(field), after.get(field))
