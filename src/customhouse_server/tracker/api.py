"""Trackers over the interface: standings, clocks and notices to read; entries to state, verify and take back."""

from uuid import UUID

import msgspec
from django.http import HttpResponse
from ninja import Field, Router, Schema

from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.tariff.country import current_country
from customhouse_server.tracker import actions, current, exported
from customhouse_server.tracker.actions import Stated
from customhouse_server.tracker.matter import Kind
from customhouse_server.tracker.store import Entry, UnknownEntryError
from customhouse_server.tracker.tracked import Tracked

router = Router(tags=["trackers"])


class EntryStated(Schema):
    """An entry of a register: its kind, what it is about (as tfa/7.1), and the document of that kind."""

    kind: Kind
    subject: str = Field(max_length=120)
    document: dict[str, object]
    matter: UUID | None = None
    version: int = 0


class VersionRead(Schema):
    """The version of the entry that was read before deciding."""

    version: int


@router.get("/trackers/{name}", summary="How far an agreement is carried out")
def agreement(request: CalledRequest, name: str) -> HttpResponse:
    """Answer with every provision, its state, its reasons, its law, its category and the work left, by figures up to a day."""
    known = _known(request)
    instrument = current.instruments().get(name)
    if instrument is None:
        raise UnknownEntryError("there is no agreement {name}: name one of {names}", name=name, names=current.INSTRUMENTS)
    told = {"name": name, "title": instrument.title, "on": known.on, "figures_up_to": known.year.last_day if known.year else None}
    return json_response(told | {"provisions": exported.rows(instrument, known)})


@router.get("/tracker-clocks", summary="Clocks and notices")
def clocks(request: CalledRequest) -> HttpResponse:
    """Answer with the days by which measures are to be carried out, and the notices owed to the WTO."""
    known = _known(request)
    found = [msgspec.to_builtins(each) | {"days_left": each.days_left(on=known.on)} for each in known.deadlines]
    return json_response({"on": known.on, "clocks": found, "notices": known.notices})


@router.get("/tracker-entries", summary="Entries of the registers")
def entries(request: CalledRequest, kind: Kind | None = None, subject: str = "") -> HttpResponse:
    """Answer with the entries as they stand, of a kind and a subject where they are named."""
    known = _known(request)
    return json_response(
        {"entries": [_told(each) for each in known.entries if kind in (None, each.kind) and subject in ("", each.subject)]}
    )


@router.post("/tracker-entries", openapi_extra=ONCE, summary="State an entry")
def state(request: CalledRequest, body: EntryStated) -> HttpResponse:
    """State an entry, or with its matter and version change one."""
    stated = Stated(body.kind, body.subject, body.document, matter=body.matter, version=body.version)
    return done(request, lambda: _told(actions.record(request.auth.person, stated, at=request.auth.at)), status=201)


@router.post("/tracker-entries/{uuid:matter}/verification", openapi_extra=ONCE, summary="Verify an entry")
def verify(request: CalledRequest, matter: UUID, body: VersionRead) -> HttpResponse:
    """Verify what somebody else stated."""
    return done(request, lambda: _told(actions.verify(request.auth.person, matter, version=body.version, at=request.auth.at)))


@router.post("/tracker-entries/{uuid:matter}/withdrawal", openapi_extra=ONCE, summary="Take an entry back")
def withdraw(request: CalledRequest, matter: UUID, body: VersionRead) -> HttpResponse:
    """Take an entry back; it stays in the history."""
    return done(request, lambda: _told(actions.withdraw(request.auth.person, matter, version=body.version, at=request.auth.at)))


def _known(request: CalledRequest) -> Tracked:
    return actions.tracked(request.auth.person, on=current_country().legal_day(at=request.auth.at))


def _told(entry: Entry) -> dict[str, object]:
    return {
        "matter": entry.matter,
        "version": entry.version,
        "kind": entry.kind,
        "subject": entry.subject,
        "document": msgspec.to_builtins(entry.document),
        "author": entry.author,
        "verified_by": entry.verified_by,
        "is_withdrawn": entry.is_withdrawn,
        "written_at": entry.written_at,
    }
