"""Waves, codes and tallies in rows."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass

import msgspec
from django.db import connection

from customhouse.development import integrity
from customhouse_server.perception.models import Code, Tally, Wave

Cell = tuple[str, str]
_SURVEY = msgspec.json.Decoder(integrity.perception.Survey)


@dataclass(frozen=True, slots=True)
class KeptWave:
    """One round of the survey."""

    id: int
    survey: integrity.perception.Survey
    issued: dict[str, int]
    opened_on: dt.date
    closed_on: dt.date | None
    published_on: dt.date | None


def people_by_cell() -> dict[Cell, tuple[str, ...]]:
    """Who could be asked: officers by office, traders together; by user name."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT username, role, offices FROM accounts_user WHERE is_active AND role <> 'administrator' ORDER BY username")
        rows = cursor.fetchall()
    cells: dict[Cell, list[str]] = {}
    for username, role, offices in rows:
        trade = role in {"trader", "broker"}
        cells.setdefault(("trader", "all") if trade else ("officer", offices[0] if offices else "all"), []).append(username)
    return {cell: tuple(names) for cell, names in cells.items()}


def open_wave(survey: integrity.perception.Survey, digests: dict[bytes, Cell], *, on: dt.date) -> int:
    """A new wave with its codes, and an empty tally for each cell."""
    issued = Counter("/".join(cell) for cell in digests.values())
    wave = Wave.objects.create(survey=msgspec.to_builtins(survey), issued=dict(sorted(issued.items())), opened_on=on)
    Code.objects.bulk_create(
        [Code(digest=digest, wave=wave, group=group, office=office) for digest, (group, office) in sorted(digests.items())]
    )
    Tally.objects.bulk_create([Tally(wave=wave, group=group, office=office) for group, office in sorted(set(digests.values()))])
    return int(wave.pk)


def wave_of_code(digest: bytes) -> tuple[KeptWave, Cell] | None:
    """The wave that an unused code is for, and the cell that it counts in, while the wave is open."""
    found = Code.objects.select_related("wave").filter(digest=digest, wave__closed_on=None).first()
    return (_kept(found.wave), (found.group, found.office)) if found else None


def spend(digest: bytes) -> bool:
    """Use a code up; whether it was there to be used."""
    return bool(Code.objects.filter(digest=digest, wave__closed_on=None).delete()[0])


def count(wave_id: int, cell: Cell, scores: dict[str, str]) -> None:
    """Add one person's scores to the tally of a cell."""
    tally = Tally.objects.select_for_update().get(wave_id=wave_id, group=cell[0], office=cell[1])
    for factor, score in scores.items():
        by_score = tally.counts.setdefault(factor, {})
        by_score[score] = by_score.get(score, 0) + 1
    tally.save(update_fields=["counts"])


def tallies(wave_id: int) -> dict[Cell, integrity.perception.Tally]:
    """The tallies of a wave, by group and office."""
    return {(each.group, each.office): each.counts for each in Tally.objects.filter(wave_id=wave_id)}


def waves() -> tuple[KeptWave, ...]:
    """Every wave, the latest first."""
    return tuple(_kept(each) for each in Wave.objects.order_by("-id"))


def unused(wave_id: int) -> int:
    """How many codes were not used yet."""
    return Code.objects.filter(wave_id=wave_id).count()


def close(wave_id: int, *, on: dt.date) -> int:
    """End a wave; codes that were not used go; how many waves there were to end."""
    ended = Wave.objects.filter(id=wave_id, closed_on=None).update(closed_on=on)
    if ended:
        Code.objects.filter(wave_id=wave_id).delete()
    return ended


def publish(wave_id: int, *, on: dt.date) -> int:
    """Show the results of a closed wave to everybody; how many there were to show."""
    return Wave.objects.filter(id=wave_id, published_on=None).exclude(closed_on=None).update(published_on=on)


def _kept(row: Wave) -> KeptWave:
    survey = _SURVEY.decode(msgspec.json.encode(row.survey))
    return KeptWave(row.pk, survey, row.issued, row.opened_on, row.closed_on, row.published_on)
