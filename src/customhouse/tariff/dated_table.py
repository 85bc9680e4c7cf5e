"""Dated table: a CSV file whose rows hold for a period, read with the row and the column of what is wrong in it."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from customhouse.kernel import Validity
from customhouse.saying import Refusal


class UnreadableTableError(Refusal, ValueError):
    """A CSV file lacks a column, or a cell of it cannot be read; the message names the row and the column."""


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the file, counted from 1 with the header, and its cells."""

    number: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        """The text of a cell, empty where the row ends before it."""
        return self.cells.get(column, "")

    def stands_in(self, edition: int) -> bool:
        """Whether an edition of the table holds the row: from `added_in`, until `removed_in`; refuses as `validity` does."""
        try:
            added, removed = int(self["added_in"] or 1), int(self["removed_in"] or edition + 1)
        except ValueError as refusal:
            raise UnreadableTableError("row {number}, added_in or removed_in: {refusal}", number=self.number, refusal=refusal) from refusal
        return added <= edition < removed

    @property
    def validity(self) -> Validity:
        """The period from `valid_from` until the day before `valid_to`; refuses with `UnreadableTableError` what is no period."""
        try:
            return Validity(_day(self["valid_from"]), _day(self["valid_to"]))
        except ValueError as refusal:
            raise UnreadableTableError("row {number}, valid_from or valid_to: {refusal}", number=self.number, refusal=refusal) from refusal


def read_table(text: str, columns: tuple[str, ...]) -> Iterator[Row]:
    """The rows of a CSV with at least these columns; refuses with `UnreadableTableError` a file without one of them."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restkey="surplus", skipinitialspace=True)
    missing = [column for column in columns if column not in (reader.fieldnames or ())]
    if missing:
        raise UnreadableTableError("row 1: the column {missing} is missing", missing=missing)
    for number, cells in enumerate(reader, start=2):
        yield Row(number, {name: (cell or "").strip() for name, cell in cells.items() if name != "surplus"})


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None
