"""Schedule: the lines of the Harmonized Tariff Schedule as its CSV and JSON exports hold them (HTSUS, 19 USC 1202)."""

import csv
import io
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from customhouse.saying import Refusal

_CSV_HEADER = {"HTS Number", "Indent", "Description", "General Rate of Duty"}


class UnreadableScheduleError(Refusal, ValueError):
    """A file is not an export of the schedule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduleLine:
    """One line as published: its number where it has one, its depth, its words, units, and the texts of its rates."""

    number: str
    indent: int
    description: str
    units: tuple[str, ...] = ()
    general: str = ""
    special: str = ""
    column_2: str = ""
    quota_quantity: str = ""
    additional_duties: str = ""
    footnotes: tuple[str, ...] = ()


def read_schedule(text: str) -> Iterator[ScheduleLine]:
    """The lines of an export, CSV or JSON; refuses with `UnreadableScheduleError` what is neither."""
    text = text.removeprefix("\ufeff")
    return _json_lines(text) if text.lstrip()[:1] == "[" else _csv_lines(text)


def _json_lines(text: str) -> Iterator[ScheduleLine]:
    try:
        rows = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        raise UnreadableScheduleError("the file is not JSON: {error}", error=error) from error
    for place, row in enumerate(rows, start=1):
        if not isinstance(row, dict) or not {"htsno", "description"} <= row.keys():
            raise UnreadableScheduleError("entry {place} is not a line of the schedule: it has no htsno and description", place=place)
        yield ScheduleLine(
            number=_words(row["htsno"]),
            indent=_indent(row.get("indent"), place=place),
            description=_words(row["description"]),
            units=tuple(_words(each) for each in _listed(row.get("units"))),
            general=_words(row.get("general")),
            special=_words(row.get("special")),
            column_2=_words(row.get("other")),
            quota_quantity=_words(row.get("quotaQuantity")),
            additional_duties=_words(row.get("additionalDuties")),
            footnotes=tuple(_footnote(each) for each in _listed(row.get("footnotes"))),
        )


def _csv_lines(text: str) -> Iterator[ScheduleLine]:
    try:
        yield from _csv_rows(csv.DictReader(io.StringIO(text, newline="")))
    except csv.Error as error:
        raise UnreadableScheduleError("the file is not CSV: {error}", error=error) from error


def _csv_rows(rows: "csv.DictReader[str]") -> Iterator[ScheduleLine]:
    missing = _CSV_HEADER - set(rows.fieldnames or ())
    if missing:
        raise UnreadableScheduleError("the file lacks the columns {missing}", missing=sorted(missing))
    for place, row in enumerate(rows, start=2):
        yield ScheduleLine(
            number=_words(row["HTS Number"]),
            indent=_indent(row["Indent"], place=place),
            description=_words(row["Description"]),
            units=_units(row.get("Unit of Quantity") or ""),
            general=_words(row["General Rate of Duty"]),
            special=_words(row.get("Special Rate of Duty")),
            column_2=_words(row.get("Column 2 Rate of Duty")),
            quota_quantity=_words(row.get("Quota Quantity")),
            additional_duties=_words(row.get("Additional Duties")),
        )


def _words(value: object) -> str:
    return " ".join(value.split()) if isinstance(value, str) else ""


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _indent(value: object, *, place: int) -> int:
    try:
        return int(str(value or 0))
    except ValueError:
        raise UnreadableScheduleError("the indent of line {place} is {value!r}, not a number", place=place, value=value) from None


def _units(text: str) -> tuple[str, ...]:
    """The units of a cell, which the CSV export writes as a JSON list."""
    try:
        listed = json.loads(text) if text.startswith("[") else [text]
    except json.JSONDecodeError:
        listed = [text]
    return tuple(_words(each) for each in listed if each)


def _footnote(value: object) -> str:
    return _words(value.get("value")) if isinstance(value, Mapping) else ""
