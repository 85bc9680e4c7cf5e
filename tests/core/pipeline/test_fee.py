from datetime import date
from decimal import Decimal

import pytest

from customhouse import pipeline
from customhouse.pipeline.fee import UnreadableFeeError, read_fees, share_published

WHOLE = """
[[fees]]
code = "F1"
service = "storage"
amount = "6.50"
unit = "day"
reason = "rent"
authority = "customs"
payment = "before the goods leave"
cost_basis = "the rent, over the days"
reviewed_on = 2026-01-01
review_on = 2027-01-01
legal_basis = "Order, item 1"
"""
TAXES = ("processing",)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('amount = "6.50"', "", "state either its amount or the tax"),
        ('amount = "6.50"', 'amount = "6.50"\ntax = "processing"', "state either its amount or the tax"),
        ('amount = "6.50"', 'tax = "nonsense"', "nonsense is no tax of the regime"),
        ('"6.50"', '"0"', "its amount is above zero"),
        ("2027-01-01", "2026-01-01", "review_on, the next review, is after reviewed_on"),
        ("2027-01-01", "2027-01-01\nvalid_from = 2026-01-02\nvalid_to = 2026-01-01", "valid_to is the day after the last one"),
        ('"Order, item 1"', '""', "it does not say legal_basis"),
        ('"6.50"', '"much"', "cannot be read"),
        (WHOLE, WHOLE + WHOLE, "F1 is stated twice"),
    ],
)
def test_a_fee_that_cannot_be_asked_for_is_refused_with_its_fault(old: str, new: str, told: str) -> None:
    assert old in WHOLE
    with pytest.raises(UnreadableFeeError, match=told):
        read_fees(WHOLE.replace(old, new), taxes=TAXES)


def test_a_fee_may_be_a_tax_of_the_regime() -> None:
    [fee] = read_fees(WHOLE.replace('amount = "6.50"', 'tax = "processing"'), taxes=TAXES)
    assert (fee.tax, fee.amount) == ("processing", None)


@pytest.mark.parametrize("said", ["reason", "authority", "payment", "cost_basis", "reviewed_on", "review_on"])
def test_a_fee_of_which_something_is_not_said_is_not_wholly_published(said: str) -> None:
    silent = "\n".join(line for line in WHOLE.splitlines() if not line.startswith(f"{said} "))
    fees = (*read_fees(WHOLE, taxes=()), *read_fees(silent.replace("F1", "F2"), taxes=()))
    assert fees[1].unsaid == (said,)
    assert share_published(fees, on=date(2026, 6, 1)) == Decimal("0.5")


def test_without_a_fee_there_is_no_share() -> None:
    assert share_published((), on=date(2026, 6, 1)) is None


def test_a_review_is_due_on_its_day_and_where_nobody_said_when() -> None:
    [fee] = read_fees(WHOLE, taxes=())
    [silent] = read_fees(WHOLE.replace("review_on = 2027-01-01", ""), taxes=())
    assert [fee.is_review_due(on=day) for day in (date(2026, 12, 31), date(2027, 1, 1))] == [False, True]
    assert silent.is_review_due(on=date(2026, 1, 2))


def test_a_fee_that_the_regime_works_out_has_its_rate_and_bounds_from_there() -> None:
    country = pipeline.load_country("us")
    then, now = (pipeline.publication.published(country, "fees", on=day).told()["rows"] for day in (date(2022, 6, 1), date(2026, 11, 24)))
    assert then[0]["amount"] == ("0.3464 %", "27.75 to 538.40 USD")  # type: ignore[index]
    assert now[0]["amount"] == ("0.3464 %", "no minimum and maximum are published for the day")  # type: ignore[index]
