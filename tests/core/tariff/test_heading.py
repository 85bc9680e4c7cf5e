"""Headings beside the goods: what they add, to which they give way, and which lines point to them."""

from datetime import date

import pytest

from customhouse.kernel import Validity
from customhouse.tariff import heading
from customhouse.tariff.hts import COLUMN_2, ScheduleLine

RULES = heading.read_heading_rules(
    "heading,kind,area,excludes,goods,valid_from,valid_to\n990388,S301,CN,,,,\n99030301,S122,,,*,2026-02-24,2026-07-24\n"
)
LINES = [
    ScheduleLine(
        number="9903.88.03",
        indent=0,
        description="Except as provided in headings 9903.88.13, 9903.88.68, or 9903.88.69, articles the product of China",
        general="The duty provided in the applicable subheading + 25%",
    ),
    ScheduleLine(
        number="9903.88.69",
        indent=0,
        description="Effective with respect to entries on or after June 15, 2024 and through November 9, 2026, articles",
        general="The duty provided in the applicable subheading",
    ),
    ScheduleLine(
        number="9903.88.16",
        indent=0,
        description="articles [Compiler's note: provision suspended.]",
        general="The duty provided in the applicable subheading + 15%",
    ),
    ScheduleLine(
        number="9903.03.01",
        indent=0,
        description="Except for products described in headings 9903.03.02\u20139903.03.11, articles",
        general="The duty provided in the applicable subheading + 10%",
    ),
    ScheduleLine(number="9903.03.02", indent=0, description="Articles", general="The duty provided in the applicable subheading"),
    ScheduleLine(number="9903.03.11", indent=0, description="Articles", general="The duty provided in the applicable subheading"),
    ScheduleLine(number="9903.41.05", indent=0, description="Leather", general="40%"),
    ScheduleLine(number="9822.04.05", indent=0, description="Dairy", special="Free (AU)"),
    ScheduleLine(number="4011.10.10", indent=2, description="Radial", general="4%", footnotes=("See 9903.88.03. ",)),
    ScheduleLine(number="4104.11.10", indent=2, description="Upper leather", general="Free", footnotes=("See subheading 9903.41.05.",)),
    ScheduleLine(number="0401.40.25", indent=2, description="Cream", general="77.2¢/liter", special="See 9822.04.05 (AU)"),
    ScheduleLine(number="0201.10.50", indent=2, description="Beef", general="26.4%", special="See 9822.04.01-9822.04.03 (AU)"),
    ScheduleLine(
        number="8517.13.00", indent=2, description="Smartphones", general="Free", footnotes=("See 9903.88.16.", "See 9903.99.99.")
    ),
    ScheduleLine(number="2009.11.00", indent=2, description="Orange juice", general="7.85¢/liter", column_2="18¢/liter"),
    ScheduleLine(
        number="2106.90.52",
        indent=2,
        description="Juice",
        general="The rate applicable to the natural juice in heading 2009",
        column_2="The rate applicable to the natural juice in heading 2009",
    ),
]
PROVISIONS = heading.read_provisions(LINES)
MEASURES = {each.id: each for each in heading.linked_measures(LINES, PROVISIONS, rules=RULES)}


def test_a_heading_says_what_it_adds_and_which_headings_it_gives_way_to() -> None:
    read = PROVISIONS["99038803"]
    assert (read.adds, str(read.rate.base), read.gives_way_to) == (True, "25 %", ("99038813", "99038868", "99038869"))
    assert PROVISIONS["99030301"].gives_way_to == ("99030302", "99030311")


def test_a_heading_that_adds_nothing_is_an_exception_for_the_days_that_it_names() -> None:
    read = PROVISIONS["99038869"]
    assert read.is_exception
    assert read.validity == Validity(date(2024, 6, 15), date(2026, 11, 10))


def test_a_footnote_makes_an_additional_duty_on_its_line() -> None:
    found = MEASURES["9903.88.03/4011.10.10"]
    assert (found.commodity, found.kind, found.area, found.additional_code) == ("40111010", "S301", "CN", "")
    assert found.rate.text == "The duty provided in the applicable subheading + 25%"
    assert not found.rate.unreadable
    assert "99038869" in found.displaced_by


def test_a_heading_in_place_of_the_duty_applies_where_it_is_claimed() -> None:
    found = MEASURES["9903.41.05/4104.11.10"]
    assert (found.kind, found.additional_code, found.excludes) == ("DUTY", "99034105", (COLUMN_2,))


def test_a_plain_rate_of_an_additional_duty_is_undetermined_where_it_is_claimed() -> None:
    lines = [
        ScheduleLine(number="9903.88.99", indent=0, description="Panels", general="30%"),
        ScheduleLine(number="8541.43.00", indent=1, description="Panels", general="Free", footnotes=("See 9903.88.99.",)),
    ]
    (found,) = heading.linked_measures(lines, heading.read_provisions(lines), rules=RULES)
    assert (found.kind, found.additional_code) == ("S301", "99038899")
    assert "not said" in found.rate.unreadable


def test_a_program_rate_in_a_heading_is_claimed_by_program_and_heading() -> None:
    found = MEASURES["9822.04.05/0401.40.25/AU"]
    assert (found.preferences, found.additional_code, found.rate.is_zero) == (("AU",), "98220405", True)


def test_exceptions_and_headings_on_all_goods_need_no_line_that_points_to_them() -> None:
    assert (MEASURES["9903.88.69"].kind, MEASURES["9903.88.69"].additional_code) == ("EXCEPTED", "99038869")
    surcharge = MEASURES["9903.03.01"]
    assert (surcharge.commodity, surcharge.kind, surcharge.validity.end) == ("", "S122", date(2026, 7, 24))


@pytest.mark.parametrize(
    ("line", "refusal"),
    [
        ("0201.10.50", "which heading of the range applies is not said"),
        ("8517.13.00", "the schedule says that it is suspended or has expired"),
        ("8517.13.00", "the export does not hold the heading"),
    ],
)
def test_what_cannot_be_resolved_is_refused_with_its_words(line: str, refusal: str) -> None:
    refused = [each for each in heading.links(LINES, PROVISIONS) if each.line.number == line and each.refusal]
    assert refusal in {each.refusal for each in refused}
    assert all(each.text for each in refused)
    assert not any(each.id.endswith(f"/{line}") for each in MEASURES.values())


def test_a_rate_of_another_line_is_that_of_the_line_that_is_declared() -> None:
    general, column_2 = heading.measures_of_named_lines(LINES)
    assert (general.commodity, general.additional_code, general.rate.text) == ("21069052", "20091100", "7.85¢/liter")
    assert (column_2.area, column_2.rate.text) == (COLUMN_2, "18¢/liter")
