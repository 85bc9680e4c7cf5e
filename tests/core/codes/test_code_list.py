from datetime import date
from decimal import Decimal

import pytest

from customhouse import codes
from customhouse.codes.code_list import UnreadableCodeListError
from customhouse.codes.location import is_location_code, read_locations

DAY = date(2026, 3, 2)
LISTS = codes.CodeLists(codes.world_lists())
TEXT = "code,description,valid_from,valid_to,kind\n4000,Home use,2020-01-01,2026-01-01,import\n4000,Free circulation,2026-01-01,,import\n"


def test_a_code_means_what_it_meant_on_the_day() -> None:
    listed = codes.read_code_list(TEXT, name="procedures")
    assert listed.entry("4000", on=date(2025, 12, 31)).description == "Home use"
    assert listed.entry("4000", on=date(2026, 1, 1)).description == "Free circulation"
    assert listed.entry("4000", on=date(2019, 12, 31)) is None
    assert listed.entry("4000", on=date(2026, 1, 1)).extra == {"kind": "import"}


def test_a_currency_that_left_is_valid_before_it_left() -> None:
    assert LISTS.allows("currencies", "HRK", on=date(2022, 12, 31))
    assert not LISTS.allows("currencies", "HRK", on=date(2023, 1, 1))


def test_codes_under_which_nobody_owes_an_amount_are_no_currencies() -> None:
    assert not any(LISTS.allows("currencies", code, on=date(2026, 1, 1)) for code in ("XXX", "XTS", "XAU"))
    assert all(LISTS.allows("currencies", code, on=date(2026, 1, 1)) for code in ("EUR", "XOF", "XDR"))


def test_without_a_list_nothing_can_be_called_wrong() -> None:
    assert LISTS.allows("unheard of", "X", on=date(2026, 1, 1))
    assert not LISTS.allows("countries", "ZZ", on=date(2026, 1, 1))


def test_a_country_may_replace_a_world_list() -> None:
    lists = codes.CodeLists((*codes.world_lists(), codes.CodeList("incoterms", (codes.CodeEntry("ABC", "own"),))))
    assert lists.allows("incoterms", "ABC", on=date(2026, 1, 1))
    assert not lists.allows("incoterms", "CIF", on=date(2026, 1, 1))


def test_all_faults_of_a_list_are_told_at_once() -> None:
    with pytest.raises(UnreadableCodeListError) as refused:
        codes.read_code_list("code,description,valid_from,valid_to\n,x,,\nA,x,tomorrow,\n", name="n")
    assert len(str(refused.value).splitlines()) == 2


def test_minor_units_follow_iso_4217() -> None:
    currencies = LISTS.named("currencies")
    assert [currencies.entry(code, on=date(2026, 1, 1)).extra["minor_digits"] for code in ("JPY", "EUR", "KWD")] == ["0", "2", "3"]


def test_units_are_a_list_and_convert_to_their_base() -> None:
    units = next(each for each in codes.world_lists() if each.name == "units")
    decitonne = units.entry("DTN", on=DAY)
    assert decitonne is not None
    assert (decitonne.extra["base"], decitonne.extra["holds"]) == ("KGM", "100")
    assert codes.in_base_unit("DTN") == ("KGM", Decimal(100))
    assert codes.in_base_unit("ZZZ") == ("ZZZ", Decimal(1))


def test_places_are_read_from_the_list_as_published_without_countries_and_removed_ones() -> None:
    published = (
        ',"NL",,".NETHERLANDS",,,,,,,,\n'
        ',"NL","RTM","Rotterdam","Rotterdam","ZH","12345---","AF","0601",,"5155N 00430E",""\n'
        'X,"NL","XXX","Gone","Gone",,"--3-----","RL","0601",,"",""\n'
    )
    places = read_locations(published).entries(on=DAY)
    assert [(each.code, each.description, each.extra["function"]) for each in places] == [("NLRTM", "Rotterdam", "12345---")]


@pytest.mark.parametrize(("code", "well_formed"), [("NLRTM", True), ("DE2AB", True), ("NLR", False), ("nlrtm", False), ("NLRT0", False)])
def test_a_location_code_has_a_form_of_its_own(code: str, well_formed: bool) -> None:
    assert is_location_code(code) is well_formed
