"""Log frame: the chain from what is put in to what changes at last, with the indicators that would show it (results-based management)."""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec


class Level(StrEnum):
    """The steps of the chain, from first to last."""

    INPUT = "input"
    ACTIVITY = "activity"
    OUTPUT = "output"
    OUTCOME = "outcome"
    IMPACT = "impact"


CHAIN = tuple(Level)


class Result(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step: what it is, the result of the next level that it serves, and what must hold for it to do so."""

    code: str
    level: Level
    text: str
    serves: str = ""
    assumption: str = ""


class ProjectIndicator(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What shows a result: from which value to which, by when, and where one looks; `live` names a figure of the indicators as data."""

    code: str
    result: str
    name: str
    unit: str
    baseline: Decimal | None = None
    target: Decimal | None = None
    due_on: date | None = None
    means_of_verification: str = ""
    live: str = ""


class Measurement(msgspec.Struct, frozen=True, kw_only=True):
    """A value of an indicator, as it was found on a day, and where."""

    indicator: str
    on: date
    value: Decimal
    source: str
