"""Difference: what changed from one edition of a scan to another, in words."""

from collections.abc import Iterator
from datetime import date

from customhouse.saying import Saying, saying
from customhouse.strategy.scan.edition import Edition
from customhouse.strategy.scan.item import Evidence, Item


def difference(before: Edition, after: Edition) -> tuple[Saying, ...]:
    """One sentence a change, by number: items new and gone, and each field that says something else; none between equals."""
    old, new = ({each.number: each for each in edition.items} for edition in (before, after))
    told: list[Saying] = []
    for number in sorted(old.keys() | new.keys()):
        if number not in old:
            told.append(saying("{number} is new: {statement}", number=number, statement=saying(new[number].statement)))
        elif number not in new:
            told.append(saying("{number} is gone: {statement}", number=number, statement=saying(old[number].statement)))
        else:
            told += _changes(old[number], new[number])
    return tuple(told)


def _changes(old: Item, new: Item) -> Iterator[Saying]:
    for name in Item.__struct_fields__:
        before, after = getattr(old, name), getattr(new, name)
        if before != after:
            field = saying(name.replace("_", " "))
            wording = "{number}: {field} was {before}, and is {after}"
            yield saying(wording, number=old.number, field=field, before=_said(before), after=_said(after))
    if old.score != new.score and old.score is not None and new.score is not None:
        is_more = new.score > old.score
        more, less = "{number}: it weighs more ({before} before, {after} now)", "{number}: it weighs less ({before} before, {after} now)"
        yield saying(more if is_more else less, number=old.number, before=old.score, after=new.score)


def _said(value: object) -> Saying | str:
    if value is None or value in {"", ()}:
        return saying("not said")
    if isinstance(value, tuple):
        return ", ".join(each.source if isinstance(each, Evidence) else str(each) for each in value)
    if isinstance(value, date | int):
        return str(value)
    said = saying(str(value))
    return saying('"{text}"', text=said) if " " in str(value) else said
