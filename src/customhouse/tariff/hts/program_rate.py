"""Program rates: the special column of the schedule, in which each rate is followed by the trade programs that it holds for.

A program is known by its symbol (HTS General Note 3(c)): `AU` the agreement with Australia, `A+` the least developed under the
Generalized System of Preferences.
"""

import re
from dataclasses import dataclass

from customhouse.tariff.hts.rate_text import read_rate
from customhouse.tariff.rate import Rate

_PROGRAMS = re.compile(r"\((?P<symbols>\s*[A-Z]{1,2}[+*]?(?:[\s,.]+[A-Z]{1,2}[+*]?)*[\s,.]*)\)")
_SYMBOL = re.compile(r"[A-Z]{1,2}[+*]?")


@dataclass(frozen=True, slots=True)
class ProgramRate:
    """A rate and the symbols of the programs under which it may be claimed; no symbol where the cell names none."""

    rate: Rate
    programs: tuple[str, ...] = ()


def read_program_rates(text: str) -> tuple[ProgramRate, ...]:
    """The rates of a cell of the special column, in its order; one without symbols where it names no program."""
    rates = []
    place = 0
    for found in _PROGRAMS.finditer(text):
        rates.append(ProgramRate(read_rate(text[place : found.start()].strip()), tuple(_SYMBOL.findall(found["symbols"]))))
        place = found.end()
    if text[place:].strip() or not rates:
        rates.append(ProgramRate(read_rate(text[place:].strip())))
    return tuple(rates)
