"""Risk map: how much each function of customs tempts, as opportunity times discretion times value, before and after its controls.

Each of the three is a number from 1 to 5, so a function scores from 1 to 125. A control lowers one of them, and counts only from the day
on which it was last found to work, and for a year.
"""

import tomllib
from datetime import date, timedelta
from enum import StrEnum
from math import prod

import msgspec

_HIGHEST = 5
_TEST_HOLDS = timedelta(days=366)


class UnreadableRiskMapError(ValueError):
    """A risk map does not hold together."""


class Driver(StrEnum):
    """What makes a function tempting."""

    OPPORTUNITY = "opportunity"
    DISCRETION = "discretion"
    VALUE = "value"


class Control(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What makes a function less tempting: which driver it lowers, by how much, and when it was last found to work."""

    name: str
    lowers: Driver
    by: int
    tested_on: date | None = None

    def works(self, *, on: date) -> bool:
        """Whether it was found to work within a year before the day."""
        return self.tested_on is not None and self.tested_on <= on < self.tested_on + _TEST_HOLDS


class Action(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is to be done about a function, by whom and until when."""

    text: str
    owner: str
    due_on: date


class Function(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One function of customs, what is tempting about it, its controls and what is planned; `leads` are the rules that watch it."""

    code: str
    name: str
    scheme: str
    opportunity: int
    discretion: int
    value: int
    controls: tuple[Control, ...] = ()
    actions: tuple[Action, ...] = ()
    leads: tuple[str, ...] = ()


class RiskMap(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The functions of an administration, and from which score on a remaining risk is high, or grave."""

    name: str
    high: int
    grave: int
    functions: tuple[Function, ...]


class Rated(msgspec.Struct, frozen=True, kw_only=True):
    """A function with its score before and after the controls that work, and the band of what remains."""

    function: Function
    inherent: int
    remaining: int
    band: str
    untested: tuple[str, ...]


def read_risk_map(text: str) -> RiskMap:
    """The map that a TOML text states; refuses with `UnreadableRiskMapError`."""
    try:
        found = msgspec.convert(tomllib.loads(text), RiskMap)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableRiskMapError(f"the risk map cannot be read: {refusal}") from refusal
    faults = [
        f"{each.code}: {driver} is a number from 1 to {_HIGHEST}"
        for each in found.functions
        for driver in Driver
        if not 1 <= getattr(each, driver) <= _HIGHEST
    ]
    faults += [f"{each.code}: a control lowers by 1 or more" for each in found.functions for control in each.controls if control.by < 1]
    if not 1 < found.high < found.grave:
        faults.append("a high score lies between 1 and a grave one")
    if faults:
        raise UnreadableRiskMapError("\n".join(faults))
    return found


def rated(risks: RiskMap, *, on: date) -> tuple[Rated, ...]:
    """The functions with their scores on a day, the gravest first."""
    found = [_rated(risks, each, on=on) for each in risks.functions]
    return tuple(sorted(found, key=lambda each: (-each.remaining, -each.inherent, each.function.code)))


def _rated(risks: RiskMap, function: Function, *, on: date) -> Rated:
    working = [each for each in function.controls if each.works(on=on)]
    before = {driver: int(getattr(function, driver)) for driver in Driver}
    after = {driver: max(1, level - sum(each.by for each in working if each.lowers is driver)) for driver, level in before.items()}
    remaining = prod(after.values())
    return Rated(
        function=function,
        inherent=prod(before.values()),
        remaining=remaining,
        band="grave" if remaining >= risks.grave else "high" if remaining >= risks.high else "moderate",
        untested=tuple(each.name for each in function.controls if not each.works(on=on)),
    )
