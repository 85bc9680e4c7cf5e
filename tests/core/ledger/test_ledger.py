from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from customhouse import ledger
from customhouse.ledger import Account, Kind, Movement

AMOUNT = st.decimals(min_value=0, max_value=1000, places=3)
NAMES = st.sampled_from(["A", "B"])
HOLDINGS = st.sampled_from(["d1/1", "d1/2", "d2/1"])


def opened(**granted: int) -> dict[str, Account]:
    return {name: Account(id=name, unit="KGM", granted=Decimal(amount)) for name, amount in granted.items()}


def move(kind: Kind, cause: str, holding: str = "h", **amounts: str) -> Movement:
    return Movement(cause=cause, kind=kind, holding=holding, amounts={name: Decimal(text) for name, text in amounts.items()})


def available(accounts: dict[str, Account]) -> list[Decimal]:
    return [account.available for account in accounts.values()]


def test_a_bill_is_written_off_by_packages_and_mass_and_credited_again() -> None:
    """Write-off: 10 packages of 100 kg; nothing is left once assessed, an adjustment credits, a cancellation restores."""
    bill = opened(packages=10, mass=100)
    bill = ledger.posted(bill, move(Kind.CONSUME, "assessed v1", "d1", packages="10", mass="100"))
    assert available(bill) == [0, 0]
    bill = ledger.posted(bill, ledger.reversal(bill, holding="d1", cause="adjusted"))
    assert available(bill) == [10, 100]
    bill = ledger.posted(bill, move(Kind.CONSUME, "assessed v2", "d1", packages="7", mass="70"))
    assert available(bill) == [3, 30]
    bill = ledger.posted(bill, ledger.reversal(bill, holding="d1", cause="cancelled"))
    assert available(bill) == [10, 100]


def test_of_two_reservations_of_sixty_under_a_limit_of_a_hundred_one_stands() -> None:
    guarantee = ledger.posted(opened(G=100), move(Kind.RESERVE, "first", "d1", G="60"))
    with pytest.raises(ledger.InsufficientBalanceError, match="40 KGM available"):
        ledger.posted(guarantee, move(Kind.RESERVE, "second", "d2", G="60"))
    released = ledger.posted(guarantee, move(Kind.RETURN, "released", "d1", G="60"))
    assert ledger.posted(released, move(Kind.RETURN, "released", "d1", G="60")) == released
    assert available(released) == [100]


def test_what_is_reserved_is_consumed_first_and_only_the_rest_is_drawn() -> None:
    licence = ledger.posted(opened(L=100), move(Kind.RESERVE, "accepted", L="60"))
    used = ledger.posted(licence, move(Kind.CONSUME, "released", L="80"))["L"]
    assert (used.reserved, used.consumed, used.available) == (0, 80, 20)


def test_a_movement_over_several_accounts_is_done_to_all_or_to_none() -> None:
    bill = opened(packages=10, mass=50)
    with pytest.raises(ledger.InsufficientBalanceError):
        ledger.posted(bill, move(Kind.CONSUME, "c", packages="10", mass="51"))
    assert available(bill) == [10, 50]


def test_a_cause_with_another_movement_is_refused() -> None:
    once = ledger.posted(opened(A=10), move(Kind.RESERVE, "c", A="1"))
    with pytest.raises(ledger.CauseReusedError):
        ledger.posted(once, move(Kind.RESERVE, "c", A="2"))


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity"])
def test_an_amount_that_is_none_is_refused(amount: str) -> None:
    with pytest.raises(ledger.RefusedMovementError):
        ledger.posted(opened(A=10), move(Kind.CONSUME, "c", A=amount))


def test_a_limit_is_not_lowered_below_what_is_held() -> None:
    held = ledger.posted(opened(A=10), move(Kind.RESERVE, "c", A="8"))
    assert available(ledger.posted(held, move(Kind.GRANT, "lowered", A="-2"))) == [0]
    with pytest.raises(ledger.InsufficientBalanceError):
        ledger.posted(held, move(Kind.GRANT, "lowered", A="-3"))


def test_requests_of_one_day_beyond_the_balance_are_shared_in_proportion() -> None:
    requests = [Decimal(600), Decimal(500), Decimal(300)]
    shares = ledger.allotted(Decimal(1000), requests, step=Decimal("0.001"))
    assert shares == [Decimal("428.571"), Decimal("357.143"), Decimal("214.286")]
    assert ledger.allotted(Decimal(1400), requests, step=Decimal("0.001")) == requests


@given(AMOUNT, st.lists(st.decimals(min_value="0.001", max_value=1000, places=3), min_size=1, max_size=6))
def test_an_allotment_never_exceeds_the_balance_nor_a_request(balance: Decimal, requests: list[Decimal]) -> None:
    shares = ledger.allotted(balance, requests, step=Decimal("0.001"))
    assert sum(shares) == min(balance, sum(requests))
    assert all(0 <= share <= request for share, request in zip(shares, requests, strict=True))


class LedgerMachine(RuleBasedStateMachine):
    """Whatever is posted in whatever order: nothing is overdrawn, nothing is lost, and giving all back restores the limit."""

    def __init__(self) -> None:
        super().__init__()
        self.accounts = opened(A=500, B=200)
        self.granted = {"A": Decimal(500), "B": Decimal(200)}
        self.count = 0

    def post(self, kind: Kind, name: str, holding: str, amount: Decimal) -> None:
        self.count += 1
        movement = Movement(cause=str(self.count), kind=kind, holding=holding, amounts={name: amount})
        before = self.accounts
        try:
            self.accounts = ledger.posted(before, movement)
        except ledger.RefusedMovementError:
            assert self.accounts is before
            return
        if kind is Kind.GRANT:
            self.granted[name] += amount
        assert ledger.posted(self.accounts, movement) == self.accounts

    @rule(kind=st.sampled_from([Kind.RESERVE, Kind.CONSUME, Kind.RETURN]), name=NAMES, holding=HOLDINGS, amount=AMOUNT)
    def move_some(self, kind: Kind, name: str, holding: str, amount: Decimal) -> None:
        self.post(kind, name, holding, amount)

    @rule(name=NAMES, amount=st.decimals(min_value=-300, max_value=300, places=3))
    def change_the_limit(self, name: str, amount: Decimal) -> None:
        self.post(Kind.GRANT, name, "", amount)

    @rule(holding=HOLDINGS)
    def give_everything_back(self, holding: str) -> None:
        self.count += 1
        self.accounts = ledger.posted(self.accounts, ledger.reversal(self.accounts, holding=holding, cause=str(self.count)))
        assert all(holding not in account.holdings for account in self.accounts.values())

    @invariant()
    def nothing_is_overdrawn_or_lost(self) -> None:
        for name, account in self.accounts.items():
            assert account.available >= 0
            assert account.granted == self.granted[name]
            assert all(each.reserved >= 0 and each.consumed >= 0 and each.total > 0 for each in account.holdings.values())
            assert account.available + account.reserved + account.consumed == account.granted


TestLedger = LedgerMachine.TestCase
