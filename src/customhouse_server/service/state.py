"""State: which parts of the site work at this moment, as far as the site itself can tell.

An answer is proof that pages, interface and database work, since every answer asks the database; what an answer cannot show by
itself is whether somebody does the jobs.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import Min, Q
from django.db.models.functions import Coalesce
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

_ALIVE = dt.timedelta(minutes=1)
"""A worker says every ten seconds that it lives."""
_LATE = dt.timedelta(minutes=15)


class State(StrEnum):
    """How a part does its work."""

    WORKING = "working"
    BEHIND = "behind"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the site, what it serves for, and how it does."""

    name: str
    serves: str
    state: State


def parts(*, at: dt.datetime) -> tuple[Part, ...]:
    """The parts as they are at the instant; where the database does not answer, its own error."""
    jobs = _jobs(at=at)  # asks the database, so that the first part is told with proof
    return (
        Part("desk", "declarations, decisions, every page and the interface", State.WORKING),
        Part("jobs", "figures, studies and trials, which are worked out after they were asked for", jobs),
    )


def _jobs(*, at: dt.datetime) -> State:
    """Stopped where no worker lives; behind where a job has waited too long for one."""
    if not ProcrastinateWorker.objects.filter(last_heartbeat__gt=at - _ALIVE).exists():
        return State.STOPPED
    due = Q(status="todo") & (Q(scheduled_at=None) | Q(scheduled_at__lte=at))
    waiting = Min(Coalesce("scheduled_at", "procrastinateevent__at"), filter=Q(procrastinateevent__type="deferred"))
    oldest = ProcrastinateJob.objects.filter(due).aggregate(since=waiting)["since"]
    return State.BEHIND if oldest is not None and oldest < at - _LATE else State.WORKING
