"""Rates of the Harmonized Tariff Schedule: what each form computes, and what is refused with its reason."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.tariff import Rate, hts

EXCHANGE = {"USD": Decimal(1)}


def due(rate: Rate, **quantities: str) -> Decimal:
    return rate.of({name.replace("_", ":").replace("__", "*"): Decimal(each) for name, each in quantities.items()}, EXCHANGE)


@pytest.mark.parametrize(
    ("text", "quantities", "amount"),
    [
        ("Free", {}, "0"),
        ("6.8%", {"value": "1000"}, "68.0"),
        ("6.3% + 13.5¢/kg", {"value": "1000", "KGM": "100"}, "76.5"),
        ("$1.035/kg +13.6%", {"value": "1000", "KGM": "100"}, "239.5"),
        ("94 cents/doz. + 4.6%", {"value": "1000", "NAR": "144"}, "57.28"),
        ("$3/doz.", {"NAR": "4"}, "1"),
        ("33 1/3%", {"value": "300"}, "100"),
        ("38.4¢/1000", {"NAR": "500"}, "0.192"),
        ("10¢/1,000 pins + 3.5%", {"value": "100", "NAR": "2000"}, "3.7"),
        ("$5.51/t", {"KGM": "2000"}, "11.02"),
        ("14.5¢/m<sup>2 </sup>+ 0.4%", {"value": "100", "MTK": "10"}, "1.85"),
        (
            "40¢ each + 8.5% on the case + 14% on the strap, band or bracelet",
            {"NAR": "1", "value:case": "10", "value:strap, band or bracelet": "5"},
            "1.95",
        ),
        ("50 percent of the cost of such goods or repairs", {"value:cost of such goods or repairs": "80"}, "40"),
        ("2.5% on the value of the lead content", {"value:lead content": "40"}, "1"),
        ("$1.76/t, including weight of container", {"KGM:contents and container": "1000"}, "1.76"),
        ("3.7¢/line/ gross + 2.3%", {"value": "100", "NAR*line": "288"}, "2.374"),
        ("98.7/¢kg", {"KGM": "100"}, "98.7"),
    ],
)
def test_a_rate_comes_to_its_amount(text: str, quantities: dict[str, str], amount: str) -> None:
    rate = hts.read_rate(text)
    assert rate.unreadable == ""
    assert rate.of({name: Decimal(each) for name, each in quantities.items()}, EXCHANGE) == Decimal(amount)


EACH_DEGREE = "for each degree under 100 degrees (and fractions of a degree in proportion)"
SLIDING = f"1.4606¢/kg less 0.020668¢/kg {EACH_DEGREE} but not less than 0.943854¢/kg"


@pytest.mark.parametrize(("degrees", "cents"), [("100", "1.4606"), ("96", "1.377928"), ("75", "0.943900"), ("60", "0.943854")])
def test_raw_sugar_slides_with_its_degrees_and_never_under_the_floor(degrees: str, cents: str) -> None:
    goods = {"KGM": Decimal(1000), "KGM*degrees": 1000 * Decimal(degrees)}
    assert hts.read_rate(SLIDING).of(goods, EXCHANGE) == Decimal(cents) * 10
    assert hts.read_rate(SLIDING.replace("¢", " cents ")).of(goods, EXCHANGE) == Decimal(cents) * 10


@pytest.mark.parametrize(
    ("text", "added", "refers_to"),
    [
        ("The duty provided in the applicable subheading + 25%", "25 %", "The duty provided in the applicable subheading"),
        ("The duty provided inthe applicable subheading+ 25%", "25 %", "The duty provided inthe applicable subheading"),
        ("The duty rate provided in such subheading minus 0.6%", "- 0.6 %", "The duty rate provided in such subheading"),
        ("No change", "NIHIL", "No change"),
        ("See 9822.05.15", "NIHIL", "See 9822.05.15"),
        (
            "4.3% + 1.7¢/jewel, but in no case more than the duty for the movement",
            "4.3 % + 0.017 USD / jewel",
            "but in no case more than the duty for the movement",
        ),
    ],
)
def test_what_points_at_another_line_gives_no_amount_but_what_it_adds(text: str, added: str, refers_to: str) -> None:
    rate = hts.read_rate(text)
    assert rate.unreadable
    assert (str(rate.base).removeprefix("+ "), rate.refers_to) == (added, refers_to)


@pytest.mark.parametrize("text", ["nonsense", "5% on", "12", "¢/kg", "5 % + ", "3¢/furlong", "$2/0", "9" * 3000 + "%", "5% 6%", "(A,AU)"])
def test_what_is_no_rate_is_refused_with_its_reason_and_is_not_zero(text: str) -> None:
    rate = hts.read_rate(text)
    assert rate.unreadable
    assert not rate.is_zero
    assert rate.refers_to == ""


def test_the_special_column_gives_each_rate_its_programs() -> None:
    text = "Free (A*,BH,CL, CO,.OM)3.4¢/kg  (JO) See 9822.04.01-9822.04.03 (AU) A duty upon the value of repairs (see U.S. note 3) (S+)"
    told = [(each.rate.text, each.programs) for each in hts.read_program_rates(text)]
    assert told == [
        ("Free", ("A*", "BH", "CL", "CO", "OM")),
        ("3.4¢/kg", ("JO",)),
        ("See 9822.04.01-9822.04.03", ("AU",)),
        ("A duty upon the value of repairs (see U.S. note 3)", ("S+",)),
    ]


@given(st.text(alphabet="0123456789.%¢$/kgdozeach +-()lesnutrFb,", max_size=60))
def test_no_text_breaks_the_reading(text: str) -> None:
    for each in hts.read_program_rates(text):
        assert each.rate.unreadable or each.rate.of(dict.fromkeys(each.rate.needs, Decimal(1)), EXCHANGE) >= 0
