"""Certificates and attendances in rows."""

import datetime as dt
from dataclasses import dataclass

from customhouse.development import people
from customhouse_server.accounts.person import Person
from customhouse_server.people.models import Attendance, Certification


@dataclass(frozen=True, slots=True)
class Attended:
    """A course that somebody attended, and whether he passed."""

    course: str
    on: dt.date
    passed: bool


def certificates_of(person_id: int) -> tuple[people.Certificate, ...]:
    """The certificates of a person, in the order in which they were given."""
    rows = (
        Certification.objects.filter(person_id=person_id)
        .order_by("id")
        .values_list("competence", "level", "assessed_by__username", "assessed_on", "evidence")
    )
    return tuple(
        people.Certificate(
            competence=row[0], level=people.Level(row[1]) if row[1] else None, assessed_by=row[2], assessed_on=row[3], evidence=row[4]
        )
        for row in rows
    )


def write_certificate(person: Person, certificate: people.Certificate, *, by: Person, at: dt.datetime) -> None:
    """Keep a certificate."""
    Certification.objects.create(
        person_id=person.id,
        competence=certificate.competence,
        level=certificate.level.value if certificate.level else "",
        assessed_by_id=by.id,
        assessed_on=certificate.assessed_on,
        evidence=certificate.evidence,
        written_at=at,
    )


def attended_by(person_id: int) -> tuple[Attended, ...]:
    """The courses that a person attended, last first."""
    rows = Attendance.objects.filter(person_id=person_id).order_by("-attended_on", "course").values_list("course", "attended_on", "passed")
    return tuple(Attended(*row) for row in rows)


def write_attendance(person: Person, attended: Attended, *, by: Person) -> bool:
    """Keep an attendance; false, and nothing done, if it is there already."""
    _, made = Attendance.objects.get_or_create(
        person_id=person.id, course=attended.course, attended_on=attended.on, defaults={"passed": attended.passed, "recorded_by_id": by.id}
    )
    return made
