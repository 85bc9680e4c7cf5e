from datetime import date
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.assessment import Assessment, Law, TaxStatus, assess, read_exchange_rates, read_regime
from customhouse.assessment.regime import UnreadableRegimeError
from customhouse.declaration import Declaration
from customhouse.tariff import Measure, Tariff, read_measures, read_rate

DAY = date(2026, 3, 2)
RATES = "currency,per_unit_rate,valid_from,valid_to,source\nUSD,1.2345,2026-01-01,2026-07-01,gazette\n"
REGIME = """
currency = "EUR"
valuation = "CIF"
override_statements = ["OVR"]

[incoterms]
CIF = ["freight", "insurance"]
FOB = []

[charges]
AB = { effect = "add" }
BA = { effect = "deduct", share = "gross_mass" }
VC = { effect = "tax_base_only" }

[[taxes]]
name = "duty"
kinds = ["A00"]
required = true
by_preference = true

[[taxes]]
name = "additional"
kinds = ["A20"]
cumulates = ["*"]

[[taxes]]
name = "vat"
kinds = ["B00"]
base = ["value", "charges", "duty", "additional"]
minimum = "1.00"

[[procedures]]
codes = ["40"]

[[procedures]]
codes = ["10"]
is_charged = false

[[reliefs]]
codes = ["C07"]
status = "relieved"
taxes = ["duty"]
value_limit = "150"
description = "negligible value"

[[reliefs]]
codes = ["D51"]
status = "relieved"
taxes = ["duty"]
share = "0.97"
description = "partial relief"

[[postponements]]
taxes = ["vat"]
party_role = "FR1"
description = "on the VAT return"
"""
MEASURES = {
    "0803": "16 %",
    "0901": "5 % + 0.25 EUR / kg",
    "2203": "1.50 EUR / % vol/hl",
    "2204": "30 EUR / hl",
    "0702": "Entry Price",
    "1704": "9 % + EA",
    "8703": "10 % + 2 USD / p/st",
}


def law(*extra: Measure, regime: str = REGIME) -> Law:
    duties = [Measure(id=f"D{code}", commodity=code, kind="A00", rate=read_rate(text)) for code, text in MEASURES.items()]
    vat = Measure(id="V", commodity="", kind="B00", rate=read_rate("15 %"))
    return Law(Tariff((*duties, vat, *extra)), read_regime(regime), read_exchange_rates(RATES))


def item(price: str = "1000.00 EUR", commodity: str = "0803901000", **told: Any) -> dict[str, Any]:  # noqa: ANN401 - fields of the model
    value, currency = price.split()
    goods = {
        "classifications": [{"id": commodity, "identification_type_code": "TSP"}],
        "invoice_line": {"item_charge_amount": {"value": value, "currency": currency}},
        "goods_measure": told.pop("goods_measure", None),
        "duty_tax_fees": told.pop("duty_tax_fees", ()),
    }
    procedures = [{"current_code": told.pop("procedure", "40"), "previous_code": "00"}]
    procedures += [{"current_code": code} for code in told.pop("additional", ())]
    origins = told.pop("origins", [{"country_code": "BW", "type_code": "1"}])
    return {"commodity": goods, "government_procedures": procedures, "origins": origins, **told}


def assessed(*items: dict[str, Any], by: Law | None = None, terms: str = "CIF", **shipment: Any) -> Assessment:  # noqa: ANN401
    told = {"trade_terms": {"condition_code": terms}, "items": items, **shipment}
    return assess(msgspec.convert({"goods_shipment": told}, Declaration, strict=False), by or law(), on=DAY)


def line(assessment: Assessment, tax: str, place: int = 0) -> Any:  # noqa: ANN401 - a tax line, fields read freely
    return next(each for each in assessment.items[place].lines if each.tax == tax)


def test_a_line_explains_itself_from_base_to_rounding() -> None:
    duty = line(assessed(item()), "A00")
    assert duty.explanation == "16 % of 1,000.00 EUR = 160.00 EUR; measure D0803 on 0803 from all countries; rounded half up to 0.01"
    assert (duty.unrounded, duty.rate, duty.measure) == (Decimal(160), "16 %", "D0803")


