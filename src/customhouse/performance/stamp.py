"""Stamp: when goods reached a stage, as a port, a terminal, another agency, a bank or a paper tells it, read from a table (CSV)."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta

COLUMNS = ("declaration", "stage", "instant", "actor", "source")
STAGES = ("arrived", "unloaded", "available", "agency_asked", "agency_decided", "paid", "removed")
"""What customs does not see itself. The actor of an agency's stamp is the agency; a bank's payment counts where customs saw none."""
FARTHEST = timedelta(days=366)
"""How far from the lodging of its declaration a stage may lie: goods wait nowhere on the way to release for a year."""
MOST_FAULTS = 100
"""How many faults of a table are told; the others are counted."""
MOST_LINES = 200_000
_LONGEST = 64
_FARTHEST_ZONE = timedelta(hours=14)
"""No time zone of the world lies farther from UTC."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """One line of the table: a declaration by its number or reference, what was reached, when, by whom, and who tells it."""

    line: int
    declaration: str
    stage: str
    reached_at: datetime
    actor: str
    source: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line; `wrong` is the sentence in which `told` is to be put."""

    line: int
    wrong: str
    told: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stamps:
    """The table as read: what it says, the first faults of it, and how many more there are."""

    stamps: tuple[Stamp, ...]
    faults: tuple[Fault, ...]
    more: int = 0


def read_stamps(text: str) -> Stamps:
    """The stamps of a table with the columns `COLUMNS` in any order; the separator may be a comma or a semicolon."""
    if max(text.count("\n"), text.count("\r")) > MOST_LINES:
        return Stamps((), (Fault(0, "The table has more than {most} lines; send it in parts.", {"most": str(MOST_LINES)}),))
    written = io.StringIO(text.lstrip("\ufeff"), newline=None)
    head = written.readline()
    written.seek(0)
    reader = csv.DictReader(written, delimiter=";" if head.count(";") > head.count(",") else ",", restval="")
    stamps: list[Stamp] = []
    faults: list[Fault] = []
    number = 0
    try:
        missing = [each for each in COLUMNS if each not in (reader.fieldnames or ())]
        if missing:
            return Stamps((), (Fault(1, "The first line does not name the columns {columns}.", {"columns": ", ".join(missing)}),))
        for row in reader:
            cells = {name: (row[name] or "").strip() for name in COLUMNS}
            found = list(_faults(reader.line_num, cells)) if any(cells.values()) else []
            number += len(found)
            faults += found[: MOST_FAULTS - len(faults)]
            if any(cells.values()) and not found:
                stamps.append(_stamp(reader.line_num, cells))
    except csv.Error as error:
        number += 1
        faults += [Fault(reader.line_num, "The line cannot be read: {why}.", {"why": str(error)})][: MOST_FAULTS - len(faults)]
    return Stamps(tuple(stamps), tuple(faults), number - len(faults))


def _stamp(line: int, cells: dict[str, str]) -> Stamp:
    instant = datetime.fromisoformat(cells["instant"])
    return Stamp(line, cells["declaration"], cells["stage"], instant, cells["actor"], cells["source"])


def _faults(line: int, cells: dict[str, str]) -> Iterator[Fault]:
    fit = set()
    for name, cell in cells.items():
        if not cell:
            yield Fault(line, "The column {column} is empty.", {"column": name})
        elif len(cell) > _LONGEST:
            yield Fault(line, "The column {column} is longer than {most} letters.", {"column": name, "most": str(_LONGEST)})
        elif "\x00" in cell:
            yield Fault(line, "The column {column} holds a null character, which cannot be kept: take it out.", {"column": name})
        else:
            fit.add(name)
    if "stage" in fit and cells["stage"] not in STAGES:
        yield Fault(line, "There is no stage {stage}; there are {stages}.", {"stage": cells["stage"], "stages": ", ".join(STAGES)})
    if "instant" in fit and not _is_instant(cells["instant"]):
        yield Fault(
            line, "{instant} is no instant with its time zone; write it as 2026-03-01T12:30:00+01:00.", {"instant": cells["instant"]}
        )


def _is_instant(text: str) -> bool:
    try:
        zone = datetime.fromisoformat(text).utcoffset()
    except ValueError:
        return False
    return zone is not None and abs(zone) <= _FARTHEST_ZONE
