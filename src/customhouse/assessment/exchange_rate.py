"""Exchange rates: the published rates at which customs converts currencies, by day (WTO Valuation Agreement, Article 9)."""

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache

from customhouse.kernel import Validity


class UnreadableExchangeRatesError(ValueError):
    """A file of exchange rates has a row that is no rate; the message names it."""


@dataclass(frozen=True, slots=True)
class ExchangeRate:
    """How much national currency one unit of a foreign currency is worth in a period, and who published it."""

    currency: str
    per_unit: Decimal
    validity: Validity
    source: str = ""


class ExchangeRates:
    """The published rates of a country; a day without a published rate has none, and no other day's is taken."""

    def __init__(self, rates: Iterable[ExchangeRate] = ()) -> None:
        """Keep the rates in the order published."""
        self._rates = tuple(rates)
        self.on = lru_cache(maxsize=512)(self._on)

    def __iter__(self) -> Iterator[ExchangeRate]:
        """Every published rate."""
        return iter(self._rates)

    def __reduce__(self) -> tuple[type["ExchangeRates"], tuple[tuple[ExchangeRate, ...]]]:
        """What another process needs to make the same rates."""
        return ExchangeRates, (self._rates,)

    def published(self, *, on: date) -> tuple[ExchangeRate, ...]:
        """The rates published for the day as they were published, by currency; of two for one currency the later row counts."""
        return tuple(
            sorted({each.currency: each for each in self._rates if each.validity.includes(on)}.values(), key=lambda rate: rate.currency)
        )

    def _on(self, day: date, national: str) -> Mapping[str, Decimal]:
        """National currency for one unit of each currency on the day, the national one itself included."""
        published = {each.currency: each.per_unit for each in self._rates if each.validity.includes(day)}
        return published | {national: Decimal(1)}


def read_exchange_rates(text: str) -> ExchangeRates:
    """The rates of a CSV with the header `currency,per_unit_rate,valid_from,valid_to,source`, the end of a validity not included.

    Refuses with `UnreadableExchangeRatesError` a row that is no rate.
    """
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), skipinitialspace=True)
    return ExchangeRates(_rate(number, row) for number, row in enumerate(rows, start=2))


def _rate(number: int, row: dict[str, str]) -> ExchangeRate:
    try:
        first, last = (date.fromisoformat(row[column]) if row.get(column) else None for column in ("valid_from", "valid_to"))
        per_unit = Decimal(row["per_unit_rate"])
        if not per_unit.is_finite() or per_unit <= 0:
            raise UnreadableExchangeRatesError(f"row {number}: a rate is a positive number, not {per_unit}")
        return ExchangeRate(row["currency"].strip(), per_unit, Validity(first, last), row.get("source") or "")
    except (KeyError, TypeError, ValueError, InvalidOperation) as refusal:
        raise UnreadableExchangeRatesError(f"row {number} of the exchange rates cannot be read: {refusal}") from refusal
