"""Trade: flows by goods and partner, from a partner's table or from our own event store."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal, InvalidOperation

import duckdb

from customhouse.research.assessed import OF_ACCEPTED, last_assessed
from customhouse.saying import Refusal, saying

COLUMNS = ("hs", "partner", "value")
_MOST_ROWS, _LONGEST, _MOST_DIGITS = 100_000, 64, 15


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a row of a table of trade; `wrong` is the sentence in which `told` is to be put."""

    row: int
    wrong: str
    told: dict[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"row {self.row}: {self.wrong.format(**self.told)}"


class UnreadableTradeError(Refusal, ValueError):
    """A table of trade has rows that are none; `faults` tells everything that is wrong with it."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        """Keep the faults."""
        told = [saying("row {row}: {why}", row=each.row, why=saying(each.wrong, **each.told)) for each in faults]
        super().__init__("{faults}", between="; ", faults=told)
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Trade in goods with a partner: its value in one currency.

    `possible` is what may come to it: the value of declarations in which such goods stand beside others, who knows with which share.
    """

    hs: str
    partner: str
    value: Decimal
    possible: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Unattributed:
    """Value of declarations with goods of several chapters or origins, which the store does not part: of each pair it may be any share."""

    value: Decimal
    declarations: int


def read_partner_trade(text: str) -> tuple[Flow, ...]:
    """The flows of a CSV with the columns `COLUMNS` in any order, and others that are passed over; values free on board in our currency.

    Refuses with `UnreadableTradeError`, every fault at once; a semicolon may part the columns.
    """
    written = io.StringIO(text.lstrip("\ufeff"), newline=None)
    head = written.readline()
    written.seek(0)
    reader = csv.DictReader(written, delimiter=";" if head.count(";") > head.count(",") else ",", restval="")
    flows, faults = _read(reader)
    if faults:
        raise UnreadableTradeError(faults)
    return tuple(flows)


def by_chapter(flows: Iterable[Flow]) -> tuple[Flow, ...]:
    """The flows with their goods named by the chapter alone, as finely as the event store knows our own."""
    return tuple(replace(each, hs=each.hs[:2]) for each in flows)


def imports_from(connection: duckdb.DuckDBPyConnection, *, start: date, end: date) -> tuple[tuple[Flow, ...], Unattributed]:
    """Our imports by chapter and origin, as last assessed, of what was accepted in the period; and what cannot be attributed.

    The store knows the value of a declaration, its chapters and origins: one with several of either is not shared out by guess, but may
    come to each of its pairs, as the `possible` of their flows says. Nothing is assessed before it is accepted, so no day before the
    period is read; those after it are, since an assessment may change years later.
    """
    query = f"""
    WITH accepted AS MATERIALIZED (
        SELECT declaration_id, arg_min(chapters, (transaction, id)) AS chapters, arg_min(origins, (transaction, id)) AS origins,
               arg_min(type_code, (transaction, id)) AS type_code
        FROM event WHERE kind = 'DeclarationAccepted' AND day >= $start AND day < $end GROUP BY declaration_id
    ), assessed AS (
        {last_assessed(OF_ACCEPTED)}
    ), joined AS (
        SELECT chapters, origins, value, len(list_distinct(chapters)) = 1 AND len(list_distinct(origins)) = 1 AS is_one
        FROM accepted JOIN assessed USING (declaration_id) WHERE type_code LIKE 'IM%' OR type_code IS NULL
    )
    , paired AS (
        SELECT is_one, value, hs, unnest(list_distinct(origins)) AS partner
        FROM (SELECT *, unnest(list_distinct(chapters)) AS hs FROM joined)
    )
    SELECT hs, partner, coalesce(sum(value) FILTER (is_one), 0), coalesce(sum(value) FILTER (NOT is_one), 0) FROM paired GROUP BY ALL
    UNION ALL
    SELECT NULL, NULL, coalesce(sum(value), 0), count(*) FROM joined WHERE NOT is_one
    ORDER BY hs NULLS FIRST, partner
    """  # noqa: S608 - ours
    (_, _, value, count), *pairs = connection.sql(query, params={"start": start, "end": end}).fetchall()
    flows = tuple(Flow(hs=hs, partner=partner, value=sure, possible=possible) for hs, partner, sure, possible in pairs)
    return flows, Unattributed(value, int(count))


def _read(reader: "csv.DictReader[str]") -> tuple[list[Flow], list[Fault]]:
    flows: list[Flow] = []
    faults: list[Fault] = []
    try:
        missing = [each for each in COLUMNS if each not in (reader.fieldnames or ())]
        if missing:
            return [], [Fault(1, "The first line does not name the columns {columns}.", {"columns": ", ".join(missing)})]
        for row in reader:
            cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
            if not any(cells.values()):
                continue
            if len(flows) + len(faults) >= _MOST_ROWS:
                faults.append(Fault(reader.line_num, "The table has more than {most} rows.", {"most": str(_MOST_ROWS)}))
                break
            found = list(_faults(reader.line_num, cells))
            faults += found
            if not found:
                flows.append(_flow(cells))
    except csv.Error as error:
        faults.append(Fault(reader.line_num, "The line cannot be read: {why}.", {"why": str(error)}))
    if not flows and not faults:
        faults.append(Fault(2, "The table holds no trade."))
    return flows, faults


def _flow(cells: dict[str, str]) -> Flow:
    return Flow(hs=cells["hs"], partner=cells["partner"], value=Decimal(cells["value"]))


def _faults(row: int, cells: dict[str, str]) -> Iterator[Fault]:
    for name, cell in cells.items():
        if not cell:
            yield Fault(row, "The column {column} is empty.", {"column": name})
        if len(cell) > _LONGEST:
            yield Fault(row, "The column {column} is longer than {most} letters.", {"column": name, "most": str(_LONGEST)})
    if cells["hs"] and not (cells["hs"].isascii() and cells["hs"].isdigit() and len(cells["hs"]) > 1):
        yield Fault(row, "{hs} is no code of goods: give its chapter, as 87, or more digits.", {"hs": cells["hs"][:_LONGEST]})
    if cells["value"] and not _is_amount(cells["value"]):
        told = {"column": "value", "cell": cells["value"][:_LONGEST]}
        yield Fault(row, "{column} is a number from nothing up, as 1250.50, not {cell}.", told)


def _is_amount(text: str) -> bool:
    """Whether a text is a number that can be counted with: not below nothing, and of no more digits than money has."""
    try:
        value = Decimal(text)
    except InvalidOperation:
        return False
    return value.is_finite() and value >= 0 and abs(value.adjusted()) < _MOST_DIGITS and -int(value.as_tuple().exponent) <= _MOST_DIGITS
