"""Summary: the executive summary of a scan, written from its items alone."""

from collections import Counter
from datetime import date

from customhouse.strategy.scan.edition import Edition
from customhouse.strategy.scan.item import Category, Item

_HEAVIEST = 3


def summary(edition: Edition, *, on: date) -> tuple[str, ...]:
    """Paragraphs: how many items and how many rated, each category by weight, the activities most concerned, what is due for review."""
    items = edition.items
    rated = [each for each in items if each.score is not None]
    told = [f"{edition.title}: {_counted(len(items), 'item')}, {len(rated)} of them rated."]
    heaviest = sorted(rated, key=_weight)[:_HEAVIEST]
    if heaviest:
        told.append("Heaviest: " + "; ".join(f"{each.statement} ({each.score} of 25)" for each in heaviest) + ".")
    for category in Category:
        of_it = sorted((each for each in items if each.category is category), key=_weight)
        if of_it:
            told.append(f"{category.capitalize()} ({_counted(len(of_it), 'item')}): {' '.join(map(_sentence, of_it))}")
    concerned = Counter(number for each in items for number in each.activities)
    if concerned:
        most = sorted(concerned.items(), key=lambda pair: (-pair[1], pair[0]))
        told.append("Activities concerned: " + ", ".join(f"{number} ({_counted(count, 'item')})" for number, count in most) + ".")
    due = [each.number for each in items if each.is_due(on=on)]
    if due:
        told.append(f"Due for review on {on.isoformat()}: {', '.join(due)}.")
    without = [each.number for each in items if not each.evidence]
    if without:
        told.append(f"Without evidence: {', '.join(without)}.")
    return tuple(told)


def _sentence(item: Item) -> str:
    follows = f" For customs: {item.implication.rstrip('.')}." if item.implication else ""
    return f"{item.statement.rstrip('.')}.{follows}"


def _weight(item: Item) -> tuple[int, str]:
    return (-(item.score or 0), item.number)


def _counted(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"
