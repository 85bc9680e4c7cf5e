"""Several people at once: of a kind that a subject has once, one statement wins and the others are told."""

import datetime as dt
import threading
from collections.abc import Callable

import pytest
from django.db import connection

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.tracker import actions, store
from customhouse_server.tracker.actions import Stated
from customhouse_server.tracker.matter import Kind
from customhouse_server.tracker.store import StaleEntryError

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
PEOPLE = 4


@pytest.mark.django_db(transaction=True)
def test_of_several_who_state_the_same_category_at_once_one_wins(person: Callable[..., Person]) -> None:
    people = [person(f"olu{place}", Role.OFFICER) for place in range(PEOPLE)]
    start, outcomes = threading.Barrier(PEOPLE), []

    def state(somebody: Person) -> None:
        start.wait()
        try:
            actions.record(somebody, Stated(Kind.PLEDGE, "tfa/7.7", {"category": "B"}), at=AT)
            outcomes.append("recorded")
        except StaleEntryError:
            outcomes.append("stale")
        finally:
            connection.close()

    threads = [threading.Thread(target=state, args=(each,)) for each in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["recorded", *["stale"] * (PEOPLE - 1)]
    assert [each.version for each in store.current(Kind.PLEDGE)] == [1]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM journal_event WHERE kind = 'EntryRecorded'")
        assert cursor.fetchone() == (1,)
