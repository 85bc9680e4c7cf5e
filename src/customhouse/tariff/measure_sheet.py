"""Measure sheet: the measures of a CSV file, with everything that is wrong in it told at once."""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from customhouse.kernel import Finding, Severity, Validity
from customhouse.tariff.condition import Condition, UnreadableConditionError, read_conditions
from customhouse.tariff.dialect import Dialect, dialect
from customhouse.tariff.measure import FIRST_EDITION, Measure
from customhouse.tariff.taric import UnreadableSeasonError

COLUMNS = (
    "id",
    "commodity",
    "area",
    "excludes",
    "kind",
    "additional_code",
    "preference",
    "quota",
    "rate",
    "conditions",
    "legal_basis",
    "valid_from",
    "valid_to",
    "displaced_by",
)
_NEEDED = ("commodity", "kind", "rate")
_SEPARATOR = re.compile(r"[\s;|,]+")


@dataclass(frozen=True, slots=True)
class MeasureSheet:
    """The measures that could be read and the findings on the rows that could not, or only in part."""

    measures: tuple[Measure, ...]
    findings: tuple[Finding, ...]


def read_measures(text: str, *, rates: str = "taric") -> MeasureSheet:
    """The measures of a CSV with the header of `COLUMNS`, to which `measure_type` and `reduction` may be added.

    A `valid_to` is the first day on which the measure no longer applies. Several excluded areas or preferences are separated by
    spaces. A rate that cannot be computed is kept, since its tax must come out undetermined and not be left out. A row without an
    id is known by its number; a seasonal rate gives one measure a season. Where editions were loaded, `added_in` and `removed_in`
    are those that brought and that retired the row. `rates` is how they are written: `taric` or `hts`.
    """
    read_rates = dialect(rates)
    rows = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")), restkey="surplus", skipinitialspace=True)
    missing = [column for column in _NEEDED if column not in (rows.fieldnames or ())]
    if missing:
        fix = f"head the file {','.join(COLUMNS)}"
        return MeasureSheet((), tuple(_wrong(1, column, "the column is missing", fix=fix) for column in missing))
    measures: list[Measure] = []
    findings: list[Finding] = []
    seen: dict[str, list[tuple[int, Measure]]] = {}
    for number, row in enumerate(_readable(rows, findings), start=2):
        sheet = _Row(number, {name: (cell or "").strip() for name, cell in row.items() if isinstance(cell, str)}, read_rates)
        read = list(sheet.measures())
        before = next((row for row, other in seen.get(sheet.id, ()) if any(_at_once(each, other) for each in read)), None)
        if before is not None:
            what = f"the id stands already in row {before}"
            sheet.object("id", what, fix="give each measure an id of its own", severity=Severity.WARNING)
        seen.setdefault(sheet.id, []).extend((number, each) for each in read[:1])
        findings += sheet.findings
        if not any(finding.severity is Severity.ERROR for finding in sheet.findings):
            measures += read
    return MeasureSheet(tuple(measures), tuple(findings))


def _at_once(one: Measure, other: Measure) -> bool:
    """Whether two measures are both in force on some day as some edition knows them."""
    editions = one.is_known(other.added_in) or other.is_known(one.added_in)
    return editions and one.validity.overlaps(other.validity)


def _readable(rows: "csv.DictReader[str]", findings: list[Finding]) -> Iterator[dict[str, str]]:
    """The rows up to the first that no reader of CSV could split."""
    try:
        yield from rows
    except csv.Error as refusal:
        findings.append(_wrong(rows.line_num, "id", f"the line is not CSV: {refusal}", fix="close its quotation marks"))


class _Row:
    """One row while it is read: its cells and what is wrong with them."""

    def __init__(self, number: int, cells: dict[str, str], read_rates: Dialect) -> None:
        self.number = number
        self.read_rates = read_rates
        self.cells = cells
        self.findings: list[Finding] = []
        self.id = cells.get("id") or f"row {number}"

    def cell(self, column: str) -> str:
        return self.cells.get(column, "")

    def object(self, column: str, what: str, *, fix: str, severity: Severity = Severity.ERROR) -> None:
        self.findings.append(_wrong(self.number, column, what, fix=fix, severity=severity))

    def measures(self) -> Iterator[Measure]:
        if not self.cell("kind"):
            self.object("kind", "the cell is empty", fix="name the tax")
        if not re.fullmatch(r"[0-9 .]*", self.cell("commodity")):
            what = f"{self.cell('commodity')!r} is not a commodity code"
            self.object("commodity", what, fix="write digits only, or nothing for all goods")
        conditions, validity = self._conditions(), self._validity()
        added, removed = self._edition("added_in"), self._edition("removed_in")
        try:
            seasons = self.read_rates(self.cell("rate"))
        except UnreadableSeasonError as refusal:
            self.object("rate", str(refusal), fix="write the days as 01 JAN-31 MAY")
            return
        for place, (season, rate) in enumerate(seasons, start=1):
            if rate.unreadable:
                what = f"{rate.text!r}: {rate.unreadable}"
                self.object("rate", what, fix="write it as 5 % + 2.50 EUR / 100 kg, or 0 %", severity=Severity.WARNING)
            yield Measure(
                id=self.id if season is None else f"{self.id}/{place}",
                commodity=self.cell("commodity").replace(" ", "").replace(".", ""),
                kind=self.cell("kind"),
                rate=rate,
                area=self.cell("area"),
                excludes=_several(self.cell("excludes")),
                additional_code=self.cell("additional_code"),
                preferences=_several(self.cell("preference")),
                quota=self.cell("quota"),
                conditions=conditions,
                displaced_by=_several(self.cell("displaced_by")),
                legal_basis=self.cell("legal_basis"),
                validity=validity,
                season=season,
                type=self.cell("measure_type"),
                reduction=self.cell("reduction"),
                added_in=added or FIRST_EDITION,
                removed_in=removed,
            )

    def _conditions(self) -> tuple[Condition, ...]:
        try:
            return read_conditions(self.cell("conditions"))
        except UnreadableConditionError as refusal:
            self.object("conditions", str(refusal), fix="write it as B:C644=apply;B:-=refuse")
            return ()

    def _edition(self, column: str) -> int | None:
        text = self.cell(column)
        if text and not (text.isascii() and text.isdigit()):
            self.object(column, f"{text!r} is not the number of an edition", fix="leave it to the command that loads editions")
            return None
        return int(text) if text else None

    def _validity(self) -> Validity:
        days: dict[str, date | None] = {}
        for column in ("valid_from", "valid_to"):
            text = self.cell(column)
            try:
                days[column] = date.fromisoformat(text[:10]) if text else None
            except ValueError:
                self.object(column, f"{text!r} is not a day", fix="write it as 2026-01-31")
        try:
            return Validity(days.get("valid_from"), days.get("valid_to"))
        except ValueError as refusal:
            self.object("valid_to", str(refusal), fix="let the measure end after it starts")
            return Validity()


def _several(text: str) -> tuple[str, ...]:
    return tuple(part for part in _SEPARATOR.split(text) if part)


def _wrong(row: int, column: str, what: str, *, fix: str, severity: Severity = Severity.ERROR) -> Finding:
    params = {"row": str(row), "column": column, "what": what, "fix": fix}
    return Finding(code="TRF-01", pointer=f"row[{row}]/{column}", severity=severity, params=params)
