"""Simulations and releases in rows."""

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection
from django.db.models import Q

from customhouse.research import disclosure
from customhouse_server.research.models import Release as ReleaseRow
from customhouse_server.research.models import Simulation as Row
from customhouse_server.research.released import Asked, Released
from customhouse_server.research.simulation import Simulation, State

_SILENT = dt.timedelta(minutes=5)


def save(simulation: Simulation, owner_id: int) -> None:
    """Keep a new simulation."""
    Row.objects.create(
        id=simulation.id,
        owner_id=owner_id,
        draft_name=simulation.draft_name,
        draft=simulation.draft,
        history=simulation.history,
        elasticities=simulation.elasticities,
        state=simulation.state.value,
        done=0,
        total=simulation.total,
        reason="",
        asked_at=simulation.asked_at,
        seen_at=simulation.seen_at,
    )


def find(simulation_id: UUID) -> Simulation | None:
    """The simulation of that number."""
    row = Row.objects.select_related("owner").filter(id=simulation_id).first()
    return None if row is None else _read(row)


def latest(most: int) -> list[Simulation]:
    """The simulations asked for last."""
    return [_read(row) for row in Row.objects.select_related("owner").order_by("-asked_at")[:most]]


def claim(simulation_id: UUID, *, at: dt.datetime) -> bool:
    """Take a simulation that nobody runs, or whose runner has fallen silent; false where there is none."""
    free = Q(state__in=[State.WAITING.value, State.FAILED.value]) | Q(state=State.RUNNING.value, seen_at__lt=at - _SILENT)
    return Row.objects.filter(free, id=simulation_id).update(state=State.RUNNING.value, done=0, reason="", seen_at=at) == 1


def advance(simulation_id: UUID, done: int, *, at: dt.datetime) -> None:
    """Note how many items are done."""
    Row.objects.filter(id=simulation_id).update(done=done, seen_at=at)


def finish(simulation_id: UUID, outcome: dict[str, Any], *, at: dt.datetime) -> None:
    """Keep the outcome."""
    Row.objects.filter(id=simulation_id).update(state=State.FINISHED.value, outcome=outcome, seen_at=at)


def fail(simulation_id: UUID, reason: str, *, at: dt.datetime) -> None:
    """Note why it came to nothing."""
    Row.objects.filter(id=simulation_id).update(state=State.FAILED.value, reason=reason, seen_at=at)


def release_log(measure: str, *, is_made_up: bool, locked: bool = False) -> disclosure.ReleaseLog:
    """Every sum of a measure that was published; `locked` lets no other release of it in until the transaction ends."""
    if locked:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (f"release {measure}",))
    rows = ReleaseRow.objects.filter(measure=measure, is_made_up=is_made_up).order_by("id").values_list("published", flat=True)
    logs = [msgspec.convert(each, disclosure.ReleaseLog) for each in rows]
    return disclosure.ReleaseLog(tuple(each for log in logs for each in log.published))


def keep_release(asked: Asked, found: disclosure.Release, published: disclosure.ReleaseLog, *, actor: str, at: dt.datetime) -> int:
    """Keep a release; its number."""
    fields = {name: getattr(asked, name) for name in ("measure", "start", "end", "fewest", "rounding_step", "is_made_up")}
    cells, log = (msgspec.json.decode(msgspec.json.encode(each)) for each in (found.cells, published))
    row = ReleaseRow(**fields, dimensions=list(asked.dimensions), cells=cells, published=log, released_at=at, actor=actor)
    row.save(force_insert=True)
    return row.pk


def releases() -> tuple[Released, ...]:
    """What was released, the last first."""
    return tuple(map(_release, ReleaseRow.objects.defer("published").order_by("-id")))


def release_of(number: int) -> Released | None:
    """The release of that number."""
    row = ReleaseRow.objects.defer("published").filter(pk=number).first()
    return _release(row) if row else None


def _release(row: ReleaseRow) -> Released:
    names = ("measure", "start", "end", "fewest", "rounding_step", "is_made_up")
    asked = Asked(dimensions=tuple(row.dimensions), **{name: getattr(row, name) for name in names})
    cells = msgspec.convert(row.cells, tuple[disclosure.Cell, ...], strict=False)
    return Released(row.pk, asked, cells, row.released_at)


def _read(row: Row) -> Simulation:
    names = ("id", "draft_name", "draft", "history", "elasticities", "done", "total", "outcome", "reason", "asked_at", "seen_at")
    return Simulation(owner=row.owner.username, state=State(row.state), **{name: getattr(row, name) for name in names})
