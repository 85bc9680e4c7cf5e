"""Quota sheet: the quotas of a country package, read from `quotas.csv`; a period that does not fit another is refused."""

from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from itertools import pairwise

from customhouse.kernel import Validity
from customhouse.tariff.dated_table import Row, UnreadableTableError, read_table
from customhouse.tariff.quota.quota import Method, Quota, Quotas
from customhouse.tariff.unit import unit_in_base

COLUMNS = (
    "order_number",
    "valid_from",
    "valid_to",
    "volume",
    "unit",
    "step",
    "origins",
    "method",
    "documents",
    "critical",
    "blocked",
    "suspended",
    "parent",
    "coefficient",
    "legal_basis",
)
_NEEDED = ("order_number", "valid_from", "valid_to", "volume", "unit")
_FINEST = -3
"""Steps and coefficients have three decimals at most, so that six hold what is drawn of a parent."""


def read_quotas(text: str) -> Quotas:
    """The quotas of a CSV with the header of `COLUMNS`, of which those from `step` on may be missing or empty.

    `critical` is `always`, or the share drawn from which the quota is critical, as 0.9. `blocked` and `suspended` are periods such as
    2026-03-01/2026-03-15, the end not included, several apart by spaces, as are several `origins` and `documents`. `method` is
    `first_come` or `licence`. Refuses with `UnreadableTableError`, which names the row and the column, also periods of one number that
    overlap, and a sub-quota whose parent has no period around its own or is itself a sub-quota.
    """
    rows = list(read_table(text, _NEEDED)) if text.strip() else []
    read = [(row, _quota(row)) for row in rows]
    quotas = Quotas(quota for _, quota in read)
    for row, quota in read:
        _require_parent(row, quota, quotas)
    for earlier, later in pairwise(quotas):
        if earlier.order_number == later.order_number and earlier.period.overlaps(later.period):
            raise UnreadableTableError(
                "order_number {order_number}: the periods from {earlier} and {later} overlap",
                order_number=later.order_number,
                earlier=earlier.period.start,
                later=later.period.start,
            )
    return quotas


def _quota(row: Row) -> Quota:
    unit, held = unit_in_base(row["unit"])
    if not row["order_number"] or not unit:
        raise UnreadableTableError("row {number}, order_number or unit: the cell is empty", number=row.number)
    step = _number(row, "step", "0.001", finest=_FINEST)
    critical = row["critical"]
    return Quota(
        order_number=row["order_number"],
        period=row.validity,
        volume=_number(row, "volume", "") * held,
        unit=unit,
        step=step,
        origins=tuple(row["origins"].split()),
        method=_method(row),
        documents=tuple(row["documents"].split()),
        is_critical=critical == "always",
        critical_share=None if critical in {"", "always"} else _number(row, "critical", ""),
        blocked=tuple(_periods(row, "blocked")),
        suspended=tuple(_periods(row, "suspended")),
        parent=row["parent"],
        coefficient=_number(row, "coefficient", "1", finest=_FINEST),
        legal_basis=row["legal_basis"],
    )


def _number(row: Row, column: str, default: str, *, finest: int | None = None) -> Decimal:
    text = row[column] or default
    try:
        number = Decimal(text)
    except InvalidOperation as refusal:
        raise UnreadableTableError(
            "row {number}, {column}: {text!r} is not a number", number=row.number, column=column, text=text
        ) from refusal
    if not number.is_finite() or number <= 0:
        raise UnreadableTableError("row {number}, {column}: {text} is not more than zero", number=row.number, column=column, text=text)
    if finest is not None and int(number.normalize().as_tuple().exponent) < finest:
        raise UnreadableTableError(
            "row {number}, {column}: {text} has more than {finest} decimals", number=row.number, column=column, text=text, finest=-finest
        )
    return number


def _method(row: Row) -> Method:
    try:
        return Method(row["method"] or Method.FIRST_COME)
    except ValueError as refusal:
        raise UnreadableTableError(
            "row {number}, method: write {methods}, not {text!r}",
            between=" or ",
            number=row.number,
            methods=[each.value for each in Method],
            text=row["method"],
        ) from refusal


def _periods(row: Row, column: str) -> Iterator[Validity]:
    for text in row[column].split():
        start, _, end = text.partition("/")
        yield Row(row.number, {"valid_from": start, "valid_to": end}).validity


def _require_parent(row: Row, quota: Quota, quotas: Quotas) -> None:
    if not quota.parent:
        return
    parent = quotas.parent_of(quota)
    if parent is None:
        raise UnreadableTableError(
            "row {number}, parent: the quota {parent} has no period that holds {start}",
            number=row.number,
            parent=quota.parent,
            start=quota.period.start,
        )
    if parent.parent:
        raise UnreadableTableError("row {number}, parent: {parent} is itself a sub-quota", number=row.number, parent=quota.parent)
    if parent.period.end is not None and (quota.period.end is None or quota.period.end > parent.period.end):
        raise UnreadableTableError(
            "row {number}, valid_to: the period goes beyond that of the parent {parent}", number=row.number, parent=quota.parent
        )
