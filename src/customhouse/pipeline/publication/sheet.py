"""Sheet: a table of what the law says, and with the day and the edition that it was made of, a publication (TFA 1.1 and 1.2)."""

from dataclasses import dataclass
from datetime import date

from customhouse import spreadsheet

Cell = str | tuple[str, ...]
"""A text, or several that stand beside each other."""


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
    sheet, stands = publication.sheet, (publication.on.isoformat(), publication.edition)
    return spreadsheet.written([(*sheet.columns, "on", "edition"), *((*row, *stands) for row in sheet.rows)])
