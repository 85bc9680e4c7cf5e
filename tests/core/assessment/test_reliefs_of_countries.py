"""Every relief of every country package leaves the amount that is forgone on its line, under the code that waives it."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from customhouse import pipeline
from customhouse.assessment import assess
from customhouse.assessment.regime import Effect, Regime
from customhouse.declaration import Declaration
from customhouse.pipeline.country import shipped_countries
from customhouse.tariff import Tariff, read_measures

DAY = date(2026, 3, 2)
PACKAGES = {name: pipeline.load_country(name) for name in shipped_countries()}
RELIEFS = [
    pytest.param(name, code, each, id=f"{name}-{code or ' '.join(each.areas)}")
    for name, package in PACKAGES.items()
    for each in package.law.regime.reliefs
    for code in each.codes or ("",)
]


def one_of_each_tax(regime: Regime) -> Tariff:
    """Every kind of every tax at ten per cent on all goods."""
    kinds = [kind.replace("[1-9][0-9][0-9]", "401").replace("*", "STEEL") for tax in regime.taxes for kind in tax.kinds]
    rows = "".join(f"{kind},,{kind},10 %\n" for kind in kinds)
    return Tariff(read_measures(f"id,commodity,kind,rate\n{rows}").measures)


def claim(code: str, relief: Effect, origin: str, currency: str, regime: Regime) -> Declaration:
    """Goods worth 30 for which the relief is claimed in every way that there is."""
    value = relief.value_limit or Decimal(30)
    preference = code if any(code in each.codes for each in regime.preferences) else regime.default_preference
    goods: dict[str, Any] = {
        "commodity": {
            "classifications": [
                {"id": "8712", "identification_type_code": "TSP"},
                {"id": code or None, "identification_type_code": "TRA"},
            ],
            "duty_tax_fees": [{"duty_regime_code": preference}],
            "invoice_line": {"item_charge_amount": {"value": str(value), "currency": currency}},
        },
        "government_procedures": [{"current_code": "40", "previous_code": "00"}, {"current_code": code}],
        "origins": [{"country_code": origin, "type_code": "1"}],
        "additional_documents": [{"category_code": each[0], "type_code": each[1:]} for each in relief.documents[:1]],
        "additional_information": [{"statement_code": code}],
    }
    told = {"goods_shipment": {"items": [goods]}, "border_transport_means": {"mode_code": "1"}}
    return msgspec.convert(told, Declaration, strict=False)


@pytest.mark.parametrize(("name", "code", "relief"), RELIEFS)
def test_a_relief_posts_what_is_forgone_to_its_code(name: str, code: str, relief: Effect) -> None:
    law = PACKAGES[name].law
    regime, areas = law.regime, law.tariff.areas
    on = min(DAY, relief.valid_to - timedelta(days=1)) if relief.valid_to else DAY
    origin = next((member for area in relief.areas for member in areas.members(area, on=on)), "CN")
    tariff = replace(one_of_each_tax(regime), areas=areas)
    assessed = assess(claim(code, relief, origin, regime.currency, regime), replace(law, tariff=tariff), on=on)
    forgone = [line for line in assessed.items[0].lines if line.relief == (code or " ".join(relief.areas))]
    reached = [tax for tax in regime.taxes if relief.reaches(tax, tax.kinds[0]) and tax.is_levied("40", "1")]
    assert {line.status for line in forgone} == {relief.status}
    assert len(forgone) >= len(reached)
    for line in forgone:
        assert line.amount is not None
        assert line.payable is not None
        assert line.amount - line.payable == regime.tax_rounding.rule.of(line.amount * relief.share)
