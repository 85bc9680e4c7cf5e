"""Summary: the executive summary of a scan, written from its items alone."""

from collections import Counter
from collections.abc import Iterator
from datetime import date

from customhouse.saying import Saying, saying
from customhouse.strategy.scan.edition import Edition
from customhouse.strategy.scan.item import Category, Item

_HEAVIEST = 3


def summary(edition: Edition, *, on: date) -> tuple[Saying, ...]:
    """Paragraphs: how many items and how many rated, each category by weight, the activities most concerned, what is due for review."""
    items = edition.items
    rated = [each for each in items if each.score is not None]
    how_many = saying("{items}, {rated} of them rated", items=_counted(len(items)), rated=len(rated))
    told = [saying("{title}: {counted}.", title=saying(edition.title), counted=how_many)]
    heaviest = tuple(
        saying("{statement} ({score} of 25)", statement=saying(each.statement), score=each.score)
        for each in sorted(rated, key=_weight)[:_HEAVIEST]
    )
    if heaviest:
        told.append(saying("Heaviest: {items}.", items=heaviest, between="; "))
    return (*told, *_by_category(items), *_to_do(items, on=on))


def _by_category(items: tuple[Item, ...]) -> Iterator[Saying]:
    for category in Category:
        of_it = sorted((each for each in items if each.category is category), key=_weight)
        if of_it:
            sentences = tuple(map(_sentence, of_it))
            named = saying(category.capitalize())
            yield saying(
                "{category} ({counted}): {sentences}", category=named, counted=_counted(len(of_it)), sentences=sentences, between=" "
            )


def _to_do(items: tuple[Item, ...], *, on: date) -> Iterator[Saying]:
    concerned = Counter(number for each in items for number in each.activities)
    if concerned:
        most = sorted(concerned.items(), key=lambda pair: (-pair[1], pair[0]))
        activities = tuple(saying("{number} ({counted})", number=number, counted=_counted(count)) for number, count in most)
        yield saying("Activities concerned: {activities}.", activities=activities)
    due = [each.number for each in items if each.is_due(on=on)]
    if due:
        yield saying("Due for review on {day}: {numbers}.", day=on.isoformat(), numbers=due)
    without = [each.number for each in items if not each.evidence]
    if without:
        yield saying("Without evidence: {numbers}.", numbers=without)


def _sentence(item: Item) -> Saying:
    statement, implication = saying(item.statement.rstrip(".")), saying(item.implication.rstrip("."))
    if item.implication:
        return saying("{statement}. For customs: {implication}.", statement=statement, implication=implication)
    return saying("{statement}.", statement=statement)


def _counted(count: int) -> Saying:
    return saying("{count} item" if count == 1 else "{count} items", count=count)


def _weight(item: Item) -> tuple[int, str]:
    return (-(item.score or 0), item.number)
