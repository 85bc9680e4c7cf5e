"""The frame of an operational plan is set on its page, and then the plan that ships takes costs."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from django.test import Client
from tests.server.test_strategy import AT, loaded

from customhouse.strategy import Form
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.strategy import actions

pytestmark = pytest.mark.django_db
SHIPPED = Path(__file__).resolve().parents[2] / "plans" / "wco-2016-2019.toml"
TYPED = {"currency": "EUR", "rounding_step": "1", "year_begins": "07-01", "directorates": "PFD: Procedures\nCB: Capacity building"}
COST = {"activity": "1.1", "year": "2016", "source": "budget", "directorate": "PFD", "amount": "1200.50"}


@pytest.fixture
def ada(person: Callable[..., Person]) -> Person:
    return person("ada", Role.ADMINISTRATOR)


@pytest.fixture
def client(ada: Person, caller: Callable[..., Client]) -> Client:  # noqa: ARG001 - she is there first
    return caller("ada", Role.ADMINISTRATOR)


@pytest.fixture
def plan_id(ada: Person) -> UUID:
    return actions.load(ada, SHIPPED.read_text("utf-8"), Form.TOML, reason="shipped", at=AT).record.id


def test_costs_are_entered_for_the_plan_that_ships_once_its_frame_is_set(ada: Person, client: Client, plan_id: UUID) -> None:
    costs, frame = f"/plans/{plan_id}/annex/costs/", f"/plans/{plan_id}/frame/"
    refused = client.post(costs, COST | {"version": "1"})
    assert (refused.status_code, f'<a href="{frame}">' in refused.content.decode()) == (422, True)
    assert 'value="07-01"' in client.get(frame).content.decode()
    assert client.post(frame, TYPED | {"version": "1"}).status_code == 302
    assert client.post(costs, COST | {"version": "2"}).status_code == 302
    seen = actions.view(ada, plan_id)
    assert (seen.record.version, seen.plan.operation.currency, dict(seen.plan.operation.directorates)) == (
        3,
        "EUR",
        {"PFD": "Procedures", "CB": "Capacity building"},
    )
    assert [(str(each.amount), each.directorate) for each in seen.plan.operation.costs] == [("1200.50", "PFD")]
    assert [each.reason for each in actions.versions(ada, plan_id)][1] == "Frame of the operational plan"
    assert "1,201" in client.get(costs).content.decode()


@pytest.mark.parametrize(
    ("changed", "faults"),
    [
        ({"currency": "XXX"}, ["XXX is no currency"]),
        ({"rounding_step": "0"}, ["rounding_step: it must be positive"]),
        ({"rounding_step": "much"}, ["operation.rounding_step"]),
        ({"year_begins": "02-30"}, ["is no month and day"]),
        ({"directorates": "Procedures\nCB: a\nCB: b"}, ["“Procedures” is no directorate", "CB stands twice"]),
        ({"version": "7"}, ["open it again to go on from there"]),
    ],
)
def test_a_frame_that_is_none_is_refused_with_every_fault_and_what_was_typed_stays(
    ada: Person, client: Client, plan_id: UUID, changed: dict[str, str], faults: list[str]
) -> None:
    page = client.post(f"/plans/{plan_id}/frame/", TYPED | {"version": "1"} | changed)
    told = page.content.decode()
    assert page.status_code == 422
    assert f'value="{(TYPED | changed)["currency"]}"' in told
    assert [each for each in faults if each not in told] == []
    assert actions.view(ada, plan_id).record.version == 1


def test_amounts_are_not_told_in_another_currency_and_a_directorate_in_use_stays(ada: Person, client: Client) -> None:
    plan_id = loaded(ada)
    for changed, fault in (({"currency": "USD"}, "amounts are entered in EUR"), ({"directorates": "PFD: P"}, "there is no directorate CB")):
        page = client.post(f"/plans/{plan_id}/frame/", TYPED | {"version": "1"} | changed)
        assert (page.status_code, fault in page.content.decode()) == (422, True)


def test_programs_set_a_frame_as_people_do_and_nobody_else_does(client: Client, plan_id: UUID, caller: Callable[..., Client]) -> None:
    body = TYPED | {"directorates": {"PFD": "Procedures"}, "reason": "counted in euro", "version": 1}
    address, send = f"/api/plans/{plan_id}/frame", {"content_type": "application/json"}
    sue = caller("sue", Role.SUPERVISOR)
    assert sue.put(address, body, **send).status_code == 403
    assert sue.get(f"/plans/{plan_id}/frame/").status_code == 403
    assert client.put(address, body | {"currency": "euro"}, **send).status_code == 422
    assert client.put(address, body, **send).json()["record"]["version"] == 2
    assert client.put(address, body, **send).status_code == 409