def test_a_missing_quantity_leaves_the_line_and_all_that_is_levied_on_it_undetermined() -> None:
    result = assessed(item(commodity="0901110000"))
    duty, vat = line(result, "A00"), line(result, "B00")
    assert duty.status is vat.status is TaxStatus.UNDETERMINED
    assert duty.amount is vat.amount is duty.payable is None
    assert "needs the quantity KGM" in duty.reason
    assert "levied on A00" in vat.reason
    assert result.totals.undetermined_lines == 2
    assert [finding.code for finding in result.findings] == ["ASM-02", "ASM-02"]


@pytest.mark.parametrize(("commodity", "why"), [("0702000000", "entry price"), ("1704906500", "EA"), ("9999999999", "no measure")])
def test_a_rate_that_gives_no_amount_is_never_zero(commodity: str, why: str) -> None:
    duty = line(assessed(item(commodity=commodity)), "A00")
    assert duty.amount is None
    assert why in duty.reason


def test_no_vat_measure_is_undetermined_unless_the_regime_states_a_standard_rate() -> None:
    without = Law(Tariff(law().tariff.measures[:-1]), law().regime, law().exchange_rates)
    plain = REGIME.replace('kinds = ["B00"]', 'kinds = ["B00"]\nrequired = true')
    stated = REGIME.replace('kinds = ["B00"]', 'kinds = ["B00"]\nstandard_rate = "15 %"')
    undetermined = assessed(item(), by=Law(without.tariff, read_regime(plain), without.exchange_rates))
    assert line(undetermined, "B00").status is TaxStatus.UNDETERMINED
    assert line(assessed(item(), by=Law(without.tariff, read_regime(stated), without.exchange_rates)), "B00").amount == Decimal("174.00")


def test_litres_and_strength_make_the_quantity_that_a_spirit_is_taxed_by() -> None:
    beer = item(
        commodity="2203000100",
        goods_measure={"tariff_quantity": {"value": "8500"}},
        duty_tax_fees=[{"specific_tax_base_quantity": {"value": "5", "unit": "ASV"}}],
    )
    duty = line(assessed(beer), "A00")
    assert duty.amount == Decimal("637.50")
    assert [(each.name, each.value) for each in duty.quantities] == [("ASV*LTR", Decimal(42500))]


def test_a_quantity_in_another_unit_is_converted() -> None:
    wine = item(commodity="2204000000", goods_measure={"tariff_quantity": {"value": "12", "unit": "HLT"}})
    assert line(assessed(wine), "A00").amount == Decimal("360.00")


def test_an_amount_of_a_rate_in_foreign_currency_is_converted_at_the_rate_of_the_day() -> None:
    car = item("10000.00 EUR", "8703220000", goods_measure={"tariff_quantity": {"value": "3"}})
    assert line(assessed(car), "A00").amount == Decimal("1007.41")


def test_a_currency_without_a_published_rate_leaves_the_value_unknown() -> None:
    result = assessed(item("100 JPY"), item())
    assert result.items[0].customs_value is None
    assert "no exchange rate is published for JPY" in result.items[0].valuation
    assert result.items[1].customs_value == Decimal("1000.00")
    assert result.totals.customs_value is None
    assert result.findings[0].code == "ASM-01"


def test_a_header_charge_that_cannot_be_shared_leaves_every_value_unknown() -> None:
    charge = {"customs_valuation": {"freight_charge_amount": {"value": "10", "currency": "EUR"}}}
    result = assessed(item(), item(), terms="FOB", **charge)
    assert [each.customs_value for each in result.items] == [None, None]


def test_freight_counts_only_where_the_price_does_not_hold_it() -> None:
    charge = {"customs_valuation": {"insurance_charge_amount": {"value": "10", "currency": "EUR"}}}
    assert assessed(item(), terms="FOB", **charge).items[0].customs_value == Decimal("1010.00")
    assert assessed(item(), terms="CIF", **charge).items[0].customs_value == Decimal("1000.00")
    fob = law(regime=REGIME.replace('valuation = "CIF"', 'valuation = "FOB"'))
    assert assessed(item(), terms="FOB", by=fob, **charge).items[0].customs_value == Decimal("1000.00")
    assert assessed(item(), terms="CIF", by=fob, **charge).items[0].customs_value == Decimal("990.00")


