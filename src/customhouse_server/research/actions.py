"""Reforms tried on history.

start(person, draft_name, text, history=, at=, elasticities=) -> Simulation      supervisors and administrators
resume(person, simulation_id)
run(simulation_id, workers=)                                    in a process of its own
"""

import datetime as dt
from pathlib import Path
from uuid import UUID, uuid4

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from customhouse import research
from customhouse.cli import parquet_parts, simulation_file
from customhouse.saying import Refusal
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.research import runner, store
from customhouse_server.research.simulation import Simulation, State
from customhouse_server.tariff.country import current_country

ROLES = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
_KINDS = {".csv": "amending.csv", ".toml": "regime.toml"}
_MOST = 50


class UnknownHistoryError(Refusal, LookupError):
    """The installation offers no history of this name."""


def histories() -> list[str]:
    """The names of the histories that the installation offers."""
    return sorted(path.name for path in Path(settings.HISTORIES).glob("*.parquet"))


def start(  # noqa: PLR0913 - what is asked, in full
    person: Person, draft_name: str, text: str, *, history: str, at: dt.datetime, elasticities: str = ""
) -> Simulation:
    """Keep what is asked and have it run; refuses a draft or elasticities that cannot be read, and with `UnknownHistoryError`."""
    person.require(ROLES, "trying a reform")
    if history not in histories():
        raise UnknownHistoryError("there is no history {name}", name=history)
    kind = _KINDS.get(Path(draft_name).suffix)
    texts = {kind: text} if kind else {}
    research.drafted(current_country().law, texts, on=None)
    _answers(elasticities)
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
        transaction.on_commit(lambda: runner.begin(asked.id))
    return asked


def resume(person: Person, simulation_id: UUID) -> None:
    """Have a simulation that failed, or whose process fell silent, go on from where it stopped."""
    person.require(ROLES, "trying a reform")
    runner.begin(simulation_id)


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
        store.fail(simulation_id, str(error), at=timezone.now())
        return
    store.finish(simulation_id, outcome, at=timezone.now())


def _answers(elasticities: str) -> research.Elasticities:
    return research.read_elasticities(elasticities) if elasticities else research.Elasticities()


def listed() -> list[Simulation]:
    """The simulations asked for last."""
    return store.latest(_MOST)


def folder(simulation_id: UUID) -> Path:
    """Where the files of a simulation lie."""
    return Path(settings.SIMULATIONS) / str(simulation_id)
