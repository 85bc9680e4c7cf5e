"""Row rules: what every dated row must keep, and what the nomenclature, the areas and the quotas must keep among themselves."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from customhouse.tariff.edition import TABLES
from customhouse.tariff.publication.draft import Breach, Days, Draft, days, overlaps


def unreadable_days(draft: Draft) -> Iterator[Breach]:
    """Rows with a day that is none."""
    for table, lines in draft.lines.items():
        for line in lines:
            for column in ("valid_from", "valid_to"):
                if line.get(column) and not _is_day(line[column]):
                    yield Breach(table, TABLES[table].identity_of(line), f"{column} is {line[column]!r}")


def ends_before_starts(draft: Draft) -> Iterator[Breach]:
    """Rows whose first day comes after their end."""
    for table, lines in draft.lines.items():
        for line in lines:
            start, end = days(line)
            if start > end:
                yield Breach(table, TABLES[table].identity_of(line), f"it starts on {start} and ends on {end}")


def unknown_parent(draft: Draft) -> Iterator[Breach]:
    """Commodities under one that is not there."""
    codes = {line.get("code") for line in draft.of("commodities")}
    for line in draft.of("commodities"):
        if line.get("parent") and line["parent"] not in codes:
            yield Breach("commodities", line["code"], f"there is no commodity {line['parent']}")


def commodity_twice(draft: Draft) -> Iterator[Breach]:
    """Commodities of one code on the same days."""
    yield from _twice(draft, "commodities", "code")


def quota_twice(draft: Draft) -> Iterator[Breach]:
    """Quota definitions of one order number on the same days."""
    yield from _twice(draft, "quotas", "order_number")


def _twice(draft: Draft, table: str, column: str) -> Iterator[Breach]:
    seen: defaultdict[str, list[Days]] = defaultdict(list)
    for line in draft.of(table):
        period = days(line)
        if any(overlaps(period, other) for other in seen[line.get(column, "")]):
            yield Breach(table, line.get(column, ""), f"another holds on days from {period[0] or 'the start'} on")
        seen[line.get(column, "")].append(period)


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