def test_additions_deductions_and_charges_for_vat_alone() -> None:
    def own(code: str) -> dict[str, Any]:
        return {"charge_deductions": [{"charges_type_code": code, "amount": {"value": "50.00", "currency": "EUR"}}]}

    assert assessed(item(customs_valuation=own("AB"))).items[0].customs_value == Decimal("1050.00")
    assert assessed(item(customs_valuation=own("BA"))).items[0].customs_value == Decimal("950.00")
    vat_only = assessed(item(customs_valuation=own("VC")))
    assert vat_only.items[0].customs_value == Decimal("1000.00")
    assert line(vat_only, "B00").base == Decimal("1210.00")
    assert assessed(item(customs_valuation=own("ZZ"))).items[0].customs_value is None


def test_the_declared_value_stands_in_for_a_price_that_is_not_stated() -> None:
    goods = item(customs_value_amount={"value": "140", "currency": "EUR"})
    goods["commodity"]["invoice_line"] = None
    assert assessed(goods).items[0].customs_value == Decimal("140.00")
    without = item(procedure="40")
    without["commodity"]["invoice_line"] = None
    assert assessed(without).items[0].valuation == "no price is declared for the item"
    assert assessed(without | {"government_procedures": [{"current_code": "10", "previous_code": "00"}]}).findings == ()


def test_a_bare_price_without_carriage_is_asked_about() -> None:
    assert [finding.code for finding in assessed(item(), terms="FOB").findings] == ["ASM-07"]


def test_an_exchange_rate_of_the_declarants_own_is_told_and_not_used() -> None:
    told = {"goods_shipment": {"items": [item("100 USD")]}, "currency_exchanges": [{"currency_type_code": "USD", "rate_numeric": "1.1"}]}
    result = assess(msgspec.convert(told, Declaration, strict=False), law(), on=DAY)
    assert result.items[0].customs_value == Decimal("123.45")
    assert [finding.code for finding in result.findings] == ["ASM-05"]


def test_exports_owe_nothing_and_an_unknown_procedure_is_not_guessed() -> None:
    assert assessed(item(procedure="10")).items[0].lines == ()
    unknown = assessed(item(procedure="99"))
    assert [each.status for each in unknown.items[0].lines] == [TaxStatus.UNDETERMINED] * 2
    assert unknown.findings[0].code == "ASM-06"


def test_a_relief_up_to_a_value_ends_there() -> None:
    assert line(assessed(item("150.00 EUR", additional=["C07"])), "A00").status is TaxStatus.RELIEVED
    assert line(assessed(item("150.01 EUR", additional=["C07"])), "A00").status is TaxStatus.DUE


def test_a_partial_relief_leaves_the_rest_payable() -> None:
    duty = line(assessed(item(additional=["D51"])), "A00")
    assert (duty.amount, duty.payable, duty.status) == (Decimal("160.00"), Decimal("4.80"), TaxStatus.RELIEVED)


def test_vat_under_the_minimum_is_computed_and_not_collected() -> None:
    vat = line(assessed(item("5.00 EUR")), "B00")
    assert (vat.amount, vat.payable) == (Decimal("0.87"), Decimal("0.00"))
    assert "minimum" in vat.explanation


def test_postponed_vat_is_due_but_not_payable_at_import() -> None:
    vat = line(assessed(item(domestic_duty_tax_parties=[{"id": "GB123456789000", "role_code": "FR1"}])), "B00")
    assert (vat.amount, vat.payable, vat.status) == (Decimal("174.00"), Decimal("0.00"), TaxStatus.DUE)


def test_an_amount_under_an_override_statement_stands_as_declared() -> None:
    fees = [{"type_code": "A00", "payment": {"tax_assessed_amount": {"value": "5", "currency": "EUR"}}}]
    stated = assessed(item(duty_tax_fees=fees, additional_information=[{"statement_code": "OVR"}]))
    assert line(stated, "A00").amount == Decimal("5.00")
    assert line(stated, "B00").base == Decimal("1005.00")
    assert line(assessed(item(duty_tax_fees=fees)), "A00").amount == Decimal("160.00")


