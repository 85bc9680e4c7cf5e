"""Simulation: a draft run over a history of the installation, as the rest of the site knows it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID


class State(StrEnum):
    """How far a simulation is."""

    WAITING = "waiting"
    RUNNING = "running"
    FINISHED = "finished"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulation:
    """What was asked, how far it is, and what came out; without elasticities, a CSV, imports do not answer."""

    id: UUID
    owner: str
    draft_name: str
    draft: dict[str, str]
    history: str
    elasticities: str
    state: State
    done: int
    total: int
    outcome: dict[str, Any] | None
    reason: str
    asked_at: datetime
    seen_at: datetime
