"""Edition: the environmental scan as it stands, its summary, what changed since it was last frozen, and how it is frozen under its seal."""

import datetime as dt

from django.db import transaction

from customhouse.kernel import Event
from customhouse.saying import Refusal, Saying, saying
from customhouse.shipped import shipped_or_own
from customhouse.strategy import scan
from customhouse_server.accounts.person import Person
from customhouse_server.gateway.fault import FaultyError
from customhouse_server.journal import store as journal
from customhouse_server.register import store, writing
from customhouse_server.register.office import ScanItem
from customhouse_server.register.store import UnknownEntryError
from customhouse_server.register.writing import EDITORS
from customhouse_server.tariff.country import current_country

_COMMAND = "command line"
_EDITIONS = "scan-editions"


class ScanThereError(Refusal, RuntimeError):
    """The register of the scan holds items already."""


class ScanFrozen(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An edition of the environmental scan was frozen under its seal."""

    name: str
    seal: str


def standing(*, on: dt.date, name: str = "current") -> scan.Edition:
    """The scan as it stands, as the edition that it would be."""
    items = tuple(ScanItem.decoded(each.document).item() for each in store.current("scan"))
    return scan.Edition(name=name, title="Environmental scan", published_on=on, items=items)


def summary(*, on: dt.date) -> tuple[Saying, ...]:
    """The executive summary of the scan as it stands."""
    return scan.summary(standing(on=on), on=on)


def editions() -> tuple[scan.Edition, ...]:
    """The frozen editions of the scan, in order."""
    return store.documents(_EDITIONS, scan.Edition)


def changes(*, on: dt.date) -> tuple[Saying, ...]:
    """In words, what changed in the scan since its last frozen edition; nothing where none is frozen."""
    frozen = editions()
    return scan.difference(frozen[-1], standing(on=on)) if frozen else ()


@transaction.atomic
def freeze(person: Person, name: str, *, at: dt.datetime) -> scan.Edition:
    """Freeze the scan as it stands as an edition of that name, which nobody can change any more."""
    person.require(EDITORS, "freezing an edition")
    if not name.strip():
        raise FaultyError({"name": saying("an edition has a name")})
    edition = standing(name=name.strip(), on=current_country().legal_day(at=at))
    _keep(edition, actor=person.username, at=at)
    return edition


@transaction.atomic
def load(name_or_file: str, *, at: dt.datetime) -> int:
    """Bring a shipped edition, or one of a file, into an empty register and freeze it; how many items it has."""
    if store.current("scan"):
        raise ScanThereError("the register of the scan holds items already")
    file = shipped_or_own("scans", name_or_file)
    if file is None:
        raise UnknownEntryError("there is no edition {name!r}", name=name_or_file)
    edition = scan.read_edition(file.read_text("utf-8"))
    for item in edition.items:
        writing.begin("scan", ScanItem.of(item), actor=_COMMAND, at=at)
    _keep(edition, actor=_COMMAND, at=at)
    return len(edition.items)


def _keep(edition: scan.Edition, *, actor: str, at: dt.datetime) -> None:
    store.write(_EDITIONS, store.Entry(store.next_number(_EDITIONS), 1, store.document(edition), False, at, actor))
    journal.record(ScanFrozen(occurred_at=at, name=edition.name, seal=edition.seal), actor=actor)
