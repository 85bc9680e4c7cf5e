from datetime import date

import pytest

from customhouse import codes

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


def test_without_a_list_nothing_can_be_called_wrong() -> None:
    assert LISTS.allows("unheard of", "X", on=date(2026, 1, 1))
    assert not LISTS.allows("countries", "ZZ", on=date(2026, 1, 1))


def test_a_country_may_replace_a_world_list() -> None:
    lists = codes.CodeLists((*codes.world_lists(), codes.CodeList("incoterms", (codes.CodeEntry("ABC", "own"),))))
    assert lists.allows("incoterms", "ABC", on=date(2026, 1, 1))
    assert not lists.allows("incoterms", "CIF", on=date(2026, 1, 1))


def test_all_faults_of_a_list_are_told_at_once() -> None:
    with pytest.raises(codes.UnreadableCodeListError) as refused:
        codes.read_code_list("code,description,valid_from,valid_to\n,x,,\nA,x,tomorrow,\n", name="n")
    assert len(str(refused.value).splitlines()) == 2


def test_minor_units_follow_iso_4217() -> None:
    currencies = LISTS.named("currencies")
    assert [currencies.entry(code, on=date(2026, 1, 1)).extra["minor_digits"] for code in ("JPY", "EUR", "KWD")] == ["0", "2", "3"]
