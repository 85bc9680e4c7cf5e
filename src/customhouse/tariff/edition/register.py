"""Register of editions: who prepared each edition of a tariff from what, and who published it (WTO TFA Article 1.1)."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime

from customhouse.tariff.edition.sheet import UnreadableSetError


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One edition; a draft until somebody other than its author publishes it."""

    number: int
    prepared_by: str = ""
    prepared_at: datetime | None = None
    published_by: str = ""
    published_at: datetime | None = None
    source: str = ""
    sha256: str = ""
    note: str = ""

    @property
    def is_draft(self) -> bool:
        """Whether it was prepared and nobody has published it yet; what came with a country package was never prepared here."""
        return self.prepared_at is not None and self.published_at is None


_COLUMNS = tuple(field.name for field in fields(Edition))
_INSTANTS = ("prepared_at", "published_at")


def read_register(lines: Iterable[str]) -> tuple[Edition, ...]:
    """The editions of a register, in order; refuses with `UnreadableSetError` what is none."""
    reader = csv.DictReader(lines, restkey="surplus")
    try:
        editions = tuple(_edition(row, reader.line_num) for row in reader)
    except csv.Error as refusal:
        raise UnreadableSetError("editions.csv: the file is not CSV: {refusal}", refusal=refusal) from refusal
    if [each.number for each in editions] != list(range(1, len(editions) + 1)):
        raise UnreadableSetError("editions.csv: the editions are not numbered 1, 2, 3 and so on")
    if any(each.is_draft for each in editions[:-1]):
        raise UnreadableSetError("editions.csv: only the last edition may be a draft")
    return editions


def register_text(editions: Sequence[Edition]) -> str:
    """The register as CSV."""
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(_COLUMNS)
    for each in editions:
        values = [getattr(each, name) for name in _COLUMNS]
        writer.writerow([value.isoformat() if isinstance(value, datetime) else "" if value is None else value for value in values])
    return written.getvalue()


def _edition(row: "dict[str | None, str | None]", place: int) -> Edition:
    cells = {name: (row.get(name) or "").strip() for name in _COLUMNS}
    try:
        instants = {name: datetime.fromisoformat(cells[name]) if cells[name] else None for name in _INSTANTS}
        number = int(cells["number"])
    except ValueError as refusal:
        raise UnreadableSetError("editions.csv, row {place}: {refusal}", place=place, refusal=refusal) from refusal
    if any(instant is not None and instant.tzinfo is None for instant in instants.values()):
        raise UnreadableSetError(
            "editions.csv, row {place}: an instant has no time zone; write it as 2026-01-31T12:00:00+00:00", place=place
        )
    words = {name: text for name, text in cells.items() if name != "number" and name not in _INSTANTS}
    return Edition(number=number, **words, prepared_at=instants["prepared_at"], published_at=instants["published_at"])
