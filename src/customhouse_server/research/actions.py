"""Reforms tried on history.

listed(person); seen(person, id) -> Simulation                  supervisors and administrators, as all but `run`
start(person, draft_name, text, history=, at=, elasticities=) -> Simulation      `UnfitQuestionError` says all that is wrong
resume(person, id); table(person, id, dimension) -> Path
run(simulation_id, workers=)                                    in a process of its own

That a simulation was asked for, and what came of it, are events in the same transaction.
"""

import datetime as dt
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from customhouse import research
from customhouse.cli import parquet_parts, simulation_file
from customhouse.kernel import Event
from customhouse.saying import Refusal, Saying
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.journal import store as journal
from customhouse_server.research import runner, store
from customhouse_server.research.question import UnfitQuestionError
from customhouse_server.research.simulation import Simulation, State
from customhouse_server.tariff.country import current_country

ROLES = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
DIMENSIONS = ("total", *research.DIMENSIONS)
"""Along what the figures of a simulation are told."""
_KINDS = {".csv": "amending.csv", ".toml": "regime.toml"}
_MOST, _LONGEST_NAME = 50, 200
_RULE = "rule"


class UnknownSimulationError(Refusal, LookupError):
    """There is no such simulation, or no such table of it."""


class ReformTried(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A reform was asked to be tried on history."""

    simulation: UUID
    draft_name: str
    history: str


class ReformFinished(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A reform was tried on the whole of a history."""

    simulation: UUID
    items: int


class ReformFailed(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Trying a reform on history stopped."""

    simulation: UUID
    why: str


def histories() -> list[str]:
    """The names of the histories that the installation offers."""
    return sorted(path.name for path in Path(settings.HISTORIES).glob("*.parquet"))


def start(  # noqa: PLR0913 - what is asked, in full
    person: Person, draft_name: str, text: str, *, history: str, at: dt.datetime, elasticities: str = ""
) -> Simulation:
    """Keep what is asked and have it run; refuses with `UnfitQuestionError` what cannot be read, all faults of it at once."""
    person.require(ROLES, "trying a reform")
    kind = _KINDS.get(Path(draft_name).suffix)
    texts = {kind: text} if kind else {}
    faults = _faults(texts, elasticities)
    if len(draft_name) > _LONGEST_NAME:
        faults["name"] = _("Write at most %(most)s characters.") % {"most": _LONGEST_NAME}
    if history not in histories():
        faults["history"] = _("This installation has no such history; it has: %(known)s.") % {"known": ", ".join(histories())}
    if faults:
        raise UnfitQuestionError(faults)
    asked = Simulation(
        id=uuid4(),
        owner=person.username,
        draft_name=draft_name,
        draft=texts,
        history=history,
        elasticities=elasticities,
        state=State.WAITING,
        done=0,
        total=parquet_parts.row_count(Path(settings.HISTORIES) / history),
        outcome=None,
        reason="",
        asked_at=at,
        seen_at=at,
    )
    with transaction.atomic():
        store.save(asked, person.id)
        journal.record(ReformTried(occurred_at=at, simulation=asked.id, draft_name=draft_name, history=history), actor=person.username)
        transaction.on_commit(lambda: runner.begin(asked.id))
    return asked


def resume(person: Person, simulation_id: UUID) -> None:
    """Have a simulation that failed, or whose process fell silent, go on from where it stopped; any other is left as it is."""
    runner.begin(seen(person, simulation_id).id)


def run(simulation_id: UUID, *, workers: int | None = None) -> None:
    """Run a simulation that waits, from where an earlier run stopped; why it fails is kept beside it."""
    if not store.claim(simulation_id, at=timezone.now()):
        return
    simulation = store.find(simulation_id)
    assert simulation, "what was claimed is there"
    law = current_country().law
    on = current_country().legal_day(at=simulation.asked_at)
    try:
        reform = research.Reform(law, research.drafted(law, simulation.draft, on=None), on, _answers(simulation.elasticities))
        done = 0
        for items in simulation_file.run(
            Path(settings.HISTORIES) / simulation.history, folder(simulation_id), reform=reform, workers=workers
        ):
            done += items
            store.advance(simulation_id, done, at=timezone.now())
        outcome = simulation_file.write(simulation_file.outcome(folder(simulation_id), reform), folder(simulation_id))
    except (OSError, ValueError) as error:  # Arrow's own errors are ValueErrors
        _failed(simulation_id, str(error), at=timezone.now())
        return
    _finished(simulation_id, outcome, items=done, at=timezone.now())


@transaction.atomic
def _failed(simulation_id: UUID, why: str, *, at: dt.datetime) -> None:
    store.fail(simulation_id, why, at=at)
    journal.record(ReformFailed(occurred_at=at, simulation=simulation_id, why=why), actor=_RULE)


@transaction.atomic
def _finished(simulation_id: UUID, outcome: dict[str, Any], *, items: int, at: dt.datetime) -> None:
    store.finish(simulation_id, outcome, at=at)
    journal.record(ReformFinished(occurred_at=at, simulation=simulation_id, items=items), actor=_RULE)


def _answers(elasticities: str) -> research.Elasticities:
    return research.read_elasticities(elasticities) if elasticities else research.Elasticities()


def _faults(texts: dict[str, str], elasticities: str) -> dict[str, str | Saying]:
    """What cannot be read of a draft and of elasticities, by field."""
    readings = {"draft": lambda: research.drafted(current_country().law, texts, on=None), "elasticities": lambda: _answers(elasticities)}
    faults: dict[str, str | Saying] = {}
    for name, read in readings.items():
        try:
            read()
        except ValueError as error:
            faults[name] = error.saying if isinstance(error, Refusal) else str(error)
    return faults


def listed(person: Person) -> list[Simulation]:
    """The simulations asked for last."""
    person.require(ROLES, "trying a reform")
    return store.latest(_MOST)


def seen(person: Person, simulation_id: UUID) -> Simulation:
    """How far a simulation is, or what came out; refuses with `UnknownSimulationError`."""
    person.require(ROLES, "trying a reform")
    found = store.find(simulation_id)
    if found is None:
        raise UnknownSimulationError("there is no simulation {number}", number=simulation_id)
    return found


def table(person: Person, simulation_id: UUID, dimension: str) -> Path:
    """The file (CSV) of the figures along one dimension; refuses with `UnknownSimulationError`."""
    path = folder(seen(person, simulation_id).id) / f"by_{dimension}.csv"
    if dimension not in DIMENSIONS or not path.is_file():
        wording = "there is no table by {dimension}; once a simulation is finished, there are: {dimensions}"
        raise UnknownSimulationError(wording, dimension=dimension, dimensions=DIMENSIONS)
    return path


def folder(simulation_id: UUID) -> Path:
    """Where the files of a simulation lie."""
    return Path(settings.SIMULATIONS) / str(simulation_id)
