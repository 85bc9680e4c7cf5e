"""People: certifying officers, recording courses, and refusing an act that a lapsed certificate gates.

require_certified(person, act, at=)                          `NotCertifiedError` of the core says what to do
certify(by, person, Certificate, at=)                        supervisors and administrators, never of themselves: `OwnAssessmentError`
revoke(by, person, competence, reason=, at=)                 what is in force, as they certify it
attend(by, person, Attended, at=)
certificates(by, username) -> tuple[Certificate, ...]        one's own, or anybody's for a supervisor or administrator
"""

import datetime as dt

import msgspec
from django.db import transaction

from customhouse.development import DevelopmentRecorded
from customhouse.development import people as competence
from customhouse.kernel import calendar
from customhouse.saying import Refusal
from customhouse_server.accounts import store as accounts
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, Role
from customhouse_server.journal.statement import execute_as_one
from customhouse_server.journal.store import EventEntry, event_clause
from customhouse_server.people import store
from customhouse_server.people.framework import people_framework
from customhouse_server.people.store import Attended
from customhouse_server.tariff.country import current_country

ASSESSORS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})


class OwnAssessmentError(Refusal):
    """Nobody assesses himself."""


class UnknownPersonError(Refusal, LookupError):
    """There is no officer of that name among those one may see."""


class UnknownCompetenceError(Refusal, ValueError):
    """The framework of the installation has no such competence or course."""


def require_certified(person: Person, act: str, *, at: dt.datetime) -> None:
    """Refuse with `NotCertifiedError` an act that the installation gates, unless the person holds the certificate on the legal day."""
    framework = people_framework()
    if any(rule.act == act and rule.is_in_force for rule in framework.permissions):
        competence.require_certified(framework, store.certificates_of(person.id), act=act, on=current_country().legal_day(at=at))


def officer(by: Person, username: str) -> Person:
    """The officer of that name, if he is oneself or shares an office; an administrator sees all; else `UnknownPersonError`."""
    found = accounts.person_named(username)
    may = found and (
        found.id == by.id or (by.role in ASSESSORS and (by.role is Role.ADMINISTRATOR or set(by.offices) & set(found.offices)))
    )
    if found is None or not may or found.role not in CUSTOMS:
        raise UnknownPersonError("there is no officer {username} at your offices", username=username)
    return found


def certificates(by: Person, username: str) -> tuple[competence.Certificate, ...]:
    """The certificates of an officer whom one may see."""
    return store.certificates_of(officer(by, username).id)


def attended(by: Person, username: str) -> tuple[Attended, ...]:
    """The courses of an officer whom one may see."""
    return store.attended_by(officer(by, username).id)


def certify(by: Person, username: str, certificate: competence.Certificate, *, at: dt.datetime) -> None:
    """Certify an officer; refuses with `OwnAssessmentError`, and with `UnknownCompetenceError` what the framework does not have."""
    person = _assessed(by, username, certificate.competence)
    if certificate.level is None:
        raise UnknownCompetenceError("a certificate is of a level: choose one")
    if not certificate.evidence.strip():
        raise UnknownCompetenceError("a certificate needs evidence: say how the competence was shown")
    if certificate.assessed_on > current_country().legal_day(at=at):
        raise UnknownCompetenceError("a certificate cannot be of a day to come")
    _refuse_beyond(certificate.assessed_on)
    given = msgspec.structs.replace(certificate, assessed_by=by.username)
    with transaction.atomic():
        store.write_certificate(person, given, by=by, at=at)
        _record(person, f"certified {given.competence} {given.level}", by=by, at=at)


def revoke(by: Person, username: str, code: str, *, reason: str, at: dt.datetime) -> None:
    """Revoke what is certified of an officer, from today on; it takes another assessment to certify it anew."""
    person, day = _assessed(by, username, code), current_country().legal_day(at=at)
    found = people_framework().competence(code)
    if (
        found is None
        or competence.held(found, store.certificates_of(person.id), on=day).holding is not competence.certificate.Holding.IN_FORCE
    ):
        raise UnknownCompetenceError("no certificate for {competence} is in force that could be revoked", competence=code)
    if not reason.strip():
        raise UnknownCompetenceError("a certificate is revoked for a reason: say which")
    revoked = competence.Certificate(competence=code, level=None, assessed_by=by.username, assessed_on=day, evidence=reason.strip())
    with transaction.atomic():
        store.write_certificate(person, revoked, by=by, at=at)
        _record(person, f"revoked {code}", by=by, at=at)


def attend(by: Person, username: str, course: Attended, *, at: dt.datetime) -> None:
    """Record that an officer attended a course; once is enough."""
    by.require(ASSESSORS, "recording a course")
    person = officer(by, username)
    if course.course not in {each.code for each in people_framework().courses}:
        raise UnknownCompetenceError("there is no course {course}", course=course.course)
    _refuse_beyond(course.on)
    with transaction.atomic():
        if store.write_attendance(person, course, by=by):
            _record(person, f"attended {course.course}", by=by, at=at)


def _assessed(by: Person, username: str, code: str) -> Person:
    """The officer whose competence somebody assesses; refuses who may not, oneself, and a competence that there is not."""
    by.require(ASSESSORS, "certifying an officer")
    person = officer(by, username)
    if person.id == by.id:
        raise OwnAssessmentError("nobody certifies himself: another supervisor must assess you")
    if people_framework().competence(code) is None:
        raise UnknownCompetenceError("there is no competence {competence}", competence=code)
    return person


def _refuse_beyond(day: dt.date) -> None:
    if day.year not in calendar.YEARS:
        raise UnknownCompetenceError("{why}", why=calendar.beyond(day))


def _record(person: Person, act: str, *, by: Person, at: dt.datetime) -> None:
    happened = DevelopmentRecorded(occurred_at=at, dossier=person.username, kind="certificate", act=act, actor=by.username)
    entry = EventEntry(kind="DevelopmentRecorded", occurred_at=at, document=msgspec.json.encode(happened).decode())
    execute_as_one([event_clause([entry], declaration_id=None, actor=by.username)])
