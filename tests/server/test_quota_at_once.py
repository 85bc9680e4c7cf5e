"""Quotas under many hands: however many ask, amend, cancel and answer at once, nobody overdraws and nothing is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from tests.server.claiming import ACCOUNT, AT, DAY, allot, amended, left, lodged

from customhouse.clearance import Act, RefusedError
from customhouse_server.accounts.person import Person
from customhouse_server.clearance import actions as clearance
from customhouse_server.clearance.actions import Doing
from customhouse_server.declaration import actions as declarations
from customhouse_server.declaration import quota_answer, store
from customhouse_server.ledger import actions as ledger
from customhouse_server.quota import store as requests


@pytest.fixture(autouse=True)
def _no_draw(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("customhouse_server.declaration.actions._drawn_seed", lambda: b"0123456789abcdef")


@pytest.mark.django_db(transaction=True)
def test_of_many_lodgings_amendments_cancellations_and_daily_acts_at_once_nothing_is_overdrawn_or_lost(
    person: Callable[..., Person],
) -> None:
    ann = person("ann")
    waiting = [lodged(ann, f"OLD-{number}", "150", at=AT) for number in range(8)]
    allot(AT + DAY)
    late = [lodged(ann, f"NEW-{number}", "90", at=AT + DAY) for number in range(6)]

    def one(number: int) -> str:
        at = AT + 2 * DAY
        try:
            match number % 4:
                case 0:
                    allot(at)
                case 1:
                    clearance.perform(ann, waiting[number // 2], Doing(Act.INVALIDATE, reason="duplicate"), at=at)
                case 2:
                    amended(ann, waiting[number // 2], "60", at=at)
                case _:
                    lodged(ann, f"NOW-{number}", "70", at=at)
        except RefusedError as refusal:
            return str(refusal)
        return "done"

    assert at_once(16, one) == ["done"] * 16
    for days in range(2, 5):
        allot(AT + days * DAY)
    account = ledger.accounts([ACCOUNT])[ACCOUNT]
    everything = [*waiting, *late, *(record.id for record in store.records(store.Filter(text="NOW-"), limit=99))]
    stand = [each for declaration_id in everything for each in requests.requests_of(declaration_id)]
    assert all(each.allotted is not None for each in stand)
    assert account.consumed == sum(each.allotted or 0 for each in stand)
    assert 0 <= account.available <= 1000
    assert quota_answer.declarations_to_take_up() == ()
    for declaration_id in everything:
        view = declarations.view(ann, declaration_id)
        claims = [item.quota for item in view.content.assessment.items if item.quota and view.record.state != "invalidated"]
        got = sum(each.allotted or 0 for each in requests.requests_of(declaration_id))
        assert sum(claim.asked or 0 for claim in claims if claim.standing == "allotted") == got


@pytest.mark.django_db(transaction=True)
def test_of_many_daily_acts_at_once_each_request_is_answered_once_and_each_declaration_assessed_once(person: Callable[..., Person]) -> None:
    ann = person("ann")
    ids = [lodged(ann, f"LRN-{number}", "300") for number in range(5)]
    assert at_once(6, lambda _: str(allot(AT + DAY))) == ["done"] * 6
    assert left() == 0
    assert [declarations.view(ann, each).record.version for each in ids] == [2] * 5
    assert sum(each.allotted or 0 for one in ids for each in requests.requests_of(one)) == 1000


@pytest.mark.django_db(transaction=True)
def test_of_many_lodgings_at_once_every_request_is_kept(person: Callable[..., Person]) -> None:
    ann = person("ann")
    assert at_once(12, lambda number: lodged(ann, f"LRN-{number}", "100")) == ["done"] * 12
    assert allot(AT + DAY) == 12
    assert left() == 0


def at_once(count: int, act: Callable[[int], object]) -> list[str]:
    """What each of so many threads at the same moment came to: what it says in words, else that it is done."""
    barrier = Barrier(count)

    def one(number: int) -> str:
        try:
            barrier.wait()
            said = act(number)
        finally:
            connection.close()
        return said if isinstance(said, str) and not said.isdigit() else "done"

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
