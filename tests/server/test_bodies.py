"""Bodies of the cycle: a member reads what is put to the body and comments for it, while the seat lasts, and nothing else."""

import datetime as dt
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from tests.server.test_development import browser
from tests.server.test_strategy import AT, brought_to, loaded

from customhouse.strategy import review
from customhouse.strategy.review.comment import Said, Way
from customhouse.strategy.review.cycle import Body
from customhouse.strategy.review.membership import Membership
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.strategy import actions, seating

pytestmark = pytest.mark.django_db
TODAY = dt.datetime.now(dt.UTC).date()
DAY = dt.timedelta(days=1)


@pytest.fixture
def people(person: Callable[..., Person]) -> tuple[Person, Person]:
    return person("ada", Role.ADMINISTRATOR), person("sue", Role.SUPERVISOR)


@pytest.fixture
def mia(person: Callable[..., Person]) -> Person:
    return person("mia", Role.TRADER)


def seated(by: Person, name: str, body: Body, *, since: dt.date = TODAY, until: dt.date | None = None) -> None:
    seating.seat(by, Membership(person=name, body=body, valid_from=since, valid_to=until), at=AT)


def reads(person: Person, plan_id: UUID) -> bool:
    """Whether a person may see the plan, its versions and its text: all of them or none."""
    answers = []
    for asked in (actions.view, actions.versions, actions.text):
        try:
            asked(person, plan_id)
            answers.append(True)
        except NotPermittedError:
            answers.append(False)
    assert len(set(answers)) == 1
    assert (plan_id in {each.id for each in actions.listed(person)}) == answers[0]
    return answers[0]


def test_a_member_reads_a_plan_from_when_it_is_put_to_the_body(people: tuple[Person, Person], mia: Person) -> None:
    plan_id = loaded(people[0])
    seated(people[0], "mia", Body.POLICY_COMMISSION)
    assert not reads(mia, plan_id)
    brought_to(people, plan_id, "first_draft")
    assert reads(mia, plan_id)
    brought_to(people, plan_id, "costing")
    assert reads(mia, plan_id)


@pytest.mark.parametrize(("since", "until"), [(TODAY + DAY, None), (TODAY - 9 * DAY, TODAY)])
def test_a_seat_that_has_not_begun_or_has_ended_opens_nothing(
    people: tuple[Person, Person], mia: Person, since: dt.date, until: dt.date | None
) -> None:
    plan_id = loaded(people[0])
    seated(people[0], "mia", Body.FINANCE_COMMITTEE, since=since, until=until)
    assert not reads(mia, plan_id)


def test_a_member_comments_for_the_own_body_and_for_no_other(people: tuple[Person, Person], mia: Person) -> None:
    plan_id = loaded(people[0])
    seated(people[0], "mia", Body.FINANCE_COMMITTEE)
    seated(people[0], "mia", Body.COUNCIL)
    seen = actions.comment(mia, plan_id, said=Said("Too dear", body=Body.FINANCE_COMMITTEE), at=AT)
    [made] = [each.made for each in seen.standing.comments]
    assert (made.body, made.actor, made.reason) == (Body.FINANCE_COMMITTEE, "mia", "Too dear")
    for said in (Said("Hm"), Said("Hm", body=Body.AUDIT_COMMITTEE), Said("Hm", body=Body.COUNCIL)):
        with pytest.raises(NotPermittedError):
            actions.comment(mia, plan_id, said=said, at=AT)
    consulted = Said("Hm", body=Body.FINANCE_COMMITTEE, way=Way.MEMBER_SURVEY, origin="A member")
    with pytest.raises(NotPermittedError):
        actions.comment(mia, plan_id, said=consulted, at=AT)
    with pytest.raises(NotPermittedError):
        actions.comment(people[1], plan_id, said=Said("Hm", body=Body.FINANCE_COMMITTEE), at=AT)


def test_a_member_changes_nothing(people: tuple[Person, Person], mia: Person) -> None:
    plan_id = loaded(people[0])
    seated(people[0], "mia", Body.FINANCE_COMMITTEE)
    client = browser(mia)
    for address in ("", "cycle/", "indicators/", "annex/costs/", "reports/", "versions/", "coverage/", "cycle.ics", "plan.json"):
        assert client.get(f"/plans/{plan_id}/{address}").status_code == 200, address
    told = {"step": "outline", "act": "conclude", "decision": "D", "decided_on": "2026-01-01"}
    for address, posted in (
        ("annex/costs/", {"version": "1", "entry": "0", "remove": ""}),
        ("reports/", {"year": "2026", "halves": "1"}),
        ("indicators/", {"code": "TF-02", "forward": ""}),
        ("step/", told),
        ("comment/", {"number": "1", "disposition": "comment_noted", "text": "-"}),
    ):
        assert client.post(f"/plans/{plan_id}/{address}", posted).status_code == 403, address
    assert actions.view(people[0], plan_id).record.version == 1


