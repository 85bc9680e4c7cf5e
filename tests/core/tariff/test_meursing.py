import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.kernel import Validity
from customhouse.tariff import read_rate
from customhouse.tariff.area import Areas, Membership
from customhouse.tariff.dated_table import UnreadableTableError
from customhouse.tariff.meursing import CONTENTS, Goods, Meursing, UnknownComponentError, read_meursing, read_published

DAY = date(2026, 3, 2)
AREAS = Areas([Membership("1011", "*", Validity()), Membership("2012", "NO", Validity())])
AMOUNTS = """measure_type,code,area,amount,currency,reduction,valid_from,valid_to
674,001,1011,9.40,EUR,1,,
674,001,2012,4.70,EUR,1,,
674,001,2012,3.10,EUR,2,,
672,001,1011,8.10,EUR,1,,
"""
CODES = """code,starch_from,starch_below,sucrose_from,sucrose_below,milk_fat_from,milk_fat_below,milk_protein_from,milk_protein_below
000,0,5,0,5,0,1.5,0,2.5
001,0,5,5,,0,1.5,0,2.5
"""
TABLE = read_meursing(amounts=AMOUNTS, compositions=CODES)
SUGARY = {"starch": Decimal(1), "sucrose": Decimal(20), "milk_fat": Decimal(0), "milk_protein": Decimal(0)}


def duty(rate: str, goods: Goods, mass: Decimal = Decimal(100), *, reduction: str = "", table: Meursing = TABLE) -> Decimal:
    found = table.with_components(read_rate(rate), goods, areas=AREAS, reduction=reduction, on=DAY)
    return found.of({"value": Decimal(1000), "KGM": mass}, {"EUR": Decimal(1)})


def coded(*codes: str, origin: str = "CN") -> Goods:
    return Goods(frozenset(codes), {}, origin)


def test_a_component_is_added_by_its_code() -> None:
    assert duty("9 % + EA", coded("7001")) == Decimal("99.40")
    assert duty("9 % + EA MAX 9.1 % + ADSZ", coded("7001")) == Decimal("99.10")


def test_the_contents_tell_the_code() -> None:
    assert duty("9 % + EA", Goods(frozenset(), SUGARY, "CN")) == Decimal("99.40")


def test_a_reduced_component_is_that_of_the_area_and_its_reduction() -> None:
    assert duty("EAR", coded("7001", origin="NO")) == Decimal("4.70")
    assert duty("EAR", coded("7001", origin="NO"), reduction="2") == Decimal("3.10")
    assert duty("EA", coded("7001", origin="NO")) == Decimal("9.40")


@pytest.mark.parametrize(
    ("rate", "goods", "is_for_customs"),
    [
        ("EAR", coded("7001", origin="CN"), True),
        ("ADFM", coded("7001"), True),
        ("EA", coded("7999"), False),
        ("EA", coded("C490"), False),
        ("EA", Goods(frozenset(), {**SUGARY, "starch": Decimal(90)}, "CN"), False),
    ],
)
def test_what_the_table_does_not_hold_is_not_guessed(rate: str, goods: Goods, is_for_customs: bool) -> None:
    with pytest.raises(UnknownComponentError) as refusal:
        duty(rate, goods)
    assert refusal.value.is_for_customs is is_for_customs


@given(mass=st.decimals(0, 10**6, places=3), share=st.decimals(0, 100, places=2))
def test_the_component_grows_with_the_mass_and_a_content_has_at_most_one_code(mass: Decimal, share: Decimal) -> None:
    assert duty("EA", coded("7001"), mass) * 100 == Decimal("9.40") * mass
    fitting = [each.code for each in TABLE.compositions if each.includes({**SUGARY, "sucrose": share})]
    assert fitting == (["000"] if share < 5 else ["001"])


def test_the_published_form_of_the_table_is_read() -> None:
    row = {
        "geographical_area_id": "1011",
        "measure_type_id": "674",
        "additional_code_id": "785",
        "duty_amount": 37.49,
        "reduction_indicator": 1,
    }
    duties = json.dumps({"duties": [row]})
    codes = '{"key_785": {"starch": "0 - 4.99", "sucrose": "5 or more", "milk_fat": "0 - 1.49", "milk_protein": null}}'
    table = read_published(duties, codes, currency="GBP")
    assert table.compositions[0].ranges["starch"] == (Decimal(0), Decimal("5.00"))
    assert set(table.compositions[0].ranges) == set(CONTENTS)
    goods = Goods(frozenset(), SUGARY, "CN")
    found = table.with_components(read_rate("EA"), goods, areas=AREAS, reduction="", on=DAY)
    assert str(found.base) == "0.3749 GBP / KGM"


def test_a_cell_that_is_no_number_is_refused() -> None:
    with pytest.raises(UnreadableTableError):
        read_meursing(amounts="measure_type,code,area,amount,currency\n674,001,1011,much,EUR\n")
