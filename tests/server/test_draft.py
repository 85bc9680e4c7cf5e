import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from customhouse_server.accounts.person import Person
from customhouse_server.declaration import actions
from customhouse_server.declaration.draft import StaleDraftError

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(minutes=1)


@pytest.mark.django_db
def test_a_draft_is_read_back_as_it_was_typed_and_says_when_it_was_saved(person: Callable[..., Person]) -> None:
    ann = person("ann")
    typed = {"lrn": "LRN-1", "items-1-description": "Thé « vert » \u200f 茶", "empty": ""}
    draft = actions.start_draft(ann, {}, at=AT)
    saved = actions.save_draft(ann, draft.id, typed, version=draft.version, at=LATER)
    assert actions.draft(ann, draft.id) == saved
    assert (saved.fields, saved.saved_at, saved.version) == (typed, LATER, 2)


@pytest.mark.django_db
def test_a_save_over_an_older_version_is_refused_with_what_was_saved_meanwhile(person: Callable[..., Person]) -> None:
    ann = person("ann")
    draft = actions.start_draft(ann, {}, at=AT)
    newer = actions.save_draft(ann, draft.id, {"lrn": "here"}, version=1, at=AT)
    with pytest.raises(StaleDraftError) as refused:
        actions.save_draft(ann, draft.id, {"lrn": "there"}, version=1, at=LATER)
    assert refused.value.current == newer == actions.draft(ann, draft.id)


@pytest.mark.django_db(transaction=True)
def test_of_two_saves_at_once_one_wins_and_the_other_is_told(person: Callable[..., Person]) -> None:
    ann = person("ann")
    draft = actions.start_draft(ann, {}, at=AT)
    barrier = Barrier(6)

    def save(number: int) -> str:
        try:
            barrier.wait()
            return actions.save_draft(ann, draft.id, {"lrn": str(number)}, version=1, at=AT).fields["lrn"]
        except StaleDraftError as refused:
            return f"told {refused.current.fields['lrn']}"
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        outcomes = list(pool.map(save, range(6)))
    kept = actions.draft(ann, draft.id).fields["lrn"]
    assert sorted(outcomes) == sorted([kept, *[f"told {kept}"] * 5])


@pytest.mark.django_db
def test_drafts_are_listed_last_saved_first_and_thrown_away_one_by_one(person: Callable[..., Person]) -> None:
    ann = person("ann")
    older, newer = actions.start_draft(ann, {}, at=AT), actions.start_draft(ann, {}, at=LATER)
    assert actions.drafts(ann) == (newer, older)
    actions.delete_draft(ann, newer.id)
    assert actions.drafts(ann) == (older,)
