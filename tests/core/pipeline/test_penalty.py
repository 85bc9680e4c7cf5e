from datetime import date
from decimal import Decimal

import pytest

from customhouse import pipeline
from customhouse.pipeline.penalty import UnreadablePenaltyError, read_penalties

WHOLE = """
[[penalties]]
code = "P1"
offence = "late"
formalities = ["import"]
liable = "the declarant"
minimum = "10"
maximum = "20"
disclosed_share = "0.5"
valid_from = 2026-01-01
legal_basis = "Act, s. 1"
"""
DAY = date(2026, 11, 24)


def test_a_penalty_holds_from_its_first_day() -> None:
    [penalty] = read_penalties(WHOLE)
    assert [penalty.is_in_force(on=day) for day in (date(2025, 12, 31), date(2026, 1, 1))] == [False, True]


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"10"', '"21"', "P1: the maximum is above zero, and the minimum not above the maximum"),
        ('minimum = "10"\nmaximum = "20"', 'maximum = "0"', "the maximum is above zero"),
        ('"0.5"', '"1.5"', "disclosed_share is a share from 0 to 1"),
        ('"Act, s. 1"', '""', "it does not say legal_basis"),
        ('["import"]', "[]", "it does not say formalities"),
        ('["import"]', '["smuggling"]', "formalities"),
        ("2026-01-01", "2026-01-01\nvalid_to = 2026-01-01", "valid_to is the day after the last one"),
        ("[[penalties]]", "[[penalty]]", "cannot be read"),
        (WHOLE, WHOLE + WHOLE, "P1 is stated twice"),
    ],
)
def test_a_penalty_that_cannot_be_held_to_is_refused_with_its_fault(old: str, new: str, told: str) -> None:
    assert old in WHOLE
    with pytest.raises(UnreadablePenaltyError, match=told):
        read_penalties(WHOLE.replace(old, new))


def test_every_fault_is_told_at_once() -> None:
    with pytest.raises(UnreadablePenaltyError, match=r"P1 is stated twice; P1: it does not say liable; P1: it does not say liable"):
        read_penalties((WHOLE + WHOLE).replace('"the declarant"', '""'))


def test_the_sandbox_says_what_telling_customs_first_leaves_of_a_penalty() -> None:
    told = {each.code: each.disclosed_share for each in pipeline.load_country("sandbox").penalties}
    assert told == {"P01": Decimal("0.2"), "P02": Decimal(0), "P03": Decimal("0.5"), "P04": None}