def test_only_the_secretariat_gives_and_ends_seats_and_each_is_an_event(people: tuple[Person, Person], mia: Person) -> None:
    seated(people[0], "mia", Body.COUNCIL, since=TODAY - 9 * DAY)
    [number] = seating.seats(mia)
    for other in (mia, people[1]):
        with pytest.raises(NotPermittedError):
            seated(other, "mia", Body.AUDIT_COMMITTEE)
        with pytest.raises(NotPermittedError):
            seating.end(other, number, on=TODAY, at=AT)
    seating.end(people[0], number, on=TODAY, at=AT)
    assert seating.bodies_of(mia, on=TODAY) == frozenset()
    assert seating.bodies_of(mia, on=TODAY - DAY) == {Body.COUNCIL}
    assert seating.seats(people[1]) == {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT kind, actor FROM journal_event WHERE kind LIKE 'Membership%' ORDER BY id")
        assert cursor.fetchall() == [("MembershipGiven", "ada"), ("MembershipEnded", "ada")]


def test_the_page_of_the_bodies_gives_a_seat_and_says_in_french_why_not(people: tuple[Person, Person], mia: Person) -> None:
    client = browser(people[0])
    posted = {"person": "mia", "body": "region_europe", "seat": "chair", "valid_from": TODAY.isoformat(), "valid_to": ""}
    french = {"Accept-Language": "fr"}
    assert (
        "personne du nom de nobody"
        in client.post("/plans/bodies/", posted | {"person": "nobody"}, headers=french, follow=True).content.decode()
    )
    assert client.post("/plans/bodies/", posted).status_code == 302
    assert "siège déjà dans cet organe" in client.post("/plans/bodies/", posted, headers=french, follow=True).content.decode()
    assert "Region of Europe" in browser(mia).get("/plans/bodies/").content.decode()
    assert "Give a seat" not in browser(mia).get("/plans/bodies/").content.decode()
    rows = client.get("/plans/bodies/?form=csv").content.decode().splitlines()
    assert rows == ["body,person,seat,valid_from,valid_to", f"region_europe,mia,chair,{TODAY.isoformat()},"]
    [number] = seating.seats(mia)
    assert client.post("/plans/bodies/", {"number": str(number), "on": (TODAY + DAY).isoformat()}).status_code == 302
    assert seating.bodies_of(mia, on=TODAY + DAY) == frozenset()
    assert client.post("/plans/bodies/", {"number": "0", "on": TODAY.isoformat()}).status_code == 404
    assert Client().get("/plans/bodies/").status_code == 302


def test_what_the_regions_and_the_members_said_stands_on_the_page_of_the_cycle(people: tuple[Person, Person]) -> None:
    plan_id = loaded(people[0])
    brought_to(people, plan_id, "first_draft")
    client = browser(people[0])
    address = f"/plans/{plan_id}/comment/"
    client.post(address, {"body": "region_europe", "way": "regional_consultation", "text": "More on transit"})
    client.post(address, {"body": "", "way": "member_survey", "origin": "A member", "text": "Less paper"})
    found = [each.made for each in actions.view(people[0], plan_id).standing.comments]
    assert [(each.body, each.way) for each in found] == [(Body.EUROPE, Way.REGIONAL_CONSULTATION), (None, Way.MEMBER_SURVEY)]
    page = client.get(f"/plans/{plan_id}/cycle/").content.decode()
    assert "A survey of members" in page
    assert page.count("Nothing was heard yet.") == len(review.cycle.REGIONS) - 1


def test_seats_are_given_read_and_ended_over_the_interface_as_on_the_page(
    people: tuple[Person, Person], mia: Person, caller: Callable[..., Client]
) -> None:
    assert (people[0].username, mia.username) == ("ada", "mia")
    ada, sue, own = caller("ada", Role.ADMINISTRATOR), caller("sue", Role.SUPERVISOR), caller("mia")

    def send(client: Client, path: str, body: dict[str, str], *, key: str = "") -> Any:  # noqa: ANN401 - an answer
        headers = {"Idempotency-Key": key} if key else {}
        return client.post(f"/api/plans/seats{path}", body, content_type="application/json", headers=headers)

    seat = {"person": "mia", "body": "finance_committee", "valid_from": "2026-01-01"}
    for client in (sue, own):
        assert send(client, "", seat).status_code == 403
    first, again = (send(ada, "", seat, key="s1") for _ in range(2))
    assert (first.status_code, first.content) == (201, again.content)
    number = first.json()["number"]
    assert send(ada, "", seat).status_code == 409
    assert send(ada, "", seat | {"body": "secretariat"}).status_code == 409
    assert send(ada, "", seat | {"person": "nobody"}).status_code == 404
    assert send(ada, "", seat | {"body": "parliament"}).status_code == 422
    told = {"number": number, "seat": "seat_member", "valid_to": None} | seat
    assert ada.get("/api/plans/seats").json() == own.get("/api/plans/seats").json() == {"seats": [told]}
    assert sue.get("/api/plans/seats").json() == {"seats": []}
    assert send(sue, f"/{number}/end", {"on": "2026-06-01"}).status_code == 403
    assert send(ada, "/999999/end", {"on": "2026-06-01"}).status_code == 404
    assert send(ada, f"/{number}/end", {"on": "2025-06-01"}).status_code == 409
    assert send(ada, f"/{number}/end", {"on": "2026-06-01"}).json() == {"number": number, "valid_to": "2026-06-01"}
    assert own.get("/api/plans/seats").json()["seats"][0]["valid_to"] == "2026-06-01"
