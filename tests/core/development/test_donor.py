from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from customhouse import ledger
from customhouse.development import donor
from customhouse.development.donor import Need, Pledge
from customhouse.ledger import Account, Kind, Movement

DAY = date(2026, 11, 24)
NEED = Need(theme="risk", country="QZ", instrument="training", amount=Decimal(100), currency="EUR")
amounts = st.decimals(0, 500, places=2)


def pledge(amount: str = "80", **differing: object) -> Pledge:
    given_ = {"donor": "Fund", "title": "t", "currency": "EUR", "valid_from": date(2026, 1, 1), "valid_to": date(2027, 1, 1)}
    return Pledge(amount=Decimal(amount), **(given_ | differing))  # type: ignore[arg-type]


def offered(pledges: dict[str, Pledge]) -> donor.Offer:
    return donor.matched(NEED, pledges, available={name: each.amount for name, each in pledges.items()}, on=DAY)


def test_the_narrowest_earmark_pays_first_and_each_fit_is_explained() -> None:
    found = offered({"free": pledge(), "bound": pledge("60", themes=("risk",), countries=("QZ", "QX"))})
    assert [(each.pledge, each.amount, each.left_over) for each in found.fitting] == [("bound", 60, 0), ("free", 40, 40)]
    assert tuple(map(str, found.fitting[0].reasons)) == (
        "earmarked for the theme risk",
        "earmarked for the country QZ",
        "free of earmarks by instrument",
    )
    assert found.uncovered == 0


def test_a_pledge_that_does_not_fit_says_everything_that_speaks_against_it() -> None:
    other = pledge("0", themes=("revenue",), currency="USD", valid_to=DAY)
    found = offered({"other": other})
    assert (found.fitting, found.uncovered, len(found.misfits[0].reasons)) == ((), 100, 4)


pledges = st.dictionaries(
    st.text("abcd", min_size=1, max_size=3),
    st.builds(
        lambda amount, themes, currency: pledge(str(amount), themes=themes, currency=currency),
        amounts,
        st.sampled_from([(), ("risk",), ("revenue",)]),
        st.sampled_from(["EUR", "USD"]),
    ),
    max_size=6,
)


@given(pledges)
def test_a_need_never_takes_more_than_is_available_nor_more_than_it_needs(found: dict[str, Pledge]) -> None:
    offer = offered(found)
    assert all(0 <= each.amount <= found[each.pledge].amount for each in offer.fitting)
    assert sum((each.amount for each in offer.fitting), offer.uncovered) == NEED.amount
    assert {each.pledge for each in offer.fitting} | {each.pledge for each in offer.misfits} == set(found)


@given(st.lists(st.tuples(st.sampled_from(list(Kind)[1:]), st.sampled_from("AB"), amounts), max_size=12))
def test_a_statement_adds_up_whatever_was_committed_paid_and_given_back(moves: list[tuple[Kind, str, Decimal]]) -> None:
    accounts = {"p": Account(id="p", unit="EUR", granted=Decimal(700))}
    for n, (kind, holding, amount) in enumerate(moves):
        try:
            accounts = ledger.posted(accounts, Movement(cause=str(n), kind=kind, amounts={"p": amount}, holding=holding))
        except ledger.RefusedMovementError:
            continue
    told = donor.statement(pledge("700"), accounts["p"], titles={"A": "Alpha"})
    assert told.pledged == told.committed + told.paid + told.left
    assert sum(each.committed for each in told.commitments) == told.committed
    assert {each.project for each in told.commitments} <= {"Alpha", "B"}
