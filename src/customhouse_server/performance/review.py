"""Self-assessment and peer review of the indicators, as in the WCO's performance measurement.

draft -> submitted -> reviewed by another -> published by its level of disclosure; a reviewer may also send it back, with his reasons.
Each step has its event in the same transaction.
"""

import datetime as dt
from dataclasses import dataclass, replace
from math import isfinite

import msgspec
from django.db import transaction

from customhouse.kernel import Event
from customhouse.performance import indicator
from customhouse.saying import Refusal
from customhouse_server.accounts.person import NotPermittedError, Person
from customhouse_server.journal import store as journal
from customhouse_server.performance import store as kept
from customhouse_server.performance.current import current_indicators
from customhouse_server.performance.disclosure import HEADS, HOUSE, disclosed_to, figures_for, is_of_house
from customhouse_server.performance.kept import ReviewStatus, SelfAssessment, Statement, UnfitStatementError, UnknownAssessmentError
from customhouse_server.performance.period import year_of

FIRST_YEAR, LAST_YEAR = 1_990, 2_200


class OutOfTurnError(Refusal, ValueError):
    """The self-assessment does not stand where this act is done."""


class SameReviewerError(Refusal, ValueError):
    """Who wrote a self-assessment does not review it."""


class AssessmentWritten(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The draft of what is said of an indicator for a year was written."""

    year: int
    code: str
    value: float | None = None
    not_measurable: str = ""


class AssessmentSubmitted(Event, frozen=True, kw_only=True, omit_defaults=True):
    """What is said of an indicator for a year was handed over for review."""

    year: int
    code: str


class AssessmentReviewed(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A second person agreed to what is said of an indicator for a year, or sent it back."""

    year: int
    code: str
    is_agreed: bool
    said: str = ""


class AssessmentPublished(Event, frozen=True, kw_only=True, omit_defaults=True):
    """What is said of an indicator for a year was published to those for whom it is."""

    year: int
    code: str
    disclosure: indicator.Disclosure


@dataclass(frozen=True, slots=True)
class Line:
    """An indicator in a year: what is said of it, if anything yet, the figure that the events give, and that of the year before."""

    indicator: indicator.Indicator
    assessment: SelfAssessment | None
    figure: indicator.Figure | None
    figure_before: indicator.Figure | None


def lines(person: Person | None, year: int) -> tuple[Line, ...]:
    """What the person may see of a year: the administration its work, by level of disclosure, everybody else what is published for them."""
    levels = disclosed_to(person)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return ()
    period, before = year_of(dt.date(year, 1, 1)), year_of(dt.date(year - 1, 1, 1))
    shown = [each for each in current_indicators().indicators if each.disclosure in levels]
    found = {each.code: each for each in kept.assessments(year) if _is_for(person, each)}
    figures = figures_for(person, shown, [period, before])
    return tuple(
        Line(each, found.get(each.code), *(figures.get((each.code, of.start, of.end)) for of in (period, before)))
        for each in shown
        if is_of_house(person) or each.code in found
    )


def line(person: Person, year: int, code: str) -> Line:
    """One of them; refuses with `UnknownAssessmentError`."""
    found = next((each for each in lines(person, year) if each.indicator.code == code), None)
    if found is None:
        raise UnknownAssessmentError("there is no such self-assessment")
    return found


def say(person: Person, year: int, code: str, *, statement: Statement, at: dt.datetime) -> None:
    """Write the draft, over one that the person may read.

    Refuses with `UnfitStatementError`, `OutOfTurnError` once it is submitted, `UnknownAssessmentError` or `NotPermittedError`.
    """
    person.require(HOUSE, "assessing the administration")
    line(person, year, code)
    if (statement.value is None) == (not statement.not_measurable) or not isfinite(statement.value or 0.0):
        raise UnfitStatementError("give either a value or the reason why it is not measurable")
    if statement.evidence and not statement.evidence.startswith(("https://", "http://", "/")):
        raise UnfitStatementError("the evidence is a link: begin it with https:// or /")
    with transaction.atomic():
        before = _standing(person, year, code)
        if before and before.status is not ReviewStatus.DRAFT:
            raise OutOfTurnError("it has been submitted already")
        review = before.statement.review if before else ""
        said = msgspec.structs.replace(statement, review=review)
        kept.keep_assessment(SelfAssessment(year, code, ReviewStatus.DRAFT, said, person.id, "", "", at), reviewer_id=None)
        written = AssessmentWritten(occurred_at=at, year=year, code=code, value=said.value, not_measurable=said.not_measurable)
        journal.record(written, actor=person.username)


def submit(person: Person, year: int, code: str, *, at: dt.datetime) -> None:
    """Hand the draft over for review, as its author; refuses with `UnknownAssessmentError`, `OutOfTurnError` or `NotPermittedError`."""
    person.require(HOUSE, "assessing the administration")
    with transaction.atomic():
        found = _in_turn(person, year, code, ReviewStatus.DRAFT)
        if found.author_id != person.id:
            raise NotPermittedError("a self-assessment is submitted by its author")
        kept.keep_assessment(replace(found, status=ReviewStatus.SUBMITTED, changed_at=at), reviewer_id=None)
        journal.record(AssessmentSubmitted(occurred_at=at, year=year, code=code), actor=person.username)


def review(  # noqa: PLR0913 - which statement, by whom, with which result
    person: Person, year: int, code: str, *, said: str, is_agreed: bool, at: dt.datetime
) -> None:
    """Agree, or send it back with the reasons; refuses with `SameReviewerError`, and as `submit` does."""
    person.require(HOUSE, "reviewing a self-assessment")
    with transaction.atomic():
        found = _in_turn(person, year, code, ReviewStatus.SUBMITTED)
        if found.author_id == person.id:
            raise SameReviewerError("another person than its author reviews a self-assessment")
        if not (said or is_agreed):
            raise UnfitStatementError("say why you send it back")
        status = ReviewStatus.REVIEWED if is_agreed else ReviewStatus.DRAFT
        statement = msgspec.structs.replace(found.statement, review=said)
        kept.keep_assessment(replace(found, status=status, statement=statement, changed_at=at), reviewer_id=person.id)
        reviewed = AssessmentReviewed(occurred_at=at, year=year, code=code, is_agreed=is_agreed, said=said)
        journal.record(reviewed, actor=person.username)


def publish(person: Person, year: int, code: str, *, at: dt.datetime) -> None:
    """Publish what was reviewed, to those for whom it is; refuses as `submit` does."""
    person.require(HEADS, "publishing a self-assessment")
    with transaction.atomic():
        found = _in_turn(person, year, code, ReviewStatus.REVIEWED)
        kept.publish_assessment(found, at=at)
        published = AssessmentPublished(occurred_at=at, year=year, code=code, disclosure=found.statement.disclosure)
        journal.record(published, actor=person.username)


def _in_turn(person: Person, year: int, code: str, status: ReviewStatus) -> SelfAssessment:
    """The statement that the person may read, held until the transaction ends, where it stands so."""
    line(person, year, code)
    found = _standing(person, year, code)
    if found is None:
        raise UnknownAssessmentError("there is no such self-assessment")
    if found.status is not status:
        raise OutOfTurnError("it does not stand where this is done")
    return found


def _standing(person: Person, year: int, code: str) -> SelfAssessment | None:
    found = next(iter(kept.assessments(year, code=code, locked=True)), None)
    if found and not _is_for(person, found):
        raise UnknownAssessmentError("there is no such self-assessment")
    return found


def _is_for(person: Person | None, assessment: SelfAssessment) -> bool:
    """Published or not, for the levels that it is disclosed to; and always for its author."""
    is_shown = is_of_house(person) or assessment.status is ReviewStatus.PUBLISHED
    is_own = person is not None and person.id == assessment.author_id
    return is_own or (is_shown and assessment.statement.disclosure in disclosed_to(person))
