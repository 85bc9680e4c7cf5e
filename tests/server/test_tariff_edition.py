"""Editions of the tariff: prepared by one, published by another, and each declaration assessed by the one known at its acceptance."""

import datetime as dt
from collections.abc import Callable

import pytest

from customhouse.tariff import publication
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.accounts.role import Role
from customhouse_server.tariff import actions
from customhouse_server.tariff.country import country_at, current_country

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