def test_two_additional_duties_both_apply_and_two_equal_duties_are_not_chosen_between() -> None:
    extra = [Measure(id=f"X{rate}", commodity="0803", kind="A20", rate=read_rate(f"{rate} %")) for rate in (25, 35)]
    both = assessed(item(), by=law(*extra))
    assert [each.amount for each in both.items[0].lines] == [Decimal("160.00"), Decimal("250.00"), Decimal("350.00"), Decimal("264.00")]
    rival = law(Measure(id="other", commodity="0803", kind="A00", rate=read_rate("17 %")))
    assert "fit equally well" in line(assessed(item(), by=rival), "A00").reason


def test_a_preference_bears_on_customs_duty_and_on_no_other_tax() -> None:
    tea = [
        Measure(id="own", commodity="0902", kind="A00", rate=read_rate("3 %"), preferences=("100",)),
        Measure(id="other", commodity="0902", kind="A20", rate=read_rate("1 %"), preferences=("400",)),
    ]
    result = assessed(item(commodity="0902100000", duty_tax_fees=[{"duty_regime_code": "300"}]), by=law(*tea))
    assert [(each.tax, each.amount) for each in result.items[0].lines][:2] == [("A00", Decimal("30.00")), ("A20", Decimal("10.00"))]
    assert [(each.code, each.params["claimed"], each.params["applied"]) for each in result.findings] == [("ASM-03", "300", "100")]


def test_without_an_origin_a_duty_that_depends_on_it_is_not_guessed() -> None:
    defence = Measure(id="ad", commodity="0803", kind="A20", rate=read_rate("20 %"), area="CN")
    unknown = assessed(item(origins=()), by=law(defence))
    assert [(each.tax, each.status.value) for each in unknown.items[0].lines] == [
        ("A00", "due"),
        ("A20", "undetermined"),
        ("B00", "undetermined"),
    ]
    assert "no country of origin" in unknown.items[0].lines[1].reason
    assert [each.tax for each in assessed(item(), by=law(defence)).items[0].lines] == ["A00", "B00"]


@pytest.mark.parametrize("row", ["USD,abc,,,", "USD,0,,,", "USD,NaN,,,", "USD,1,2026-13-01,,", "USD,1,2026-02-01,2026-01-01,", "USD"])
def test_a_row_that_is_no_exchange_rate_is_refused_by_its_number(row: str) -> None:
    with pytest.raises(ValueError, match="row 2"):
        read_exchange_rates(f"currency,per_unit_rate,valid_from,valid_to,source\n{row}\n")


def test_a_measure_that_no_tax_takes_is_told_and_not_dropped_in_silence() -> None:
    stray = assessed(item(), by=law(Measure(id="stray", commodity="0803", kind="ZZZ", rate=read_rate("1 %"))))
    assert [(each.code, each.params["kind"]) for each in stray.findings] == [("ASM-08", "ZZZ")]


def test_goods_can_be_exempt_by_an_additional_code() -> None:
    exempt = REGIME + '\n[[reliefs]]\ncodes = ["VATE"]\nstatus = "exempt"\ntaxes = ["vat"]\ndescription = "exempt goods"\n'
    goods = item()
    goods["commodity"]["classifications"].append({"id": "VATE", "identification_type_code": "GN"})
    vat = line(assessed(goods, by=law(regime=exempt)), "B00")
    assert (vat.amount, vat.payable, vat.status) == (Decimal("174.00"), Decimal("0.00"), TaxStatus.EXEMPT)


def test_goods_that_a_condition_refuses_are_told() -> None:
    sheet = read_measures("id,commodity,kind,rate,conditions\nL,0803,A20,1 %,B:C644=apply;B:-=refuse\n")
    result = assessed(item(), by=law(*sheet.measures))
    assert [(each.code, each.params["reason"]) for each in result.findings] == [("ASM-04", "without C644")]
    shown = assessed(item(additional_documents=[{"category_code": "C", "type_code": "644"}]), by=law(*sheet.measures))
    assert line(shown, "A20").amount == Decimal("10.00")
    assert "C644 being shown" in line(shown, "A20").explanation


