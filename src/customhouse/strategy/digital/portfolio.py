"""Portfolio: the standards, tools and systems of Digital Customs in one framework, each with what it rests on (activity 5.1)."""

import tomllib
from collections.abc import Iterable
from enum import StrEnum

import msgspec

from customhouse.strategy.digital.decision import UnreadableRegisterError


class Stage(StrEnum):
    """How far a digital instrument has come."""

    PLANNED = "planned"
    PILOT = "pilot"
    IN_USE = "in use"
    RETIRED = "retired"


class DigitalInstrument(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """One standard, tool or system; `rests_on` are the codes of others, `roadmap` what comes and when."""

    code: str
    title: str
    purpose: str
    owner: str
    maturity: Stage
    version: str = ""
    adopters: tuple[str, ...] = ()
    rests_on: tuple[str, ...] = ()
    roadmap: tuple[str, ...] = ()


class _Portfolio(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    source: str
    instruments: tuple[DigitalInstrument, ...]


def read_portfolio(text: str) -> tuple[DigitalInstrument, ...]:
    """The portfolio that a TOML text states; refuses with `UnreadableRegisterError`, which names every fault."""
    try:
        found = msgspec.convert(tomllib.loads(text), _Portfolio).instruments
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableRegisterError(f"the portfolio cannot be read: {refusal}") from refusal
    if faults := faults_of(found):
        raise UnreadableRegisterError("\n".join(faults))
    return found


def faults_of(instruments: Iterable[DigitalInstrument]) -> tuple[str, ...]:
    """What does not hold together: a code twice, a rest on what is not there or is retired, or on itself by a detour."""
    by_code: dict[str, DigitalInstrument] = {}
    faults = []
    for each in instruments:
        if each.code in by_code:
            faults.append(f"{each.code}: the code stands twice")
        by_code[each.code] = each
    for each in by_code.values():
        faults += [f"{each.code}: it rests on {code}, which there is not" for code in each.rests_on if code not in by_code]
        retired = [code for code in each.rests_on if code in by_code and by_code[code].maturity is Stage.RETIRED]
        faults += [f"{each.code}: it rests on {code}, which is retired" for code in retired if each.maturity is not Stage.RETIRED]
        if each.code in _below(each, by_code):
            faults.append(f"{each.code}: it rests on itself")
    return tuple(faults)


def _below(instrument: DigitalInstrument, by_code: dict[str, DigitalInstrument]) -> set[str]:
    """Everything that an instrument rests on, near and far."""
    found: set[str] = set()
    ahead = list(instrument.rests_on)
    while ahead:
        code = ahead.pop()
        if code not in found:
            found.add(code)
            ahead += by_code[code].rests_on if code in by_code else ()
    return found
