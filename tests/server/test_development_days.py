"""A day of no year of the calendar is refused at its field in capacity building, and one that was kept before takes no page down."""

import datetime as dt
import json
from collections.abc import Callable
from enum import EnumType
from uuid import uuid4

import msgspec
import pytest
from django.test import Client
from tests.server.test_development import ABOUT, AT, DAY, browser

from customhouse.development import delivery, people, project
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.development import actions, store, writing
from customhouse_server.development.dossier import TYPES, Dossier, Kind
from customhouse_server.development.rows import BY_AN_ACT, row_types
from customhouse_server.development.writing import HIDDEN, Place, Seen
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.people import actions as certificates
from customhouse_server.people.store import Attended

pytestmark = pytest.mark.django_db
BEYOND = ("9999-12-31", "0001-01-01", "2200-01-01", "1899-12-31")
DAYS = (dt.date, dt.date | None)


@pytest.fixture
def sue(person: Callable[..., Person]) -> Person:
    return person("sue", Role.SUPERVISOR)


def typed(of: type[msgspec.Struct], **said: str) -> dict[str, str]:
    """What somebody types into the fields of a type that are asked for, each with something that fits it."""
    fits = {dt.date: "2026-11-24", int: "1", str: "x"}
    asked = {each.name: fits.get(each.type, "1") for each in msgspec.structs.fields(of) if each.required}
    chosen = {each.name: next(iter(each.type)).value for each in msgspec.structs.fields(of) if isinstance(each.type, EnumType)}
    return {**asked, **chosen, **said}


def mission_of(owner: str, **said: object) -> delivery.Mission:
    days = {"starts_on": DAY, "ends_on": DAY + dt.timedelta(5)}
    about = {"title": "m", "host": "QZ", "theme": "risk", "level": 1, "language": "fr", "terms_of_reference": "see", "owner": owner}
    return msgspec.convert(about | days | said, delivery.Mission)


def begun(sue: Person, kind: Kind) -> Dossier:
    values = {
        Kind.PROJECT: lambda: msgspec.convert({**ABOUT, "currency": "EUR", "owner": "sue"}, project.Project),
        Kind.MISSION: lambda: mission_of("sue"),
        Kind.EXPERT: lambda: delivery.Expert(name="Eve", administration="QX", languages=("fr",)),
    }
    return actions.opened(sue, kind, values[kind](), at=AT)


FIELDS = [
    (kind, each.name)
    for kind in (Kind.PLEDGE, Kind.REQUEST, Kind.MISSION, Kind.POST)
    for each in msgspec.structs.fields(TYPES[kind])
    if each.type in DAYS and each.name not in HIDDEN
]
ROWS = [
    (kind, part, each.name)
    for kind in (Kind.PROJECT, Kind.MISSION, Kind.EXPERT)
    for part, of in row_types(kind).items()
    for each in msgspec.structs.fields(of)
    if each.type in DAYS and part not in BY_AN_ACT
]


@pytest.mark.parametrize("day", BEYOND)
@pytest.mark.parametrize(("kind", "field"), FIELDS)
def test_no_dossier_is_opened_with_a_day_of_no_year_of_the_calendar(sue: Person, kind: Kind, field: str, day: str) -> None:
    of = TYPES[kind]
    said = {name: text for name, text in typed(of, **{field: day}).items() if name not in HIDDEN}
    with pytest.raises(FaultyError, match="between 1900 and 2199") as refused:
        writing.opened_from(sue, kind, said, at=AT)
    assert refused.value.faults.keys() == {field}
    assert not actions.listed(sue, kind)


@pytest.mark.parametrize("day", BEYOND)
@pytest.mark.parametrize(("kind", "part", "field"), ROWS)
def test_no_row_is_added_with_a_day_of_no_year_of_the_calendar(sue: Person, kind: Kind, part: str, field: str, day: str) -> None:
    found = begun(sue, kind)
    with pytest.raises(FaultyError, match="between 1900 and 2199") as refused:
        writing.add_row(sue, Seen(kind, found.id), part, typed(row_types(kind)[part], **{field: day}), at=AT)
    assert refused.value.faults.keys() == {field}
    assert actions.seen(sue, found.id, kind) == found


def test_a_recommendation_that_was_kept_before_takes_no_page_down_and_is_corrected(sue: Person, caller: Callable[..., Client]) -> None:
    made = [
        {"code": "R1", "text": "t", "made_on": "9999-12-31"},
        {"code": "R2", "text": "t", "made_on": "9999-12-30"},
    ]
    value = mission_of("sue", recommendations=made)
    kept = Dossier(id=uuid4(), kind=Kind.MISSION, owner="sue", version=1, saved_at=AT, value=value)
    store.insert(kept)
    address = f"mission/{kept.id}/"
    for path in ("", "donors/", "delivery/", address, f"{address}report.pdf", "calendar/", "mission/list.csv"):
        assert browser(sue).get(f"/development/{path}").status_code == 200, path
    assert json.loads(caller("ida", Role.SUPERVISOR).get("/api/development/due").content) == {"due": []}
    right = typed(row_types(Kind.MISSION)["recommendations"], made_on="2026-01-01")
    writing.change_row(sue, Seen(Kind.MISSION, kept.id), Place("recommendations", 0), right, at=AT)
    assert [each["months"] for each in actions.due(sue, on=DAY)] == [6, 12, 24]


def test_no_certificate_and_no_course_is_of_a_day_of_no_year_of_the_calendar(sue: Person, person: Callable[..., Person]) -> None:
    person("olu", Role.OFFICER)
    old = people.Certificate(competence="EXAM", level=people.Level.TRAINED, assessed_by="", assessed_on=dt.date(1, 1, 1), evidence="test")
    with pytest.raises(certificates.UnknownCompetenceError, match="between 1900 and 2199"):
        certificates.certify(sue, "olu", old, at=AT)
    course = certificates.people_framework().courses[0].code
    with pytest.raises(certificates.UnknownCompetenceError, match="between 1900 and 2199"):
        certificates.attend(sue, "olu", Attended(course, dt.date(9999, 12, 31), passed=True), at=AT)
