"""Time release studies on the site: designed by customs, done by a job, read, worded, followed by an action plan, and published.

design(person, Asked, at=) -> UUID         refuses with `UnfitDesignError`, which tells every fault by its field
do(study_id)                               the job: again from the start if it broke off
seen(person, study_id) -> KeptStudy        the administration sees all, everybody else what is published
members(person, study_id, stratum=, value=)  the declarations of a stratum, as far as the person may see each
publish, word, plan, move                  acts of supervisors and administrators

Each act has its event in the same transaction, as has the end of the job.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from customhouse.kernel import Event
from customhouse.performance import release_time
from customhouse.saying import Refusal
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.gateway.fault import FaultyError, refuse
from customhouse_server.journal import store as journal
from customhouse_server.performance import store as kept
from customhouse_server.performance.current import event_store
from customhouse_server.performance.disclosure import HEADS, HOUSE, is_of_house
from customhouse_server.performance.kept import KeptStudy, PlannedAction, PlanStatus, Progress, UnknownStudyError, Words
from customhouse_server.tariff.country import current_country

_RULE = "rule"
_LONGEST_TITLE = 150
_LOADED = 30
_MOST_HOURS = 100_000


class UnfitDesignError(FaultyError):
    """The study cannot be done as it was asked for; `faults` tells why, by field."""


class NotDoneYetError(Refusal, ValueError):
    """The study has no result to publish or to plan by."""


class StudyOrdered(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A time release study was asked for."""

    study: UUID
    title: str
    start: dt.date
    end: dt.date
    earlier: UUID | None = None


