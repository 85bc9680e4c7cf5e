"""Maturity of Digital Customs, scored from what is installed and in use; interoperability is the primary one and bounds the whole."""

from collections.abc import Mapping

import msgspec

from customhouse.strategy.implementation import Instrument, Standing

LEVELS = ("initial", "begun", "defined", "managed", "leading")


class Dimension(msgspec.Struct, frozen=True, kw_only=True):
    """One dimension: how many of its parts are carried out, and the level that this makes, from 0 to 4."""

    code: str
    title: str
    carried_out: int
    parts: int

    @property
    def level(self) -> int:
        """The level, by whole steps: 4 only where every part is carried out."""
        return (len(LEVELS) - 1) * self.carried_out // self.parts


class Maturity(msgspec.Struct, frozen=True, kw_only=True):
    """All dimensions, the primary one first."""

    dimensions: tuple[Dimension, ...]

    @property
    def level(self) -> int:
        """The mean level rounded down, but never above that of the first dimension: what cannot be exchanged is not yet digital."""
        levels = [each.level for each in self.dimensions]
        return min(levels[0], sum(levels) // len(levels))


def maturity(instrument: Instrument, standings: Mapping[str, Standing]) -> Maturity:
    """The maturity that the standings of an instrument's provisions make; its first group is the primary one."""
    found = []
    for group in instrument.groups:
        parts = instrument.under(group)
        done = sum(standings[each.number].is_carried_out for each in parts)
        found.append(Dimension(code=group.code, title=group.title, carried_out=done, parts=len(parts)))
    return Maturity(dimensions=tuple(found))
