"""The donors' calendar tells every day on which money or words are owed, and the pipeline tells the money by state."""

import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from tests.server.test_development import AT, begun, browser, pledged

from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.development import funding
from customhouse_server.development.calendar import dated

pytestmark = pytest.mark.django_db


def test_tranches_reports_and_the_ends_of_pledges_stand_by_their_day(person: Callable[..., Person]) -> None:
    sue = person("sue", Role.SUPERVISOR)
    fund, other = pledged(sue), pledged(sue, donor="Bank", valid_to=dt.date(2026, 12, 1))
    report = {"code": "R1", "to": "Fund", "title": "Yearly", "due_on": "2026-12-31"}
    tranche = {"code": "T1", "pledge": str(fund.id), "amount": "30", "condition": "c", "due_on": "2027-01-01"}
    paid = tranche | {"code": "T2", "paid_on": "2026-02-01"}
    found = begun(sue, tranches=[tranche, paid], reports=[report])
    told = dated(sue, on=AT.date())
    assert [(each.kind, each.clock.due_on.isoformat(), each.donor) for each in told] == [
        ("pledge_end", "2026-11-30", "Bank"),
        ("report", "2026-12-31", "Fund"),
        ("tranche", "2027-01-01", "Fund"),
        ("pledge_end", "2027-12-31", "Fund"),
    ]
    assert [each.of.id for each in dated(sue, on=AT.date(), donor="Bank")] == [other.id]
    rows = browser(sue).get("/development/calendar/?donor=Fund&form=csv").content.decode().splitlines()
    assert [row.split(",")[1] for row in rows[1:3]] == ["report", "tranche"]
    page = browser(sue).get("/development/calendar/").content.decode()
    assert page.index("December 2026") < page.index("January 2027")
    assert found.title in page
    [money] = funding.money_by_state([found])
    assert (money.cost, money.agreed, money.paid, money.projects) == (Decimal(100), Decimal(60), Decimal(30), 1)
    assert "Money by state" in browser(sue).get("/development/").content.decode()


def test_the_calendar_is_for_those_of_the_programme(person: Callable[..., Person]) -> None:
    officer = person("olu", Role.OFFICER)
    assert browser(officer).get("/development/calendar/").status_code == 403
    with pytest.raises(NotPermittedError):
        dated(officer, on=AT.date())
    assert "Nothing is due." in browser(person("sue", Role.SUPERVISOR)).get("/development/calendar/").content.decode()
