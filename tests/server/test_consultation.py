import datetime as dt
from collections.abc import Callable

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.consultation import actions
from customhouse_server.consultation.actions import Adopting, ClosedError, Disposing, TimetableError, UnansweredCommentError
from customhouse_server.consultation.store import Draft
from customhouse_server.portal import actions as portal

AT = dt.datetime(2026, 9, 1, 9, 30, tzinfo=dt.UTC)
CLOSES = dt.date(2026, 10, 13)
AFTER = dt.datetime(2026, 10, 14, 9, 30, tzinfo=dt.UTC)
BINDS = dt.date(2026, 11, 12)
DRAFT = Draft(title="Opening hours", text="Offices open at six.", closes_on=CLOSES)


@pytest.fixture
def sue(person: Callable[..., Person]) -> Person:
    """The supervisor."""
    return person("sue", Role.SUPERVISOR)


@pytest.mark.django_db
def test_a_draft_is_commented_answered_adopted_and_announced(sue: Person) -> None:
    number = actions.open_draft(sue, DRAFT, at=AT)
    comment = actions.comment(number, "Ann", "Seven would do.", at=AT)
    with pytest.raises(UnansweredCommentError):
        actions.adopt(sue, number, Adopting(BINDS), at=AFTER)
    actions.dispose(sue, number, comment, Disposing("not taken up", "Ships come at six."), at=AFTER)
    actions.adopt(sue, number, Adopting(BINDS), at=AFTER)
    assert [(each.title, each.effective_on) for each in portal.notices()] == [("Opening hours", BINDS)]
    assert actions.consultation(number).notice_number == portal.notices()[0].number
    page = Client().get(f"/consultations/{number}/").content.decode()
    assert "Ships come at six." in page
    assert Client().get("/consultations/calendar.json").json()["rows"][0]["binding from"] == BINDS.isoformat()


@pytest.mark.django_db
def test_the_public_has_the_days_that_the_law_gives_it(sue: Person) -> None:
    with pytest.raises(TimetableError, match="2026-10-13"):
        actions.open_draft(sue, Draft(title="A", text="B", closes_on=CLOSES - dt.timedelta(days=1)), at=AT)
    number = actions.open_draft(sue, DRAFT, at=AT)
    with pytest.raises(UnansweredCommentError):
        actions.adopt(sue, number, Adopting(BINDS), at=AFTER - dt.timedelta(days=1))
    with pytest.raises(TimetableError, match="2026-11-12"):
        actions.adopt(sue, number, Adopting(BINDS - dt.timedelta(days=1)), at=AFTER)
    actions.adopt(sue, number, Adopting(AFTER.date(), "a disease of cattle"), at=AFTER)
    assert actions.consultation(number).reason == "a disease of cattle"


@pytest.mark.django_db
def test_a_draft_that_is_closed_or_decided_takes_no_comment(sue: Person) -> None:
    number = actions.open_draft(sue, DRAFT, at=AT)
    with pytest.raises(ClosedError):
        actions.comment(number, "", "Too late.", at=AFTER)
    actions.withdraw(sue, number, "no longer needed", at=AT)
    with pytest.raises(ClosedError):
        actions.comment(number, "", "Still here.", at=AT)
    with pytest.raises(ClosedError):
        actions.adopt(sue, number, Adopting(BINDS), at=AFTER)


@pytest.mark.django_db
def test_opening_and_deciding_is_for_supervisors_and_administrators(person: Callable[..., Person], sue: Person) -> None:
    number, olga = actions.open_draft(sue, DRAFT, at=AT), person("olga", Role.OFFICER)
    for act in (
        lambda: actions.open_draft(olga, DRAFT, at=AT),
        lambda: actions.dispose(olga, number, 1, Disposing("noted", "ok"), at=AT),
        lambda: actions.adopt(olga, number, Adopting(BINDS), at=AFTER),
        lambda: actions.withdraw(olga, number, "no", at=AT),
    ):
        with pytest.raises(NotPermittedError):
            act()
    browser = Client()
    browser.force_login(get_user_model().objects.get(username="olga"), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert [browser.post(f"/consultations/{path}").status_code for path in ("open/", f"{number}/act/")] == [403, 403]
    assert Client().post(f"/consultations/{number}/act/").status_code == 302


@pytest.mark.django_db
def test_a_page_takes_a_comment_without_an_account_and_a_draft_from_a_supervisor(sue: Person) -> None:
    browser = Client()
    browser.force_login(get_user_model().objects.get(username=sue.username), backend="allauth.account.auth_backends.AuthenticationBackend")
    assert browser.post("/consultations/open/", {"title": "A", "text": "B", "closes_on": "2020-01-01"}).status_code == 422
    assert browser.post("/consultations/open/", {"title": "A", "text": "B", "closes_on": "2099-01-01"}).status_code == 302
    (found,) = actions.listed()
    assert Client().post(f"/consultations/{found.number}/", {"author": "", "text": "Good."}).status_code == 302
    assert Client().post(f"/consultations/{found.number}/", {"text": " "}).status_code == 422
    assert [each.text for each in actions.comments(found.number)] == ["Good."]


@pytest.mark.django_db
def test_a_draft_is_read_and_commented_over_the_interface_once_under_one_key(sue: Person, caller: Callable[..., Client]) -> None:
    today = dt.datetime.now(dt.UTC)
    number = actions.open_draft(sue, Draft(title="A", text="B", closes_on=today.date() + dt.timedelta(days=90)), at=today)
    client = caller("ann")
    assert [(each["number"], each["is_open"]) for each in client.get("/api/consultations").json()["consultations"]] == [(number, True)]
    address, key = f"/api/consultations/{number}/comments", {"Idempotency-Key": "once"}
    body = {"text": "Seven would do.", "author": "Ann"}
    answers = [client.post(address, body, content_type="application/json", headers=key) for _ in range(2)]
    assert [each.status_code for each in answers] == [201, 201]
    told = client.get(f"/api/consultations/{number}").json()
    assert [(each["author"], each["text"]) for each in told["comments"]] == [("Ann", "Seven would do.")]
    actions.withdraw(sue, number, "not needed", at=today)
    assert client.post(address, body, content_type="application/json").status_code == 409
    assert client.post(address, {"text": " "}, content_type="application/json").status_code == 422
    assert client.get("/api/consultations/100000").status_code == 404