def test_a_regime_that_cannot_be_is_refused() -> None:
    for text in ("currency = 1", "not toml", REGIME.replace('"duty", "additional"]', '"later"]'), REGIME + "\n[unknown]\n"):
        with pytest.raises(UnreadableRegimeError):
            read_regime(text)


def test_a_declaration_without_items_owes_nothing() -> None:
    empty = assess(Declaration(), law(), on=DAY)
    assert (empty.items, empty.totals.payable) == ((), Decimal("0.00"))


@pytest.mark.parametrize("number", ["NaN", "sNaN", "Infinity", "-Infinity", "1E+999999", "1E+40", "1E-40", "-5"])
def test_a_number_that_nothing_is_counted_in_leaves_things_unknown_and_breaks_nothing(number: str) -> None:
    masses = {"gross_mass": {"value": number}, "net_mass": {"value": number}}
    other = item(goods_measure={"gross_mass": {"value": "1"}})
    priced = assessed(item(f"{number} EUR", goods_measure={"gross_mass": {"value": "1"}}), other)
    assert priced.items[0].customs_value is None
    freight = {"customs_valuation": {"freight_charge_amount": {"value": "10", "currency": "EUR"}}}
    assert assessed(item(goods_measure=masses), other, terms="FOB", **freight).items[0].customs_value is None
    assert line(assessed(item(commodity="0901110000", goods_measure=masses)), "A00").amount is None


PRICES = st.decimals("0.01", "9999999.99", places=2)


@given(PRICES, PRICES)
def test_more_value_never_means_less_duty(price: Decimal, more: Decimal) -> None:
    low, high = assessed(item(f"{price} EUR")), assessed(item(f"{price + more} EUR"))
    assert line(high, "A00").amount >= line(low, "A00").amount
    assert high.totals.payable >= low.totals.payable


@given(st.lists(PRICES, min_size=1, max_size=6), st.decimals("0", "999.99", places=2))
def test_the_items_add_up_to_the_shipment_and_the_lines_to_the_total(prices: list[Decimal], insurance: Decimal) -> None:
    charge = {"customs_valuation": {"insurance_charge_amount": {"value": str(insurance), "currency": "USD"}}}
    result = assessed(*(item(f"{price} USD") for price in prices), terms="FOB", **charge)
    whole = (sum(prices) + insurance) * Decimal("1.2345")
    assert abs(sum(each.customs_value or 0 for each in result.items) - whole) <= Decimal("0.005")
    lines = [each for one in result.items for each in one.lines]
    assert result.totals.payable == sum(each.payable or 0 for each in lines)
    assert result.totals.amount == sum(total.amount for total in result.totals.by_tax.values())


@given(st.sampled_from(["9503", "0804", "08039020"]), st.sampled_from(["A00", "A20", "B00"]))
def test_a_measure_on_other_goods_changes_nothing(commodity: str, kind: str) -> None:
    unrelated = Measure(id="unrelated", commodity=commodity, kind=kind, rate=read_rate("99 %"))
    assert assessed(item(), by=law(unrelated)) == assessed(item())


@given(st.permutations(law().tariff.measures))
def test_the_order_of_measures_does_not_matter(measures: list[Measure]) -> None:
    shuffled = Law(Tariff(tuple(measures)), law().regime, law().exchange_rates)
    assert assessed(item(), by=shuffled) == assessed(item())


def test_an_assessment_is_written_with_amounts_as_text() -> None:
    written = msgspec.json.decode(msgspec.json.encode(assessed(item())))
    first = written["items"][0]
    assert (first["sequence"], first["customs_value"]) == (1, "1000.00")
    assert {key: first["lines"][0][key] for key in ("tax", "base", "rate", "amount", "payable", "status", "measure")} == {
        "tax": "A00",
        "base": "1000.00",
        "rate": "16 %",
        "amount": "160.00",
        "payable": "160.00",
        "status": "due",
        "measure": "D0803",
    }
    assert written["totals"]["payable"] == "334.00"
    assert written["findings"] == []
