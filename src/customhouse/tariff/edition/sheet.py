"""Sheet: the rows of one table, each stamped with the edition that brought it and, once retired, with the one that retired it."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from customhouse.saying import Refusal
from customhouse.tariff.edition.table import ADDED, REMOVED, Line, Table
from customhouse.tariff.measure import FIRST_EDITION

_FROM, _TO = "valid_from", "valid_to"


class UnreadableSetError(Refusal, ValueError):
    """A file of a plain tariff set cannot be read; the message names the file, the row and what is wrong."""


@dataclass(frozen=True, slots=True)
class Row:
    """The cells of one row, in the order of its sheet's columns; it stands in the editions `[added_in, removed_in)`."""

    cells: tuple[str, ...]
    added_in: int = FIRST_EDITION
    removed_in: int | None = None

    def stands_in(self, edition: int) -> bool:
        """Whether the edition holds the row."""
        return self.added_in <= edition and (self.removed_in is None or edition < self.removed_in)


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with its rows of all editions; columns that the table does not know are kept."""

    table: Table
    columns: tuple[str, ...]
    rows: tuple[Row, ...] = ()

    def lines(self, edition: int) -> Iterator[dict[str, str]]:
        """The rows that stand in an edition, by column."""
        return (self.line(row) for row in self.rows if row.stands_in(edition))

    def line(self, row: Row) -> dict[str, str]:
        """One row by column."""
        return dict(zip(self.columns, row.cells, strict=True))

    def after(self, coming: Iterable[Line], number: int) -> "Sheet":
        """The sheet once edition `number` consists of these rows: new ones stamped, missing ones retired, the rest untouched.

        What an unpublished edition of that number had brought or retired before is forgotten.
        """
        columns = (*self.columns, *(each for each in self.table.columns if each not in self.columns))
        wanted = dict.fromkeys(tuple(line.get(column, "") for column in columns) for line in coming)
        blank = ("",) * (len(columns) - len(self.columns))
        rows: list[Row] = []
        for row in self.rows:
            if row.added_in >= number:
                continue
            cells = row.cells + blank
            stood = row.removed_in is None or row.removed_in >= number
            removed = row.removed_in if not stood else None if cells in wanted else number
            if stood:
                wanted.pop(cells, None)
            rows.append(row if not blank and removed == row.removed_in else Row(cells, row.added_in, removed))
        rows += [Row(cells, number) for cells in wanted]
        return replace(self, columns=columns, rows=tuple(rows))

    def text(self) -> str:
        """The sheet as CSV; the columns of editions are left out while there has been only one."""
        stamped = any(row.added_in != FIRST_EDITION or row.removed_in is not None for row in self.rows)
        written = io.StringIO()
        writer = csv.writer(written, lineterminator="\n")
        writer.writerow((*self.columns, ADDED, REMOVED) if stamped else self.columns)
        for row in self.rows:
            removed = "" if row.removed_in is None else str(row.removed_in)
            writer.writerow((*row.cells, str(row.added_in), removed) if stamped else row.cells)
        return written.getvalue()


def empty_sheet(table: Table) -> Sheet:
    """A sheet without rows."""
    return Sheet(table, table.columns)


def read_sheet(table: Table, lines: Iterable[str]) -> Sheet:
    """The sheet of a CSV, row by row; refuses with `UnreadableSetError` one without a column that tells its rows apart."""
    reader = csv.reader(lines)
    try:
        header = [name.strip().removeprefix("\ufeff") for name in next(reader, [])]
        missing = [name for name in table.identity if name not in header and not (table.name == "measures" and name == "id")]
        if missing:
            raise UnreadableSetError("{name}.csv: the column {missing} is missing", name=table.name, missing=missing)
        columns = tuple(name for name in header if name not in {ADDED, REMOVED})
        rows = tuple(_row(header, cells, f"{table.name}.csv, row {reader.line_num}") for cells in reader if cells)
    except csv.Error as refusal:
        raise UnreadableSetError(
            "{name}.csv, row {line}: the line is not CSV: {refusal}",
            name=table.name,
            line=reader.line_num,
            refusal=refusal,
        ) from refusal
    return Sheet(table, columns, rows)


def _row(header: Sequence[str], cells: Sequence[str], place: str) -> Row:
    if len(cells) > len(header):
        raise UnreadableSetError(
            "{place}: there are {cells} cells under {columns} columns", place=place, cells=len(cells), columns=len(header)
        )
    stamps: dict[str, int | None] = {ADDED: FIRST_EDITION, REMOVED: None}
    kept = []
    for name, cell in zip(header, (*cells, *[""] * (len(header) - len(cells))), strict=True):
        text = cell.strip()
        if name not in stamps:
            kept.append(text)
        elif text:
            stamps[name] = _edition(text, f"{place}, {name}")
    return Row(tuple(kept), stamps[ADDED] or FIRST_EDITION, stamps[REMOVED])


def _edition(text: str, place: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 10 and int(text) > 0):  # noqa: PLR2004 - no tariff has so many editions
        raise UnreadableSetError("{place}: {text!r} is not the number of an edition", place=place, text=text)
    return int(text)


def dated_lines(standing: Iterable[Line], coming: Iterable[Line], *, on: date) -> Iterator[Line]:
    """What a source without dates comes to if it applies from a day: new rows start then, rows that it lacks end then.

    Rows that stand unchanged keep the day from which they hold, and rows that ended before stay.
    """
    wanted = {_undated(line): line for line in coming}
    for line in standing:
        if line.get(_TO):
            yield line
        elif _undated(line) in wanted:
            del wanted[_undated(line)]
            yield line
        elif (line.get(_FROM) or "") < on.isoformat():
            yield {**line, _TO: on.isoformat()}
    yield from ({**line, _FROM: on.isoformat()} for line in wanted.values())


def _undated(line: Line) -> tuple[tuple[str, str], ...]:
    return tuple(sorted((name, cell) for name, cell in line.items() if cell and name not in {_FROM, _TO}))
