from dataclasses import replace
from datetime import date

import msgspec

from customhouse import pipeline
from customhouse.pipeline import publication
from customhouse.strategy import implementation

DAY = date(2026, 8, 31)  # no review is due yet
SANDBOX = pipeline.load_country("sandbox")
ELSEWHERE = replace(SANDBOX, transparency=msgspec.structs.replace(SANDBOX.transparency, elsewhere={"transit": "the gazette"}))
WHOLE = tuple(msgspec.structs.replace(each, cost_basis="yearly accounts") for each in SANDBOX.fees)


def told(country: pipeline.CountryPackage, check: str, *, on: date = DAY) -> tuple[bool, str]:
    found: implementation.Observation = publication.observed(country, on=on)[check]
    return found.holds, str(found.reason)


def test_one_subject_that_is_not_published_is_held_against_article_1_1() -> None:
    check = "every subject of Article 1.1 is published"
    assert told(SANDBOX, check) == (False, "not published in full: Article 1.1 (a)")
    assert told(ELSEWHERE, check) == (True, "all 12 subjects of Article 1.1 are published")
    assert told(replace(ELSEWHERE, penalties=(), fees=()), check) == (False, "not published in full: Article 1.1 (c), (g)")


def test_a_register_of_fees_holds_only_with_all_that_is_asked_and_no_review_due() -> None:
    check = "fees are published with their reviews"
    assert told(SANDBOX, check) == (False, "of 67 % of the fees all is said that Article 6 asks for")
    assert told(replace(SANDBOX, fees=WHOLE), check) == (True, "of 100 % of the fees all is said that Article 6 asks for")
    assert told(replace(SANDBOX, fees=WHOLE), check, on=date(2026, 9, 1)) == (False, "fees whose review is due: F02")
    assert told(replace(SANDBOX, fees=()), check) == (False, "the country package states no fees")


def test_a_fee_that_names_no_cost_is_held_against_article_6_2() -> None:
    check = "fees state what they rest on"
    assert told(SANDBOX, check) == (False, "fees without the cost that they rest on: F03")
    assert told(replace(SANDBOX, fees=WHOLE), check) == (True, "each of 3 fees names the cost that it rests on")
    assert told(replace(SANDBOX, fees=()), check) == (False, "the country package states no fees")


def test_penalties_count_as_published_where_there_are_some() -> None:
    check = "penalties are published"
    assert told(SANDBOX, check) == (True, "4 penalties are published with their law")
    assert told(replace(SANDBOX, penalties=()), check) == (False, "the country package states no penalties")
