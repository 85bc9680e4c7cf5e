"""Service: what works now, interruptions reported and followed to their end, and how much of the time the site was there.

standing(at=) -> Standing                        for everybody
on_now(at=) -> tuple[Interruption, ...]          those that every page tells of
report(person, Report, at=) -> int               its number; for supervisors and administrators; `FaultyError`
faults_of(Report) -> dict[str, Saying]           what is wrong with a report, by field
say(person, number, text, at=, ends=)            while it lasts; `UnknownInterruptionError`, `OverError`, `FaultyError`
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction

from customhouse.kernel import Event
from customhouse.saying import Refusal, Saying, saying
from customhouse_server.accounts.person import Person
from customhouse_server.gateway.fault import refuse
from customhouse_server.journal import store as journal
from customhouse_server.portal.actions import PUBLISHERS
from customhouse_server.service import store
from customhouse_server.service.state import Part, State, parts
from customhouse_server.service.store import Interruption, Report

REMEMBERED = dt.timedelta(days=90)
"""For how long after its end an interruption is told, and over which the share of the time is counted."""
_LONGEST_TITLE = 200


class UnknownInterruptionError(Refusal, LookupError):
    """There is no such interruption."""


class OverError(Refusal, RuntimeError):
    """The interruption has ended; nothing more is said of it."""


class InterruptionReported(Event, frozen=True, kw_only=True, omit_defaults=True):
    """People were told of an interruption."""

    number: int
    title: str
    begins_at: dt.datetime


class InterruptionUpdated(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Something more was said of an interruption, or that it ended."""

    number: int
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Standing:
    """How the site stands: its parts, what is interrupted, planned and over, and the share of the last 90 days in which nothing was."""

    parts: tuple[Part, ...]
    on: tuple[Interruption, ...]
    planned: tuple[Interruption, ...]
    over: tuple[Interruption, ...]
    share: float

    @property
    def state(self) -> State:
        """The state of the whole: working if every part works and nothing is interrupted."""
        return State.WORKING if not self.on and all(each.state is State.WORKING for each in self.parts) else State.BEHIND


def standing(*, at: dt.datetime) -> Standing:
    """How the site stands at the instant."""
    found = store.since(at - REMEMBERED)
    on = tuple(each for each in found if each.is_on(at=at))
    over = tuple(each for each in found if each.ended_at is not None)
    planned = tuple(each for each in found if each.ended_at is None and each not in on)
    interrupted = _interrupted((*on, *over), start=at - REMEMBERED, end=at)
    return Standing(parts(at=at), on, planned, over, 1 - interrupted / REMEMBERED)


def on_now(*, at: dt.datetime) -> tuple[Interruption, ...]:
    """What is interrupted at the instant."""
    return tuple(each for each in store.since(at) if each.is_on(at=at))


def report(person: Person, told: Report, *, at: dt.datetime) -> int:
    """Tell people of an interruption that has begun, or is planned."""
    person.require(PUBLISHERS, "reporting an interruption")
    refuse(faults_of(told))
    with transaction.atomic():
        number = store.add(told, actor=person.username, at=at)
        event = InterruptionReported(occurred_at=at, number=number, title=told.title, begins_at=told.begins_at)
        journal.record(event, actor=person.username)
    return number


def faults_of(told: Report) -> dict[str, str | Saying]:
    """What is wrong with a report, by field."""
    faults: dict[str, str | Saying] = {}
    if not told.title.strip():
        faults["title"] = saying("say in a few words what does not work")
    elif len(told.title) > _LONGEST_TITLE:
        faults["title"] = saying("a title has at most {most} characters: say the rest below", most=_LONGEST_TITLE)
    if not told.meanwhile.strip():
        faults["meanwhile"] = saying("say what people do meanwhile, as where they lodge on paper")
    if told.expected_until is not None and told.expected_until <= told.begins_at:
        faults["expected_until"] = saying("it ends after it begins")
    return faults


@transaction.atomic
def say(person: Person, number: int, text: str, *, at: dt.datetime, ends: bool = False) -> None:
    """Say more of an interruption, or that it has ended or is called off."""
    person.require(PUBLISHERS, "reporting on an interruption")
    found = store.locked(number)
    if found is None:
        raise UnknownInterruptionError("there is no interruption {number}", number=number)
    if found.ended_at is not None:
        raise OverError("interruption {number} has ended: report another", number=number)
    refuse({} if text.strip() else {"text": saying("say what is known now")})
    store.say(number, text.strip(), actor=person.username, at=at, ends=ends)
    journal.record(InterruptionUpdated(occurred_at=at, number=number, ended=ends), actor=person.username)


def _interrupted(found: Iterable[Interruption], *, start: dt.datetime, end: dt.datetime) -> dt.timedelta:
    """The time in which anything was interrupted, hours that two share counted once."""
    total, reached = dt.timedelta(), start
    for each in sorted(found, key=lambda each: each.report.begins_at):
        begins, ends = max(reached, each.report.begins_at), min(end, each.ended_at or end)
        if ends > begins:
            total, reached = total + (ends - begins), ends
    return total
