"""Editions of the tariff: prepared by one, published by another, and each declaration assessed by the one known at its acceptance."""

import datetime as dt
import hashlib
from collections.abc import Callable

import msgspec
import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from customhouse.tariff import publication
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.tariff import actions
from customhouse_server.tariff.country import country_at, current_country

User = get_user_model()
AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
LATER = AT + dt.timedelta(hours=1)
GOODS, DAY = "02011000", dt.date(2027, 1, 1)


def measures(*, rate: str) -> bytes:
    """The measures of the package with another rate on some beef from the new year on."""
    text = (current_country().folder / "measures.csv").read_text("utf-8")
    line = next(each for each in text.splitlines() if each.startswith(f"M{GOODS},"))
    ended = line + "2027-01-01"
    cells = line.split(",")
    coming = ",".join([f"N{GOODS}", *cells[1:8], rate, *cells[9:11], "2027-01-01", ""])
    return text.replace(line, f"{ended}\n{coming}").encode()


def rates(*, at: dt.datetime) -> list[str]:
    found = country_at(at=at).law.tariff.measures_on(GOODS, "US", on=DAY)
    return [each.rate.text for each in found if each.kind == "ICD"]


@pytest.mark.django_db
def test_an_edition_is_law_from_the_moment_that_a_second_person_publishes_it(person: Callable[..., Person]) -> None:
    ann, ben = person("ann", Role.SUPERVISOR), person("ben", Role.SUPERVISOR)
    before = rates(at=AT)
    view = actions.prepare(ann, {"measures.csv": measures(rate="7 %")}, note="budget", at=AT)
    assert view is not None
    assert (view.edition.number, view.counts["measures"].added, view.counts["measures"].retired) == (2, 2, 1)
    assert rates(at=LATER) == before
    with pytest.raises(publication.FourEyesError):
        actions.publish(ann, at=LATER)
    actions.publish(ben, at=LATER)
    assert (rates(at=AT), rates(at=LATER)) == (before, ["7 %"])
    assert [(each.number, each.prepared_by, each.published_by) for each in actions.history()] == [(1, "", ""), (2, "ann", "ben")]


@pytest.mark.django_db
def test_an_edition_prepared_and_published_leaves_its_events(
    person: Callable[..., Person], written: Callable[[], list[tuple[str, str]]]
) -> None:
    ann, ben = person("ann", Role.SUPERVISOR), person("ben", Role.SUPERVISOR)
    for _ in range(2):
        actions.prepare(ann, {"measures.csv": measures(rate="7 %")}, note="budget", at=AT)
    with pytest.raises(publication.FourEyesError):
        actions.publish(ann, at=LATER)
    actions.publish(ben, at=LATER)
    told = [(kind, msgspec.json.decode(document)) for kind, document in written()]
    assert [(kind, event["number"]) for kind, event in told][-1] == ("TariffEditionPublished", 2)
    prepared = [event for kind, event in told if kind == "TariffEditionPrepared"]
    assert {event["sha256"] for event in prepared} == {hashlib.sha256(measures(rate="7 %")).hexdigest()}
    assert len(told) == len(prepared) + 1


@pytest.mark.django_db
def test_the_files_that_stand_make_no_edition(person: Callable[..., Person]) -> None:
    ann = person("ann", Role.ADMINISTRATOR)
    shipped = (current_country().folder / "measures.csv").read_bytes()
    assert actions.prepare(ann, {"measures.csv": shipped}, note="", at=AT) is None
    assert [each.number for each in actions.history()] == [1]


@pytest.mark.django_db
def test_a_draft_that_breaks_a_rule_is_told_and_not_published(person: Callable[..., Person]) -> None:
    ann, ben = person("ann", Role.SUPERVISOR), person("ben", Role.SUPERVISOR)
    view = actions.prepare(ann, {"measures.csv": measures(rate="5 % MIN 9 EUR / KGM MAX 1 EUR / KGM")}, note="", at=AT)
    assert view is not None
    assert {"TRF-25"} <= {finding.code for finding in view.findings}
    with pytest.raises(publication.BrokenRulesError):
        actions.publish(ben, at=LATER)
    assert actions.draft(ben, at=LATER) == view


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.TRADER, Role.BROKER, Role.OFFICER])
def test_the_tariff_is_not_for_everybody_to_change(person: Callable[..., Person], role: Role) -> None:
    cid = person("cid", role)
    for act in (lambda: actions.prepare(cid, {}, note="", at=AT), lambda: actions.publish(cid, at=AT), lambda: actions.draft(cid, at=AT)):
        with pytest.raises(NotPermittedError):
            act()


@pytest.mark.django_db
@pytest.mark.parametrize("files", [{"measures.csv": b"\xff"}, {"other.csv": b"a"}, {"areas.csv": b"x\n1\n"}])
def test_what_is_no_plain_file_is_refused(person: Callable[..., Person], files: dict[str, bytes]) -> None:
    with pytest.raises(actions.MalformedTariffError):
        actions.prepare(person("ann", Role.SUPERVISOR), files, note="", at=AT)


@pytest.mark.django_db
def test_an_edition_is_prepared_and_published_over_the_interface(caller: Callable[..., Client]) -> None:
    ann, ben = caller("ann", Role.SUPERVISOR), caller("ben", Role.ADMINISTRATOR)
    body = {"files": {"measures.csv": measures(rate="7 %").decode()}, "note": "budget"}
    told = ann.post("/api/tariff/draft", body, content_type="application/json").json()
    assert (told["draft"]["number"], told["tables"]["measures"]["added"]) == (2, 2)
    assert ann.post("/api/tariff/publication").status_code == 403
    assert ben.post("/api/tariff/publication").status_code == 200
    assert ben.post("/api/tariff/publication").status_code == 409
    assert ann.get("/api/tariff/draft").json() == {"draft": None}
    assert [each["number"] for each in ann.get("/api/tariff/editions").json()["editions"]] == [1, 2]
    assert ann.post("/api/tariff/draft", {"files": {"x.csv": "a"}}, content_type="application/json").status_code == 422
    assert caller("cid", Role.TRADER).get("/api/tariff/draft").status_code == 403


@pytest.mark.django_db
def test_the_page_shows_the_draft_its_rules_and_the_history(person: Callable[..., Person]) -> None:
    ann, ben = person("ann", Role.SUPERVISOR), person("ben", Role.SUPERVISOR)
    own, other = Client(), Client()
    own.force_login(User.objects.get(id=ann.id))
    other.force_login(User.objects.get(id=ben.id))
    file = SimpleUploadedFile("measures.csv", measures(rate="5 % MIN 9 EUR / KGM MAX 1 EUR / KGM"))
    own.post("/tariff/editions/prepare/", {"files": [file], "note": "budget"})
    assert "another person must publish it" in own.get("/tariff/editions/").content.decode()
    page = other.get("/tariff/editions/").content.decode()
    assert "a floor is not above its cap" in page
    assert "disabled" in page
    other.post("/tariff/editions/publish/")
    assert [each.is_draft for each in actions.history()] == [False, True]
    assert Client().get("/tariff/editions/").status_code == 302
