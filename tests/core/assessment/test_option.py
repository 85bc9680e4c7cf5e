from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse import pipeline
from customhouse.assessment import Law, TaxStatus, assess, option
from customhouse.assessment.option import Goods, Option, options
from customhouse.tariff import read_measures

DAY = date(2026, 3, 2)
UK = pipeline.load_country("uk").law
SANDBOX = pipeline.load_country("sandbox").law
HEADER = "id,commodity,area,excludes,kind,additional_code,preference,quota,rate,conditions,measure_type,legal_basis,valid_from,valid_to"
THIRD = "third,0101,1011,,A00,,100,,10 %,,103,,,"
PREFERENCE = "fta,0101,1013,,A00,,300,,4 %,B:N954=apply;B:-=skip,142,,,"
QUOTA = "quota,0101,1011,,A00,,120,050001,1 %,,122,,,"
SAFEGUARD = "safe,0101,1013,,A20,,,,25 %,,696,,,"
ADDITIONAL = "more,0101,DE,,A20,,,,5 %,,695,,,"


def law(*rows: str) -> Law:
    sheet = read_measures("\n".join([HEADER, *rows]))
    assert not sheet.findings
    return replace(UK, tariff=UK.tariff.replaced_by(sheet.measures))


def found(*rows: str, price: str = "1000", origin: str = "DE", statements: tuple[str, ...] = ()) -> tuple[Option, ...]:
    goods = Goods(code="0101210000", price=Decimal(price), currency="GBP", origin=origin, statements=statements)
    return options(goods.declaration(), law(*rows), on=DAY).options


def test_every_claim_is_an_option_and_what_it_asks_for_is_named() -> None:
    third, preference, quota = found(THIRD, PREFERENCE, QUOTA)
    assert [each.lines[0].amount for each in (third, preference, quota)] == [Decimal("100.00"), Decimal("40.00"), Decimal("10.00")]
    assert preference.documents == ("N954",)
    assert (quota.quota, quota.total) == ("050001", Decimal("212.00"))


def test_the_cheapest_is_told() -> None:
    goods = Goods(code="0101210000", price=Decimal(1000), currency="GBP", origin="DE")
    told = options(goods.declaration(), law(THIRD, PREFERENCE, QUOTA), on=DAY)
    assert told.cheapest == 2
    assert told.customs_value == Decimal("1000.00")


def test_a_safeguard_does_not_reach_into_a_quota_and_another_additional_duty_does() -> None:
    third, quota = found(THIRD, QUOTA, SAFEGUARD, ADDITIONAL)
    assert [line.measure_type for line in third.lines] == ["103", "695", "696", ""]
    assert [line.measure_type for line in quota.lines] == ["122", "695", ""]


def test_without_the_quantity_that_a_rate_needs_the_option_has_no_total() -> None:
    third, quota = found(THIRD.replace("10 %", "10 GBP / KGM"), QUOTA)
    assert third.total is None
    assert third.lines[0].status is TaxStatus.UNDETERMINED
    assert quota.total is not None


def test_a_claim_whose_threshold_is_not_met_is_no_option() -> None:
    small = PREFERENCE.replace("B:N954=apply;B:-=skip", "E:value<=500=apply;E:-=skip")
    assert [each.preference for each in found(THIRD, small)] == ["100"]
    assert [each.preference for each in found(THIRD, small, price="500")] == ["100", "300"]


def test_only_the_total_is_rounded_where_the_regime_says_so() -> None:
    (only,) = found("third,0101,1011,,A00,,100,,2.7 %,,103,,,", price="1260.89")
    duty, vat = only.lines
    assert (duty.amount, duty.unrounded, vat.unrounded) == (Decimal("34.04"), Decimal("34.04403"), Decimal("258.986806"))
    assert only.total == Decimal("293.03")


@given(price=st.decimals("0.01", 10**6, places=2))
def test_where_lines_are_rounded_an_option_without_a_claim_is_the_assessment(price: Decimal) -> None:
    declared = Goods(code="87120030", price=price, currency="EUR", origin="DE").declaration()
    unclaimed = options(declared, SANDBOX, on=DAY).options[0]
    assert unclaimed.lines == assess(declared, SANDBOX, on=DAY).items[0].lines


@pytest.mark.parametrize(("other", "applies"), [("4 %", "other"), ("13 %", "own"), ("7 %", "own"), ("13.1 %", "other"), ("6.9 %", "other")])
def test_of_two_tariffs_the_own_one_applies_up_to_a_difference(other: str, applies: str) -> None:
    (only,) = found(THIRD, f"eu,0101,1011,,A50,,100,,{other},,103,,,", statements=("NIIMP",))
    assert only.tariff == applies
    assert {line.tax for line in only.lines} == ({"A00", "B00"} if applies == "own" else {"A50", "B00"})
    assert "ASM-16" in {each.code for each in only.findings}


def test_two_tariffs_of_which_one_has_no_amount_leave_the_duty_undetermined() -> None:
    (only,) = found(THIRD, "eu,0101,1011,,A50,,100,,7 GBP / KGM,,103,,,", statements=("NIIMP",))
    assert only.total is None
    assert "two tariffs" in only.lines[0].reason
    assert all(line.amount is None for line in only.lines if line.tax == "B00")


def test_goods_that_do_not_say_they_are_of_the_territory_fall_under_no_comparison() -> None:
    (only,) = found(THIRD, "eu,0101,1011,,A20,,,,7 %,,695,,,")
    assert only.tariff == ""


def test_a_component_of_the_meursing_table_is_levied_by_the_contents_of_the_goods() -> None:
    def sweet(**told: Decimal) -> option.Option:
        goods = Goods(code="1905319900", price=Decimal(1000), currency="EUR", origin="CN", net_mass_kg=Decimal(200), quantities=told)
        return options(goods.declaration(), SANDBOX, on=DAY).options[0]

    contents = {"starch": Decimal(1), "sucrose": Decimal(20), "milk_fat": Decimal(0), "milk_protein": Decimal(0)}
    assert sweet(**contents).lines[0].amount == Decimal("108.80")  # 9 % of 1,000, and twice 9.40
    assert "composition" in sweet().lines[0].reason