class StudyFinished(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A time release study was done."""

    study: UUID
    declarations: int


class StudyFailed(Event, frozen=True, kw_only=True, omit_defaults=True):
    """The work on a time release study came to nothing."""

    study: UUID
    why: str


class StudyPublished(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A time release study was made public, or was taken back."""

    study: UUID
    is_public: bool


class StudyWorded(Event, frozen=True, kw_only=True, omit_defaults=True):
    """It was said what the figures of a time release study mean."""

    study: UUID
    words: Words


class ActionPlanned(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An action was put on the plan of a time release study."""

    study: UUID
    action: int
    segment: str
    due: dt.date


class ActionMoved(Event, frozen=True, kw_only=True, omit_defaults=True):
    """It was said how far an action of the plan of a time release study is."""

    study: UUID
    action: int
    status: PlanStatus


@dataclass(frozen=True, slots=True)
class Asked:
    """A study as it is asked for: its design, its objectives, and the study that it follows."""

    design: release_time.Design
    objectives: str = ""
    earlier_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Seen:
    """A declaration of a stratum, and whether it is for the person's eyes."""

    member: release_time.Member
    is_open: bool


def design(person: Person, asked: Asked, *, at: dt.datetime) -> UUID:
    """Have a study done; the job commits with it. Refuses with `UnfitDesignError` or `NotPermittedError`."""
    person.require(CUSTOMS, "designing a time release study")
    faults = dict(_faults(asked, on=at.date()))
    if faults:
        raise UnfitDesignError(faults)
    study = KeptStudy(
        id=uuid4(),
        design=asked.design,
        words=Words(objectives=asked.objectives),
        earlier_id=asked.earlier_id,
        status=Progress.WAITING,
        progress=0,
        result=None,
        failure="",
        is_made_up=event_store().is_made_up,
        made_by=person.name,
        made_at=at,
        published_at=None,
    )
    with transaction.atomic():
        kept.new_study(study, made_by_id=person.id)
        journal.record(_ordered(study), actor=person.username)
        app.configure_task("performance.study").defer(study_id=str(study.id))
    return study.id


def do(study_id: UUID) -> None:
    """Do the study on the event store and keep its result, telling how far it is."""
    asked = kept.study_of(study_id).design
    kept.advance_study(study_id, status=Progress.RUNNING, progress=5)
    connection = event_store().connect()
    kept.advance_study(study_id, status=Progress.RUNNING, progress=_LOADED)
    done = release_time.study(connection, asked, hours=current_country().office_hours(on=asked.start))
    if not done.segments:
        fail(study_id, "fewer than five declarations of the period were released or wait")
        return
    with transaction.atomic():
        kept.advance_study(study_id, status=Progress.DONE, progress=100, result=done)
        finished = StudyFinished(occurred_at=timezone.now(), study=study_id, declarations=sum(done.outcomes.values()))
        journal.record(finished, actor=_RULE)


def fail(study_id: UUID, why: str) -> None:
    """Say that the work on a study came to nothing, and why."""
    with transaction.atomic():
        kept.advance_study(study_id, status=Progress.FAILED, progress=100, failure=why)
        journal.record(StudyFailed(occurred_at=timezone.now(), study=study_id, why=why), actor=_RULE)


def listed(person: Person | None) -> tuple[KeptStudy, ...]:
    """The studies that the person may see: all for the administration, latest first; for everybody else the published ones."""
    found = kept.studies(published=not is_of_house(person))
    return found if is_of_house(person) else tuple(map(_told_outside, found))


def last_published() -> KeptStudy | None:
    """The study that was published last."""
    return next(map(_told_outside, kept.studies(published=True)), None)


def seen(person: Person | None, study_id: UUID) -> KeptStudy:
    """One study; refuses with `UnknownStudyError`."""
    found = kept.study_of(study_id)
    if not is_of_house(person) and not found.published_at:
        raise UnknownStudyError("there is no such study")
    return found if is_of_house(person) else _told_outside(found)


def _told_outside(study: KeptStudy) -> KeptStudy:
    return replace(study, result=study.result and study.result.told_outside())


def members(person: Person, study_id: UUID, *, stratum: str, value: str) -> tuple[Seen, ...]:
    """The declarations of a stratum, those that wait and the slowest first; refuses with `UnknownStudyError` or `UnknownStratumError`."""
    person.require(HOUSE, "reading the declarations behind a study")
    found = release_time.members(event_store().connect(), kept.study_of(study_id).design, stratum=stratum, value=value)
    return tuple(Seen(each, person.of_customs and person.may_see(declarant_id=each.declarant, office=each.office)) for each in found)


def changes(person: Person | None, study: KeptStudy) -> tuple[release_time.Change, ...]:
    """What changed since the study that this one follows, where the person may see that one too."""
    if study.earlier_id is None or study.result is None:
        return ()
    try:
        earlier = seen(person, study.earlier_id)
    except UnknownStudyError:
        return ()
    return release_time.trend(earlier.result, study.result) if earlier.result else ()


def plan_of(study: KeptStudy) -> tuple[tuple[PlannedAction, release_time.Change | None], ...]:
    """The action plan, each action with its effect: how its segment changed until the next study, where there is one."""
    later = kept.next_study(study.id)
    effects = (
        {each.segment: each for each in release_time.trend(study.result, later.result)} if later and later.result and study.result else {}
    )
    return tuple((each, effects.get(each.segment)) for each in kept.plan_of(study.id))


def publish(person: Person, study_id: UUID, *, is_public: bool, at: dt.datetime) -> None:
    """Make a study public or take it back; refuses with `NotPermittedError`, `UnknownStudyError` or `NotDoneYetError`."""
    _headed(person, study_id, "publishing a study")
    with transaction.atomic():
        kept.publish_study(study_id, at=at if is_public else None)
        journal.record(StudyPublished(occurred_at=at, study=study_id, is_public=is_public), actor=person.username)


def word(person: Person, study_id: UUID, words: Words, *, at: dt.datetime) -> None:
    """Say what the figures mean; refuses as `publish` does."""
    _headed(person, study_id, "wording a study")
    with transaction.atomic():
        kept.word_study(study_id, words)
        journal.record(StudyWorded(occurred_at=at, study=study_id, words=words), actor=person.username)


def plan(person: Person, study_id: UUID, planned: PlannedAction, *, at: dt.datetime) -> int:
    """Put an action on the plan of a study; its number. Refuses with `FaultyError`, and as `publish` does."""
    _headed(person, study_id, "planning actions")
    told = _("Say what was found, what is done about it, and by whom.")
    refuse({name: told for name in ("finding", "action", "owner") if not getattr(planned, name).strip()})
    with transaction.atomic():
        number = kept.add_action(study_id, planned)
        told_of = ActionPlanned(occurred_at=at, study=study_id, action=number, segment=planned.segment, due=planned.due)
        journal.record(told_of, actor=person.username)
    return number


def move(person: Person, study_id: UUID, action_id: int, *, status: PlanStatus, at: dt.datetime) -> None:
    """Say how far an action is; refuses as `publish` does."""
    _headed(person, study_id, "planning actions")
    with transaction.atomic():
        if not kept.move_action(study_id, action_id, status=status):
            raise UnknownStudyError("the plan has no such action")
        journal.record(ActionMoved(occurred_at=at, study=study_id, action=action_id, status=status), actor=person.username)


def _ordered(study: KeptStudy) -> StudyOrdered:
    wanted = study.design
    return StudyOrdered(
        occurred_at=study.made_at, study=study.id, title=wanted.title, start=wanted.start, end=wanted.end, earlier=study.earlier_id
    )


def _headed(person: Person, study_id: UUID, act: str) -> None:
    person.require(HEADS, act)
    if kept.study_of(study_id).result is None:
        raise NotDoneYetError("the study is not done yet")


def _faults(asked: Asked, *, on: dt.date) -> Iterator[tuple[str, str]]:
    wanted = asked.design
    if not wanted.title or len(wanted.title) > _LONGEST_TITLE:
        yield "title", f"give it a title of at most {_LONGEST_TITLE} letters"
    if not wanted.start < wanted.end:
        yield "end", "the period ends before it begins"
    if not wanted.end <= wanted.seen_until:
        yield "seen_until", "declarations are to be followed at least until the period ends"
    if wanted.seen_until > on:
        yield "seen_until", "nothing has been seen yet after today"
    unknown = [each for each in wanted.strata if each not in release_time.STRATA]
    if unknown:
        yield "strata", f"there is no stratum {', '.join(unknown)}"
    unfit = [each for each in wanted.only if each not in release_time.STRATA or not release_time.STRATA[each].of]
    if unfit:
        yield "only", f"nothing can be chosen by {', '.join(unfit)}"
    if not all(0 < hours <= _MOST_HOURS for hours in wanted.targets.values()):
        yield "targets", f"a target is a number of hours above nothing, and of at most {_MOST_HOURS}"
    if asked.earlier_id and not any(each.result for each in kept.studies() if each.id == asked.earlier_id):
        yield "earlier", "the earlier study has no result to compare with"
