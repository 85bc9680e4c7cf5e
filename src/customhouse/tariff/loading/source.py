"""Source: what a published tariff file says, as rows of the plain set, with what could not be read of it."""

import csv
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import IO

from customhouse.kernel import Finding, Severity
from customhouse.saying import Refusal
from customhouse.tariff.edition.table import Line
from customhouse.tariff.measure_type import kind_of, read_claims, read_measure_types

MOST_BYTES = 4_000_000_000  # of a source read as a stream
MOST_BYTES_AT_ONCE = 256_000_000  # of one that is read as a whole


class UnreadableSourceError(Refusal, ValueError):
    """A file is not in the form that it was said to be in; the message says where it departs from it."""


class Dialect(StrEnum):
    """The form of a published tariff."""

    HTS = "hts"
    UK_CSV = "uk-csv"
    TARIC3 = "taric3"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class MeasureTypes:
    """How a country package maps the types of published measures; a type that it does not map, or that is no tax, is its own kind."""

    kinds: Mapping[str, str] = field(default_factory=dict)
    preferences: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def kind(self, measure_type: str, additional_code: str) -> str:
        """The kind of tax that a measure of the type feeds."""
        return kind_of(self.kinds.get(measure_type, ""), additional_code=additional_code) or measure_type

    def claims(self, measure_type: str) -> str:
        """The preferences under which a measure of the type is claimed, apart by spaces."""
        return " ".join(self.preferences.get(measure_type, ()))


def measure_types(text: str) -> MeasureTypes:
    """The map that a file `measure_types.csv` holds."""
    return MeasureTypes(read_measure_types(text), read_claims(text))


@dataclass(slots=True)
class Loaded:
    """The rows by table, what is wrong with some of the source, and how much was passed over, by what it is."""

    lines: dict[str, list[Line]] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)

    def joined(self, other: "Loaded") -> "Loaded":
        """What both sources say."""
        for table, lines in other.lines.items():
            self.lines.setdefault(table, []).extend(lines)
        self.findings += other.findings
        self.passed_over += other.passed_over
        return self


def whole_text(stream: IO[bytes]) -> str:
    """All of a source that can only be read as a whole; refuses with `UnreadableSourceError` what is too large or not UTF-8."""
    content = stream.read(MOST_BYTES_AT_ONCE + 1)
    if len(content) > MOST_BYTES_AT_ONCE:
        raise UnreadableSourceError("the file is larger than {most} bytes", most=f"{MOST_BYTES_AT_ONCE:,}")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise UnreadableSourceError("the file is not UTF-8: {error}", error=error) from error


def text_lines(stream: IO[bytes]) -> Iterator[str]:
    """The lines of a source, one after the other; refuses with `UnreadableSourceError` what is not UTF-8, or has no end."""
    taken = 0
    for place, line in enumerate(iter(lambda: stream.readline(MOST_BYTES_AT_ONCE), b""), start=1):
        taken += len(line)
        if taken > MOST_BYTES:
            raise UnreadableSourceError("the file is larger than {most} bytes", most=f"{MOST_BYTES:,}")
        try:
            yield line.decode("utf-8-sig" if place == 1 else "utf-8")
        except UnicodeDecodeError as error:
            raise UnreadableSourceError("line {place} is not UTF-8: {error}", place=place, error=error) from error


def csv_rows(lines: Iterator[str]) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a CSV by number, their cells trimmed; refuses with `UnreadableSourceError` what is no CSV."""
    reader = csv.DictReader(lines, restkey="surplus")
    try:
        for row in reader:
            yield (
                reader.line_num,
                {name: (cell or "").strip() for name, cell in row.items() if isinstance(name, str) and not isinstance(cell, list)},
            )
    except csv.Error as refusal:
        raise UnreadableSourceError("line {line} is not CSV: {refusal}", line=reader.line_num, refusal=refusal) from refusal


def first_day(text: str) -> str:
    """The day from which something holds, as the plain set writes it; refuses with `ValueError` what is no day."""
    return date.fromisoformat(text[:10]).isoformat() if text else ""


def day_after(text: str) -> str:
    """The first day after the last one on which something holds: nothing where it has no end."""
    if not text:
        return ""
    last = date.fromisoformat(text[:10])
    return "" if last.year >= date.max.year else (last + timedelta(days=1)).isoformat()


def told(code: str, pointer: str, *, params: Mapping[str, str], severity: Severity = Severity.WARNING) -> Finding:
    """One thing that is wrong in a source."""
    return Finding(code=code, pointer=pointer, severity=severity, params=dict(params))
