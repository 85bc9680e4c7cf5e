"""Accounts on PostgreSQL: however many draw at once, nobody overdraws, and what is given back can be drawn again."""

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from django.db import DatabaseError, connection, transaction

from customhouse import ledger
from customhouse.ledger import Account, Kind, Movement
from customhouse_server.ledger import actions, store

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)


def opened(name: str = "QUOTA", granted: str = "100", unit: str = "KGM") -> Account:
    return actions.open_account(Account(id=name, unit=unit, granted=Decimal(granted)))


def drawn(cause: str, amount: str, *names: str, kind: Kind = Kind.CONSUME) -> dict[str, Account]:
    amounts = dict.fromkeys(names or ("QUOTA",), Decimal(amount))
    return actions.post(Movement(cause=cause, kind=kind, holding=cause, amounts=amounts), actor="tests", at=AT)


def available(name: str = "QUOTA") -> Decimal:
    with transaction.atomic():
        return store.locked([name], holding="-", cause="-")[name].available


@pytest.mark.django_db(transaction=True)
def test_of_two_guarantees_of_sixty_drawn_at_once_under_a_limit_of_a_hundred_one_stands() -> None:
    opened()
    outcomes = at_once(2, lambda number: drawn(f"d{number}", "60", kind=Kind.RESERVE))
    assert sorted(outcomes) == ["InsufficientBalanceError", "done"]
    assert available() == 40


@pytest.mark.django_db(transaction=True)
def test_many_draws_at_once_on_two_accounts_never_overdraw_and_never_block_each_other() -> None:
    opened("A", "35")
    opened("B", "50")
    outcomes = at_once(12, lambda number: drawn(f"d{number}", "5", *(("A", "B") if number % 2 else ("B", "A"))))
    assert outcomes.count("done") == 7
    assert set(outcomes) == {"done", "InsufficientBalanceError"}
    assert (available("A"), available("B")) == (0, 15)


@pytest.mark.django_db(transaction=True)
def test_one_cause_posted_by_many_at_once_is_posted_once() -> None:
    opened()
    assert at_once(6, lambda _: drawn("same", "10")) == ["done"] * 6
    assert available() == 90


@pytest.mark.django_db
def test_movements_posted_together_do_what_they_do_one_by_one_and_all_of_them_or_none() -> None:
    def moved(cause: str, kind: Kind, holding: str, **amounts: int) -> Movement:
        return Movement(cause=cause, kind=kind, holding=holding, amounts={name: Decimal(amount) for name, amount in amounts.items()})

    series = [
        moved("1", Kind.CONSUME, "d1", A=30, B=10),
        moved("2", Kind.RESERVE, "d2", A=50),
        moved("3", Kind.RETURN, "d1", A=20),
        moved("1", Kind.CONSUME, "d1", A=30, B=10),
        moved("4", Kind.GRANT, "", B=5),
        moved("5", Kind.CONSUME, "d2", A=60, B=100),
    ]
    for name in ("A", "B"):
        opened(name)
    with pytest.raises(ledger.InsufficientBalanceError):
        actions.post_together(series, actor="tests", at=AT)
    assert (available("A"), available("B")) == (100, 100)
    for _ in range(2):
        actions.post_together(series[:5], actor="tests", at=AT)
        assert (available("A"), available("B")) == (40, 95)
    for each in series[:5]:
        actions.post(each, actor="tests", at=AT)
    assert (available("A"), available("B")) == (40, 95)
    assert actions.give_back("d1", cause="back", actor="tests", at=AT).amounts == {"A": 10, "B": 10}
    with pytest.raises(actions.UnknownAccountError):
        actions.post_together([moved("6", Kind.CONSUME, "d1", C=1)], actor="tests", at=AT)
    actions.post_together([], actor="tests", at=AT)


@pytest.mark.django_db
def test_what_a_holding_holds_is_given_back_whole_and_once() -> None:
    opened("A")
    opened("B")
    drawn("d1", "60", "A", "B")
    drawn("d2", "40", "A")
    assert available("A") == 0
    for _ in range(2):
        actions.give_back("d1", cause="d1 cancelled", actor="tests", at=AT)
        assert (available("A"), available("B")) == (60, 100)


@pytest.mark.django_db
def test_a_raised_limit_is_available_at_once_and_is_no_holding() -> None:
    opened()
    drawn("d1", "60")
    actions.post(Movement(cause="raised", kind=Kind.GRANT, amounts={"QUOTA": Decimal(5)}), actor="tests", at=AT)
    assert available() == 45
    assert store.accounts_of("") == ()


@pytest.mark.django_db
def test_a_refused_movement_leaves_no_trace() -> None:
    opened("A")
    opened("B", "1")
    with pytest.raises(ledger.InsufficientBalanceError):
        drawn("d1", "5", "A", "B")
    with pytest.raises(actions.UnknownAccountError):
        drawn("d2", "5", "A", "C")
    with pytest.raises(actions.AccountExistsError):
        opened("A")
    assert (available("A"), available("B")) == (100, 1)
    assert store.accounts_of("d1") == ()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE ledger_ledgeraccount SET consumed = 101",
        "UPDATE ledger_ledgeraccount SET reserved = -1",
        "UPDATE ledger_ledgermovement SET amount = 0",
        "DELETE FROM ledger_ledgermovement",
    ],
)
def test_the_database_itself_refuses_an_overdraft_and_a_changed_movement(sql: str) -> None:
    opened()
    drawn("d1", "5")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


def at_once(count: int, act: Callable[[int], object]) -> list[str]:
    """How each of so many threads at the same moment came out."""
    barrier = Barrier(count)

    def one(number: int) -> str:
        try:
            barrier.wait()
            act(number)
        except ledger.RefusedMovementError as refusal:
            return type(refusal).__name__
        finally:
            connection.close()
        return "done"

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
