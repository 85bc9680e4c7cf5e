"""What the tests of the customs value share: the law of a country and a sale that meets every condition."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec

from customhouse.assessment import Law, read_exchange_rates, read_regime, valuation
from customhouse.assessment.valuation import Chain
from customhouse.tariff import Tariff

DAY = date(2026, 3, 2)
_REGIME = (Path(__file__).resolve().parents[3] / "countries/sandbox/regime.toml").read_text("utf-8")
_RATES = read_exchange_rates("currency,per_unit_rate,valid_from,valid_to,source\nUSD,1.2345,,,\n")
CIF = Law(Tariff(()), read_regime(_REGIME), _RATES)
FOB = Law(Tariff(()), read_regime(_REGIME.replace('valuation = "CIF"', 'valuation = "FOB"')), _RATES)
SHOWN = [{"kind": "invoice", "reference": "4711"}]
SALE: dict[str, Any] = {
    "price": {"amount": "1000.00", "currency": "EUR"},
    "evidence": SHOWN,
    "for_export": True,
    "restrictions": "none",
    "condition": "none",
    "proceeds": "none",
    "relationship": {"declared": False},
}
GOODS: dict[str, Any] = {
    "description": "pumps",
    "produced_in": "US",
    "quantity": "10",
    "unit": "NAR",
    "exported_on": date(2026, 2, 20),
    "imported_on": DAY,
}
CARRIED = [
    {"element": "transport", "amount": {"amount": "0", "currency": "EUR"}, "in_price": True},
    {"element": "insurance", "amount": {"amount": "0", "currency": "EUR"}, "in_price": True},
]


def cost(element: str, amount: object, **told: object) -> dict[str, Any]:
    return {"element": element, "amount": {"amount": str(amount), "currency": "EUR"}, "evidence": SHOWN, **told}


def chain(law: Law = CIF, **told: Any) -> Chain:  # noqa: ANN401 - a case as it is written
    item = {"goods": GOODS, "sale": SALE, "adjustments": CARRIED, **told}
    case = msgspec.convert({key: value for key, value in item.items() if value is not None}, valuation.ItemCase, strict=False)
    return valuation.value_of(case, law, on=DAY)


def unsold(*methods: str) -> list[dict[str, Any]]:
    return [{"method": each, "reason": "there is none", "evidence": SHOWN} for each in methods]


def amount(found: Chain) -> Decimal:
    assert found.amount is not None, found.reason
    return found.amount
