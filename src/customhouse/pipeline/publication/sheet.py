"""Sheet: a table of what the law says, and with the day and the edition that it was made of, a publication (TFA 1.1 and 1.2)."""

import csv
import io
from dataclasses import dataclass
from datetime import date

Cell = str | tuple[str, ...]
"""A text, or several that stand beside each other."""

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table: its rows, the names of its columns, and where in the product its content is kept.

    `unpublished` says what is not published in it, and why, where the country package does not state it.
    """

    title: str
    about: str
    source: str
    basis: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    unpublished: str = ""

    def __post_init__(self) -> None:
        """A row has a cell for each column."""
        assert all(len(row) == len(self.columns) for row in self.rows), self.title


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """A sheet as it stands on a day, with the country and the edition of the package that it was made of."""

    name: str
    country: str
    edition: str
    on: date
    sheet: Sheet

    def told(self) -> dict[str, object]:
        """The publication as plain values, each row by its columns."""
        rows = [dict(zip(self.sheet.columns, row, strict=True)) for row in self.sheet.rows]
        about = {"name": self.name, "country": self.country, "edition": self.edition, "on": self.on.isoformat()}
        sheet = {"title": self.sheet.title, "source": self.sheet.source, "legal_basis": self.sheet.basis}
        return about | sheet | {"unpublished": self.sheet.unpublished, "rows": rows}


def as_csv(publication: Publication) -> str:
    """The rows as CSV with day and edition in each; several texts are parted by `; `, and none begins a formula of a spreadsheet."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([*publication.sheet.columns, "on", "edition"])
    for row in publication.sheet.rows:
        writer.writerow([*map(_plain, row), publication.on.isoformat(), publication.edition])
    return text.getvalue()


def _plain(cell: Cell) -> str:
    text = cell if isinstance(cell, str) else "; ".join(cell)
    return f"'{text}" if text.startswith(_FORMULA) else text
