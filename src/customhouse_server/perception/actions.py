"""Perception: rounds of the survey, and answers that belong to nobody.

open_wave(person, share=, at=) -> Drawn                  codes by cell, and who is asked, apart and in orders of their own; shown once
asked(code) -> Asked; answer(code, levels)               UnknownCodeError; a code is used up and the tally raised in one transaction
close(person, id, at=); publish(person, id, at=)         nothing is told of an open wave, so that nobody can subtract yesterday
told(person or None) -> tuple[Told, ...]                 published waves for everybody, closed ones for members

What ties a code to a person: nothing here. What ties a code to an answer: nothing that stays, for the code is deleted and the answer
is added to a sum. No time, order or address is kept, and the journal hears of waves alone.
"""

import datetime as dt
import hashlib
import secrets
from dataclasses import dataclass
from fractions import Fraction

from django.db import transaction
from django.utils.translation import gettext as _

from customhouse.development import integrity
from customhouse.saying import Refusal
from customhouse_server.accounts.person import Person
from customhouse_server.integrity import actions as office
from customhouse_server.integrity import rulebook
from customhouse_server.perception import store
from customhouse_server.perception.store import Cell, KeptWave

_CODE_BYTES = 10


class UnknownCodeError(Refusal, LookupError):
    """The code was used before, is of a wave that is over, or there is none such."""


class UnknownWaveError(Refusal, LookupError):
    """There is no such wave to be ended or published."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is handed out: the codes of each cell, and who is asked in it; which code goes to whom is nowhere written."""

    codes: dict[Cell, tuple[str, ...]]
    people: dict[Cell, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is put to who has a code."""

    survey: integrity.perception.Survey
    statements: tuple[integrity.perception.Statement, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What may be told of a wave, and how it differs from the one before."""

    wave: KeptWave
    results: tuple[integrity.perception.Result, ...]
    changes: tuple[integrity.perception.Change, ...]


def survey() -> integrity.perception.Survey:
    """The survey of this installation."""
    return integrity.perception.read_survey(rulebook.text("perception.toml"))


def open_wave(person: Person, *, share: Fraction, at: dt.datetime) -> Drawn:
    """Draw whom to ask, and as many codes; only digests of the codes are kept."""
    office.require_member(person)
    asked = survey()
    strata = _pooled({"/".join(cell): names for cell, names in store.people_by_cell().items()}, k=asked.k)
    drawn = integrity.perception.sampled(strata, share=share, seed=secrets.token_hex(8))
    people = {(name.partition("/")[0], name.partition("/")[2]): names for name, names in drawn.items() if names}
    codes = {cell: tuple(sorted(secrets.token_hex(_CODE_BYTES) for _ in names)) for cell, names in people.items()}
    with transaction.atomic():
        wave_id = store.open_wave(asked, {_digest(code): cell for cell, each in codes.items() for code in each}, on=at.date())
        office.journal("SurveyOpened", person.username, at=at, wave=wave_id)
    return Drawn(codes, people)


def asked(code: str) -> Asked:
    """What is put to who has the code."""
    found = store.wave_of_code(_digest(code))
    if found is None:
        raise UnknownCodeError(_("this code is not open: look at each letter again; it may have been used, or the survey may be over"))
    wave, cell = found
    return Asked(wave.survey, wave.survey.asked_of(cell[0]))


def answer(code: str, levels: dict[str, int]) -> None:
    """Use up a code and add its answers to the tally; refuses with `UnknownCodeError`, or the core's `perception.UnfitAnswerError`."""
    with transaction.atomic():
        found = store.wave_of_code(_digest(code))
        if found is None:
            raise UnknownCodeError(_("this code is not open: it may have been used, or the survey may be over"))
        wave, cell = found
        scores = integrity.perception.scores(wave.survey, cell[0], levels=levels)
        if not store.spend(_digest(code)):
            raise UnknownCodeError(_("this code was used at this very moment"))
        store.count(wave.id, cell, scores)


def close(person: Person, wave_id: int, *, at: dt.datetime) -> None:
    """End a wave; refuses with `UnknownWaveError` one that is not open."""
    office.require_member(person)
    with transaction.atomic():
        if not store.close(wave_id, on=at.date()):
            raise UnknownWaveError("there is no such wave that is open")
        office.journal("SurveyClosed", person.username, at=at, wave=wave_id)


def publish(person: Person, wave_id: int, *, at: dt.datetime) -> None:
    """Show what may be told of a closed wave to everybody; refuses with `UnknownWaveError` one that is open, or published."""
    office.require_member(person)
    with transaction.atomic():
        if not store.publish(wave_id, on=at.date()):
            raise UnknownWaveError("there is no such wave that is closed and not published")
        office.journal("SurveyPublished", person.username, at=at, wave=wave_id)


def told(person: Person | None) -> tuple[Told, ...]:
    """What may be told, the latest wave first: of published waves to everybody, of closed ones to members."""
    shown = [each for each in store.waves() if each.published_on or (each.closed_on and person is not None and office.is_member(person))]
    found = [(each, integrity.perception.results(each.survey, store.tallies(each.id))) for each in shown]
    befores = [results for _, results in found[1:]] + [()]
    return tuple(
        Told(wave, results, integrity.perception.changes(results, before)) for (wave, results), before in zip(found, befores, strict=False)
    )


def waves(person: Person) -> tuple[tuple[KeptWave, int, int], ...]:
    """Every wave with the codes that were issued and those not used yet, for a member."""
    office.require_member(person)
    return tuple((each, sum(each.issued.values()), store.unused(each.id)) for each in store.waves())


def _pooled(strata: dict[str, tuple[str, ...]], *, k: int) -> dict[str, tuple[str, ...]]:
    """The strata, with those of fewer than k people of a group taken together: so that no tally is one of few."""
    pooled: dict[str, tuple[str, ...]] = {}
    for name, people in sorted(strata.items()):
        where = name if len(people) >= k else f"{name.partition('/')[0]}/other"
        pooled[where] = pooled.get(where, ()) + people
    return pooled


def _digest(code: str) -> bytes:
    return hashlib.sha256("".join(letter for letter in code.lower() if letter.isalnum()).encode()).digest()
