"""Tariff set: the plain CSV files of a country's tariff with all their editions; a new edition is the difference against the last."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from customhouse.tariff.edition.register import Edition, read_register, register_text
from customhouse.tariff.edition.sheet import Sheet, UnreadableSetError, empty_sheet, read_sheet
from customhouse.tariff.edition.table import TABLES, Line

REGISTER = "editions"


@dataclass(frozen=True, slots=True)
class Count:
    """What an edition does to one table."""

    added: int
    retired: int
    unchanged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Preparation:
    """Who prepares an edition, when, and from what."""

    by: str
    at: datetime
    source: str = ""
    sha256: str = ""
    note: str = ""

    def edition(self, number: int, before: Edition | None) -> Edition:
        """The draft that comes of it; whoever had a hand in the one that it replaces stays an author, and its sources are told."""
        return Edition(
            number=number,
            prepared_by=_joined(before.prepared_by if before else "", self.by, "; "),
            prepared_at=self.at,
            source=_joined(before.source if before else "", self.source, "; "),
            sha256=_joined(before.sha256 if before else "", self.sha256, " "),
            note=self.note or (before.note if before else ""),
        )


@dataclass(frozen=True, slots=True)
class TariffSet:
    """The sheets by the name of their table, and the register of the editions that they hold."""

    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    editions: tuple[Edition, ...] = ()

    @property
    def published(self) -> int:
        """The number of the newest published edition, 0 where there is none."""
        return max((each.number for each in self.editions if not each.is_draft), default=0)

    @property
    def draft(self) -> Edition | None:
        """The edition that waits to be published."""
        return self.editions[-1] if self.editions and self.editions[-1].is_draft else None

    @property
    def newest(self) -> int:
        """The number of the last edition, a draft or not."""
        return self.editions[-1].number if self.editions else 0

    def lines(self, table: str, *, edition: int) -> Iterator[dict[str, str]]:
        """The rows of a table in an edition."""
        return self.sheets[table].lines(edition) if table in self.sheets else iter(())

    def identified(self, edition: int) -> dict[str, Line]:
        """Every row of an edition by table and identity, so that two editions can be compared; dated rows by their first day too."""
        found: dict[str, Line] = {}
        for name in sorted(self.sheets):
            if name == "taric3_records":
                continue
            for line in self.lines(name, edition=edition):
                key = f"{name} {TABLES[name].identity_of(line)}"
                place = key if key not in found else f"{key} from {line.get('valid_from') or 'the start'}"
                number = 2
                while place in found:
                    place, number = f"{key} ({number})", number + 1
                found[place] = line
        return found

    def counts(self, edition: int) -> dict[str, Count]:
        """How many rows an edition adds, retires and leaves, by table."""
        return {
            name: Count(
                added=sum(row.added_in == edition for row in sheet.rows),
                retired=sum(row.removed_in == edition for row in sheet.rows),
                unchanged=sum(row.stands_in(edition) and row.added_in < edition for row in sheet.rows),
            )
            for name, sheet in sorted(self.sheets.items())
        }

    def after(self, coming: Mapping[str, Iterable[Line]], prepared: Preparation) -> "TariffSet":
        """The set with a draft that consists of these rows; tables that do not come stay. The same set where nothing changes.

        A draft that waited is replaced: the new one is the difference against what is published.
        """
        number = self.published + 1
        sheets = dict(self.sheets)
        for name, lines in coming.items():
            sheets[name] = self.sheets.get(name, empty_sheet(TABLES[name])).after(lines, number)
        if all(self.sheets.get(name, empty_sheet(TABLES[name])).rows == sheet.rows for name, sheet in sheets.items()):
            return self
        editions = self.editions[: self.published]
        changes = any(number in {row.added_in, row.removed_in} for sheet in sheets.values() for row in sheet.rows)
        if changes:
            editions += (prepared.edition(number, self.draft),)
        return replace(self, sheets=sheets, editions=editions)

    def texts(self) -> dict[str, str]:
        """The files of the set by name, without `.csv`."""
        return {**{name: sheet.text() for name, sheet in self.sheets.items()}, REGISTER: register_text(self.editions)}


def _joined(before: str, now: str, separator: str) -> str:
    return separator.join(dict.fromkeys(part for part in (*before.split(separator), *now.split(separator)) if part.strip()))


def read_set(files: Mapping[str, Iterable[str]]) -> TariffSet:
    """The set of these CSV files, each by its name without `.csv` and line by line; refuses with `UnreadableSetError`.

    Files without a register are one published edition: what a country package ships.
    """
    sheets = {name: read_sheet(TABLES[name], files[name]) for name in TABLES if name in files}
    editions = read_register(files[REGISTER]) if REGISTER in files else ()
    if not editions and any(sheet.rows for sheet in sheets.values()):
        editions = (Edition(number=1),)
    newest = len(editions)
    for name, sheet in sheets.items():
        beyond = [row for row in sheet.rows if row.added_in > newest or (row.removed_in or 0) > newest]
        if beyond:
            raise UnreadableSetError(
                "{name}.csv: a row names edition {number} of {newest}",
                name=name,
                number=max(beyond[0].added_in, beyond[0].removed_in or 0),
                newest=newest,
            )
    return TariffSet(sheets, editions)
