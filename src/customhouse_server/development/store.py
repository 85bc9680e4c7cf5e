"""Dossiers in rows: read and written whole, and never over a change that the writer has not seen."""

from uuid import UUID

import msgspec

from customhouse_server.development import models
from customhouse_server.development.dossier import TYPES, Dossier, Kind, StaleDossierError, UnknownDossierError


def insert(dossier: Dossier) -> None:
    """Keep a new dossier."""
    models.Dossier.objects.create(id=dossier.id, kind=dossier.kind.value, version=dossier.version, **_columns(dossier))


def update(dossier: Dossier) -> None:
    """Keep a change to the version before; refuses with `StaleDossierError`."""
    before = models.Dossier.objects.filter(id=dossier.id, version=dossier.version - 1)
    if not before.update(version=dossier.version, **_columns(dossier)):
        raise StaleDossierError("it was saved elsewhere meanwhile: open it again to go on from there")


def dossier_of(dossier_id: UUID, kind: Kind, *, locked: bool = False) -> Dossier:
    """The dossier of that name and kind, held until the transaction ends if asked; refuses with `UnknownDossierError`."""
    rows = models.Dossier.objects.select_for_update() if locked else models.Dossier.objects
    row = rows.filter(id=dossier_id, kind=kind.value).first()
    if row is None:
        raise UnknownDossierError("there is no {kind} {number}", kind=kind.value, number=dossier_id)
    return _read(row)


def dossiers(kind: Kind, **columns: str) -> tuple[Dossier, ...]:
    """The dossiers of a kind, the newest first."""
    return tuple(_read(row) for row in models.Dossier.objects.filter(kind=kind.value, **columns).order_by("-saved_at", "id"))


def _columns(dossier: Dossier) -> dict[str, object]:
    return {
        "title": dossier.title,
        "state": dossier.state,
        "owner": dossier.owner,
        "saved_at": dossier.saved_at,
        "document": msgspec.to_builtins(dossier.value),
    }


def _read(row: models.Dossier) -> Dossier:
    kind = Kind(row.kind)
    return Dossier(
        id=row.id,
        kind=kind,
        owner=row.owner,
        version=row.version,
        saved_at=row.saved_at,
        value=msgspec.convert(row.document, TYPES[kind], strict=False),
    )
