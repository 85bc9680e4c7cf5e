"""Exchange rates: the published rates at which customs converts currencies, by day (WTO Valuation Agreement, Article 9)."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from customhouse.kernel import Validity


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

    def _on(self, day: date, national: str) -> Mapping[str, Decimal]:
        """National currency for one unit of each currency on the day, the national one itself included."""
        published = {each.currency: each.per_unit for each in self._rates if each.validity.includes(day)}
        return published | {national: Decimal(1)}


def read_exchange_rates(text: str) -> ExchangeRates:
    """The rates of a CSV with the header `currency,per_unit_rate,valid_from,valid_to,source`, the end of a validity not included."""
    return ExchangeRates(_rate(row) for row in csv.DictReader(io.StringIO(text)))


def _rate(row: dict[str, str]) -> ExchangeRate:
    first, last = (row.get(column) or "" for column in ("valid_from", "valid_to"))
    validity = Validity(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None)
    return ExchangeRate(row["currency"].strip(), Decimal(row["per_unit_rate"]), validity, row.get("source") or "")
