"""Difference: what changed from one edition of a scan to another, in words."""

from collections.abc import Iterator
from datetime import date

from customhouse.strategy.scan.edition import Edition
from customhouse.strategy.scan.item import Evidence, Item


def difference(before: Edition, after: Edition) -> tuple[str, ...]:
    """One sentence a change, by number: items new and gone, and each field that says something else; none between equals."""
    old, new = ({each.number: each for each in edition.items} for edition in (before, after))
    told: list[str] = []
    for number in sorted(old.keys() | new.keys()):
        if number not in old:
            told.append(f"{number} is new: {new[number].statement}")
        elif number not in new:
            told.append(f"{number} is gone: {old[number].statement}")
        else:
            told += _changes(old[number], new[number])
    return tuple(told)


def _changes(old: Item, new: Item) -> Iterator[str]:
    for field in Item.__struct_fields__:
        before, after = getattr(old, field), getattr(new, field)
        if before != after:
            yield f"{old.number}: {field.replace('_', ' ')} was {_said(before)}, and is {_said(after)}"
    if old.score != new.score and old.score is not None and new.score is not None:
        yield f"{old.number}: it weighs {'more' if new.score > old.score else 'less'} ({old.score} before, {new.score} now)"


def _said(value: object) -> str:
    if value is None or value in {"", ()}:
        return "not said"
    if isinstance(value, tuple):
        return ", ".join(each.source if isinstance(each, Evidence) else str(each) for each in value)
    return value.isoformat() if isinstance(value, date) else f'"{value}"' if " " in str(value) else str(value)
