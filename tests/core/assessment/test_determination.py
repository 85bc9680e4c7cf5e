from datetime import date
from decimal import Decimal

import msgspec
from tests.core.assessment.valued import SALE, chain

from customhouse.assessment import Assessment, Determination, Law, TaxStatus, assess, read_exchange_rates, read_regime
from customhouse.assessment.regime import Charge, ChargeEffect
from customhouse.declaration import Declaration
from customhouse.tariff import Measure, Tariff, read_rate

DAY = date(2026, 3, 2)
LAW = Law(
    Tariff(
        (
            Measure(id="D", commodity="0702", kind="A00", rate=read_rate("Entry Price")),
            Measure(id="E", commodity="0803", kind="A00", rate=read_rate("16 %")),
            Measure(id="V", commodity="", kind="B00", rate=read_rate("20 %")),
        )
    ),
    read_regime(
        """
        currency = "EUR"
        valuation = "CIF"
        incoterms = { CIF = ["freight", "insurance"] }
        taxes = [{ name = "duty", kinds = ["A00"], required = true }, { name = "vat", kinds = ["B00"], base = ["value", "duty"] }]
        procedures = [{ codes = ["40"] }]
        """
    ),
    read_exchange_rates("currency,per_unit_rate,valid_from,valid_to,source\n"),
)
FOUND = Determination(item=1, tax="A00", amount=Decimal("55.555"), reason="entry price 80.10, table of the day")


def assessed(commodity: str, *found: Determination) -> Assessment:
    item = {
        "sequence_numeric": 1,
        "commodity": {
            "classifications": [{"id": commodity, "identification_type_code": "TSP"}],
            "invoice_line": {"item_charge_amount": {"value": "1000", "currency": "EUR"}},
        },
        "government_procedures": [{"current_code": "40", "previous_code": "00"}],
    }
    shipment = {"items": [item], "trade_terms": {"condition_code": "CIF"}}
    return assess(msgspec.convert({"goods_shipment": shipment}, Declaration, strict=False), LAW, on=DAY, determined=found)


def test_what_the_law_leaves_open_is_a_warning_for_customs_and_no_error_of_the_declarant() -> None:
    result = assessed("07020000")
    assert [(each.code, each.severity.value) for each in result.findings] == [("ASM-09", "warning")] * 2
    assert all(line.is_for_customs for line in result.items[0].lines)


def test_a_determined_amount_stands_with_its_reason_and_the_later_taxes_are_levied_on_it() -> None:
    duty, vat = assessed("07020000", FOUND).items[0].lines
    assert (duty.amount, duty.payable, duty.unrounded, duty.status) == (
        Decimal("55.56"),
        Decimal("55.56"),
        Decimal("55.555"),
        TaxStatus.DUE,
    )
    assert "as customs determined: entry price 80.10" in duty.explanation
    assert (vat.base, vat.amount) == (Decimal("1055.56"), Decimal("211.11"))


def test_a_determination_never_replaces_what_the_law_gives() -> None:
    assert assessed("08030000", FOUND) == assessed("08030000")


def test_a_determination_of_another_item_changes_nothing() -> None:
    other = msgspec.structs.replace(FOUND, item=2)
    assert assessed("07020000", other) == assessed("07020000")


def test_the_taxes_are_levied_on_the_value_that_a_recorded_chain_determined() -> None:
    item = {
        "sequence_numeric": 7,
        "commodity": {
            "classifications": [{"id": "08030000", "identification_type_code": "TSP"}],
            "invoice_line": {"item_charge_amount": {"value": "1000", "currency": "EUR"}},
        },
        "government_procedures": [{"current_code": "40", "previous_code": "00"}],
    }
    declared = msgspec.convert({"goods_shipment": {"items": [item]}}, Declaration, strict=False)
    valued, open_still = chain(sale=SALE | {"price": {"amount": "2000", "currency": "EUR"}}), chain(sale=None)
    found = assess(declared, LAW, on=DAY, valuations={7: valued}).items[0]
    assert (found.customs_value, found.lines[0].amount) == (Decimal("2000.00"), Decimal("320.00"))
    assert found.valuation == valued.explanation
    undetermined = assess(declared, LAW, on=DAY, valuations={7: open_still}).items[0]
    assert (undetermined.customs_value, undetermined.lines[0].status) == (None, TaxStatus.UNDETERMINED)
    assert "no sale is stated" in undetermined.valuation


def test_a_value_determined_beside_tax_charges_that_cannot_be_told_leaves_the_item_undetermined() -> None:
    item = {
        "commodity": {"classifications": [{"id": "08030000", "identification_type_code": "TSP"}]},
        "government_procedures": [{"current_code": "40", "previous_code": "00"}],
        "valuation_adjustments": [{"addition_code": "VC", "amount": {"value": "10", "currency": "EUR"}}],
    }
    declared = msgspec.convert({"goods_shipment": {"items": [item]}}, Declaration, strict=False)
    charge = {"VC": Charge(ChargeEffect.TAX_BASE_ONLY)}
    law = Law(LAW.tariff, msgspec.structs.replace(LAW.regime, charges=charge), LAW.exchange_rates)
    assert assess(declared, law, on=DAY, valuations={1: chain()}).items[0].customs_value is None
    assert assess(declared, LAW, on=DAY, valuations={1: chain()}).items[0].customs_value == Decimal("1000.00")
