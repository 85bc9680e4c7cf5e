"""Forms: what is typed is read all at once, what is wrong is told at its field, and nothing that was typed is lost."""

import re
from collections.abc import Callable

import pytest
from django.utils.translation import override
from tests.server.test_register import FILLED, ON, browser

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.desk.form import read, typed
from customhouse_server.register import actions
from customhouse_server.register.kind import KINDS


@pytest.fixture
def sue(person: Callable[..., Person]) -> Person:
    """The supervisor."""
    return person("sue", Role.SUPERVISOR)


def test_lists_and_rows_are_also_taken_as_a_program_sends_them() -> None:
    sent = FILLED["scan"] | {"activities": ["1.1"], "impact": 4, "evidence": [{"source": "Sent", "quality": "stated", "on": "2026-01-01"}]}
    document = read(KINDS["scan"].form, sent)
    assert (document.activities, document.evidence[0].source, len(document.evidence)) == (("1.1",), "Sent", 1)


@pytest.mark.django_db
def test_a_number_with_decimals_is_typed_as_the_language_of_the_reader_writes_it() -> None:
    form = KINDS["budget"].form
    with override("fr"):
        assert typed(form, {"amount": "1250,50", "year": "2027"}) == {"amount": "1250.50", "year": "2027"}
        assert typed(form, {"amount": "1250.50"}) == {"amount": "1250.50"}
    with override("en"):
        assert typed(form, {"amount": "1250,50"}) == {"amount": "1250,50"}, "a comma is no point there, so it is refused"


def test_all_that_is_wrong_is_told_at_its_field_and_what_was_typed_stands_there(sue: Person) -> None:
    wrong = {
        "title": "",
        "gathering": "party",
        "begins_on": "soon",
        "place": "a\0b",
        "participants": "Ann, Customs\nBob",
        "decisions": "<b>",
    }
    page = browser(sue).post("/registers/events/new/", wrong)
    told = page.content.decode()
    assert page.status_code == 422
    for name, why in {
        "title": "title: missing",
        "gathering": "gathering: choose one of those that are offered",
        "begins_on": "begins on: write a day, as 2026-03-01",
        "place": "place: a character stands in it that no record takes: take it out",
    }.items():
        assert f'<span class="error" id="{name}-fault">{why}</span>' in told
        assert re.search(rf'name="{name}"[^>]* aria-invalid="true" aria-describedby="{name}-fault"', told)
    assert re.search(r'<textarea id="participants"[^>]*>Ann, Customs\nBob</textarea>', told)
    assert ">&lt;b&gt;</textarea>" in told
    amount = browser(sue).post("/registers/budget/new/", FILLED["budget"] | {"amount": "1e15"}).content.decode()
    assert "amount: write a number with at most 15 digits before the point and 6 after it" in amount


@pytest.mark.django_db
def test_a_list_is_typed_one_a_line_and_what_is_in_a_line_stays_together(sue: Person) -> None:
    typed_in = {"title": "Data", "parties": "Customs; Import\n\n Port, North \n", "signed_on": "2026-01-01"}
    assert browser(sue).post("/registers/memoranda/new/", typed_in).status_code == 302
    document = actions.entry(KINDS["memoranda"], 1, sue, on=ON).document
    assert document.parties == ("Customs; Import", "Port, North")  # type: ignore[attr-defined]
    assert "Customs; Import\nPort, North</textarea>" in browser(sue).get("/registers/memoranda/1/edit/").content.decode()


@pytest.mark.django_db
def test_of_several_forms_on_a_page_the_one_that_was_refused_stands_alone_as_it_was_typed(sue: Person) -> None:
    ours, about = browser(sue), {"title": "Faster", "administration": "QZ", "region": "east", "country": "QZ", "theme": "risk"}
    about |= {"instrument": "training", "currency": "EUR", "team": "ann\nbob", "commitment": "tfa/7.6", "back": "elsewhere"}
    refused = ours.post("/development/project/", about | {"region": ""})
    told = refused.content.decode()
    assert refused.status_code == 422
    assert '<input id="title" name="title" value="Faster" required>' in told
    assert '<span class="error" id="region-fault">Region: missing</span>' in told
    assert ">ann\nbob</textarea>" in told
    assert '<input type="hidden" name="commitment" value="tfa/7.6">' in told
    assert 'href="/development/">Leave it</a>' in told
    project = ours.post("/development/project/", about).headers["Location"]
    risk = {"code": "R1", "text": "Staff leave", "likelihood": "often", "gravity": "4", "version": "1"}
    page = ours.post(f"{project}risks/", risk).content.decode()
    assert page.count("Likelihood: write a whole number</span>") == page.count(">Staff leave</textarea>") == 1
    assert f'href="{project}">Leave it</a>' in page
    amount = ours.post("/development/pledge/", {"donor": "Fund", "amount": "1e30", "back": "development:donors"}).content.decode()
    assert 'id="amount-fault">Amount: write a number with at most 15 digits before the point and 6 after it</span>' in amount
    assert 'name="donor" value="Fund"' in amount
    stale = ours.post(f"{project}fields/", about | {"title": "Slower", "version": "7"}).content.decode()
    assert 'name="title" value="Slower"' in stale
    assert '<input type="hidden" name="version" value="7">' in stale
