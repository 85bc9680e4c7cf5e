"""Trade: flows by goods and partner, from a partner's table or from our own event store."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

import duckdb


class UnreadableTradeError(ValueError):
    """A table of trade has a row that is none; the message names it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Trade in goods with a partner: its value in one currency, and its quantity where one is told."""

    hs: str
    partner: str
    value: Decimal
    quantity: Decimal | None = None
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Unattributed:
    """Value of declarations with goods of several chapters or origins, which the store does not part."""

    value: Decimal
    declarations: int


def read_partner_trade(text: str) -> tuple[Flow, ...]:
    """The flows of a CSV with the header `hs,partner,value,quantity,unit`, values free on board in our currency.

    Refuses with `UnreadableTradeError`; quantity and unit may be empty.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    return tuple(_flows(rows))


def imports_from(connection: duckdb.DuckDBPyConnection, *, start: date, end: date) -> tuple[tuple[Flow, ...], Unattributed]:
    """Our imports by chapter and origin, as last assessed, of what was accepted in the period; and what cannot be attributed.

    The store knows the value of a declaration, its chapters and origins: one with several of either is not shared out by guess.
    """
    query = """
    WITH accepted AS (
        SELECT declaration_id, arg_min(chapters, (transaction, id)) AS chapters, arg_min(origins, (transaction, id)) AS origins,
               arg_min(type_code, (transaction, id)) AS type_code
        FROM event WHERE kind = 'DeclarationAccepted' AND day >= $start AND day < $end GROUP BY declaration_id
    ), assessed AS (
        SELECT declaration_id, arg_max(customs_value, (transaction, id)) AS value FROM event
        WHERE kind IN ('DutyAssessed', 'DeclarationAmended') AND customs_value IS NOT NULL GROUP BY declaration_id
    ), joined AS (
        SELECT chapters, origins, value, len(list_distinct(chapters)) = 1 AND len(list_distinct(origins)) = 1 AS is_one
        FROM accepted JOIN assessed USING (declaration_id) WHERE type_code LIKE 'IM%' OR type_code IS NULL
    )
    SELECT is_one, CASE WHEN is_one THEN chapters[1] END AS hs, CASE WHEN is_one THEN origins[1] END AS partner, sum(value), count(*)
    FROM joined GROUP BY ALL ORDER BY hs, partner
    """
    rows = connection.sql(query, params={"start": start, "end": end}).fetchall()
    flows = tuple(Flow(hs=hs, partner=partner, value=value) for is_one, hs, partner, value, _ in rows if is_one)
    rest = next(((value, count) for is_one, _, _, value, count in rows if not is_one), (Decimal(0), 0))
    return flows, Unattributed(*rest)


def _flows(rows: Iterable[dict[str, str]]) -> Iterator[Flow]:
    for number, row in enumerate(rows, start=2):
        try:
            value = Decimal(row["value"])
            quantity = Decimal(row["quantity"]) if row.get("quantity") else None
            if not value.is_finite() or value < 0:
                raise UnreadableTradeError(f"row {number}: a value is a number from nothing up, not {value}")
            yield Flow(
                hs=row["hs"].strip(), partner=row["partner"].strip(), value=value, quantity=quantity, unit=(row.get("unit") or "").strip()
            )
        except (KeyError, TypeError, InvalidOperation) as refusal:
            raise UnreadableTradeError(f"row {number} of the trade cannot be read: {refusal!r}") from refusal
