"""Journeys of integrity: a lead heard and closed, a letter without a name answered, a survey whose small cells stay hidden."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from customhouse.performance import EventStore, Recorded, event_table

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "a long password for the tests"  # noqa: S105 - of people who exist in the tests alone
PASSPHRASE = "lantern copper window seventeen"  # noqa: S105 - the same
LETTER = "The head of shift takes envelopes on Fridays."
PREPARE = f"""
import django; django.setup()
from django.utils import timezone
from customhouse_server.accounts import store
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.integrity import actions
def register(name, office, password):
    person = Person(id=0, username=name, name=name.title(), role=Role.OFFICER, offices=(office,), parties=())
    store.register(person, email=name + "@example.org", password=password)
register("rosa", "QZ000103", {PASSWORD!r})
for number in range(10):
    register(f"colleague{{number}}", "QZ000101", None)
actions.name_member(store.person_named("administrator"), "supervisor", at=timezone.now())
"""


@pytest.fixture(scope="module")
def office(site: str) -> str:
    """The site with a member of the integrity office, a reviewer from another office, and events in which one officer asks nothing."""
    home = ROOT / ".customhouse" / f"browser-{os.getpid()}"
    env = os.environ | {"CUSTOMHOUSE_HOME": str(home), "DJANGO_SETTINGS_MODULE": "customhouse_server.settings"}
    env.pop("DATABASE_URL", None)
    subprocess.run([sys.executable, "-W", "ignore", "-c", PREPARE], env=env, check=True, cwd=ROOT)  # noqa: S603 - our own
    recorded = []
    for number in range(1, 60):
        place = f'"declaration_id":"D{number}","version":1,"occurred_at":"2026-01-1{number % 9}T09:00:00Z"'
        declared = '"declared":{"type_code":"IMA","office":"QZ000101","border_mode":"1","declarant":"B1","importer":"I1"}'
        who, reason = ("officer", ".") if number <= 6 else ("colleague1", "Which quantity is right, and why?")
        accepted = f'{{"event":"DeclarationAccepted",{place},"state":"accepted","actor":"B1","role":"broker",{declared}}}'
        asked = f'{{"event":"DeclarantQueried",{place},"state":"queried","actor":"{who}","role":"officer","reason":"{reason}"}}'
        recorded += [Recorded(2 * number, 2 * number, accepted), Recorded(2 * number + 1, 2 * number + 1, asked)]
    EventStore(home / "events").write(event_table(recorded))
    return site


def act(page: Page, name: str, text: str) -> None:
    page.fill(f"#{name}", text)
    page.locator(f"form:has(#{name}) button").click()
    expect(page.locator(".panel[role=status]")).to_contain_text("Done")


@pytest.mark.usefixtures("office")
def test_a_lead_from_empty_questions_is_heard_and_closed(visit: Callable[..., Page]) -> None:
    head = visit("supervisor", "/integrity/")
    head.fill("#start", "2026-01-01")
    head.fill("#end", "2026-01-31")
    head.click("main button:has-text('Look')")
    head.click("table a:has-text('Questions that ask nothing')")
    expect(head.locator("main")).to_contain_text("6 of 6")
    expect(head.locator("main")).to_contain_text("by telephone")
    assert "Officer" not in head.locator("#reviewer option").all_inner_texts()
    head.select_option("#reviewer", "rosa")
    head.click("button:has-text('Assign')")
    where = head.url
    rosa = visit("rosa", where)
    assert rosa.locator("#close_founded").count() == 0
    act(rosa, "put_to_officer", "Six questions were a full stop. Why?")
    officer = visit("officer", "/integrity/mine/")
    officer.click("text=IL-01")
    assert officer.locator("text=Who looked at it").count() == 0
    act(officer, "reply_to_lead", "They were asked by telephone, see the book of the office.")
    rosa.reload()
    act(rosa, "close_unfounded", "The book has the six calls.")
    expect(rosa.locator("h1")).to_contain_text("Not founded")
    expect(rosa.locator("main")).to_contain_text("Deleted on")


@pytest.mark.usefixtures("office")
def test_somebody_without_a_name_writes_and_is_answered(visit: Callable[..., Page], violations: Callable[[Page], list[str]]) -> None:
    head = visit("supervisor", "/mailbox/office/")
    head.fill("#passphrase", PASSPHRASE)
    head.fill("#again", PASSPHRASE)
    head.click("button:has-text('Make the key')")
    sender = visit("", "/mailbox/", viewport={"width": 375, "height": 900})
    assert violations(sender) == []
    sender.fill("#text", LETTER)
    sender.click("button:has-text('Send')")
    key = sender.inner_text("#the-case-key")
    head.goto("/mailbox/office/")
    head.click("table a")
    head.fill("#passphrase", "not the passphrase")
    head.click("button:has-text('Open the letters')")
    expect(head.locator("[role=alert]")).to_contain_text("not the passphrase of your key")
    head.fill("#passphrase", PASSPHRASE)
    head.click("button:has-text('Open the letters')")
    expect(head.locator("main")).to_contain_text(LETTER)
    assert violations(head) == []
    head.fill("#text", "Which shift is it?")
    head.click("button:has-text('Send the answer')")
    sender.goto("/mailbox/")
    sender.fill("#case_key", key)
    sender.click("button:has-text('Open')")
    expect(sender.locator("main")).to_contain_text("Which shift is it?")
    assert violations(sender) == []
    assert not sender.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    assert key not in sender.url
    assert [each["name"] for each in sender.context.cookies() if each["name"] != "csrftoken"] == []


@pytest.mark.usefixtures("office")
def test_a_survey_is_answered_and_its_small_cells_are_hidden(visit: Callable[..., Page], violations: Callable[[Page], list[str]]) -> None:
    head = visit("supervisor", "/perception/office/")
    head.click("button:has-text('Draw and open')")
    codes = head.locator(".codes code").all_inner_texts()
    assert len(codes) == 16
    someone = visit("", "/perception/answer/")
    for code in codes:
        someone.goto("/perception/answer/")
        someone.fill("#code", code)
        someone.click("button:has-text('Begin')")
        someone.check("[name=PS-011][value='4']")
        someone.click("button:has-text('Send')")
        expect(someone.locator("h1")).to_have_text("Thank you")
    someone.goto("/perception/answer/")
    someone.fill("#code", codes[0])
    someone.click("button:has-text('Begin')")
    expect(someone.locator("[role=alert]")).to_be_visible()
    head.goto("/perception/office/")
    head.click("button:has-text('Close')")
    head.click("button:has-text('Publish')")
    someone.goto("/perception/")
    first = [row.locator("td").first.inner_text() for row in someone.locator("tbody tr").all()]
    assert first[0].startswith("4.0")
    assert set(first[1:]) == {"·"}
    assert violations(someone) == []


@pytest.mark.usefixtures("office")
def test_every_page_of_the_integrity_office_is_for_everybody(
    visit: Callable[..., Page], hindrances: Callable[[Page, str], list[str]]
) -> None:
    page = visit("supervisor", "/integrity/")
    faults = []
    paths = ["", "risks/", "assessment/", "contracts/", "reviews/", "members/", "mine/"]
    for path in [*(f"/integrity/{each}" for each in paths), "/mailbox/office/", "/perception/office/"]:
        page.goto(path)
        for details in page.locator("details").all()[:3]:
            details.evaluate("each => each.open = true")
        faults += hindrances(page, path.strip("/").replace("/", "-"))
    assert not faults, "\n".join(faults)


def test_the_mailbox_speaks_french(visit: Callable[..., Page]) -> None:
    page = visit("", "/mailbox/", locale="fr-FR")
    expect(page.locator("h1")).to_have_text("Écrire au bureau de l'intégrité")
