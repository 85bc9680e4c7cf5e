"""Dossier: a document of capacity building as it is kept, and what each kind of it is made of."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

import msgspec

from customhouse.development import delivery, diagnostic, donor, people, project
from customhouse.saying import Refusal


class Kind(StrEnum):
    """The kinds of dossier."""

    DIAGNOSTIC = "diagnostic"
    PROJECT = "project"
    PLEDGE = "pledge"
    REQUEST = "request"
    MISSION = "mission"
    EXPERT = "expert"
    POST = "post"


TYPES: dict[Kind, type[msgspec.Struct]] = {
    Kind.DIAGNOSTIC: diagnostic.Diagnostic,
    Kind.PROJECT: project.Project,
    Kind.PLEDGE: donor.Pledge,
    Kind.REQUEST: delivery.Request,
    Kind.MISSION: delivery.Mission,
    Kind.EXPERT: delivery.Expert,
    Kind.POST: people.Post,
}
_TITLES = {Kind.DIAGNOSTIC: "administration", Kind.REQUEST: "text", Kind.EXPERT: "name", Kind.POST: "unit"}


class UnknownDossierError(Refusal, LookupError):
    """There is no such dossier."""


class StaleDossierError(Refusal, ValueError):
    """The dossier was saved elsewhere meanwhile; nothing is overwritten."""


class NotOwnerError(Refusal, PermissionError):
    """The dossier is another's to change."""


@dataclass(frozen=True, slots=True)
class Dossier:
    """One dossier: its document as a core value, whose it is, and the version that the next change must name."""

    id: UUID
    kind: Kind
    owner: str
    version: int
    saved_at: dt.datetime
    value: Any

    @property
    def title(self) -> str:
        """What it is called in a list."""
        return str(getattr(self.value, _TITLES.get(self.kind, "title")))[:200]

    @property
    def state(self) -> str:
        """Where it stands, if its kind has states."""
        if isinstance(self.value, diagnostic.Diagnostic):
            return "closed" if self.value.closed_on else "open"
        return str(getattr(self.value, "state", ""))
