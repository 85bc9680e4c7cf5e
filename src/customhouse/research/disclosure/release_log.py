"""Release log: every sum that was ever published of a table, and what could be worked out from all of them together.

A published sum is the sum of some records. Records that stand in the very same sums are an atom: nobody can tell them apart. What can be
worked out by adding, subtracting and multiplying is the space that the sums span over the atoms. Fewer than k contributors are betrayed
when something in that space touches atoms of theirs alone; so before a sum is published, the log looks whether with it that would be so.
It is complementary suppression within a table and protection against differences between tables in one.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from customhouse.saying import Refusal

_PRIME = 1_000_003  # ranks are taken modulo this prime: products of two residues, summed over thousands of atoms, stay within 64 bits
_MOST_UNIONS = 20_000  # of the contributors of small cells
_MOST_WORK = 300_000_000  # groups by atoms by sums: some minutes on one core
Row = NDArray[np.int64]
Units = frozenset[tuple[str, str]]
"""Records, each by its lasting name and its contributor."""


class TooFineError(Refusal, ValueError):
    """The table has so many small cells that nobody could wait for what may be told of it."""


@dataclass(frozen=True, slots=True)
class Published:
    """A sum that was published: under which name, and of which records."""

    name: str
    units: Units


@dataclass(frozen=True, slots=True)
class ReleaseLog:
    """The sums published so far."""

    published: tuple[Published, ...] = ()

    def admitting(self, wanted: Iterable[Published], is_dominated: Callable[[Units], bool], *, k: int) -> tuple[Published, ...]:
        """Of the wanted sums, in their order, those that can be published beside all earlier ones and betray no fewer than k contributors.

        Nor do they betray an atom that is dominated. A sum that follows from what is published already tells nothing new. Refuses with
        `TooFineError` what would take too long to look through.
        """
        wanted = list(wanted)
        atoms = _atoms([*(each.units for each in self.published), *(each.units for each in wanted)])
        groups = _groups(atoms, k) | {frozenset({place}) for place, atom in enumerate(atoms) if is_dominated(atom)}
        work = len(groups) * len(atoms) * (len(self.published) + len(wanted))
        if work > _MOST_WORK:
            raise TooFineError(
                "a table of {wanted} open cells with {groups} groups to protect is too fine: ask for fewer cells",
                wanted=len(wanted),
                groups=len(groups),
            )
        everything = _Space.over(len(atoms), frozenset())
        outside = [_Space.over(len(atoms), group) for group in groups]
        for each in self.published:
            row = _row(each.units, atoms)
            everything, outside = everything.with_row(row), [space.with_row(row) for space in outside]
        admitted = []
        for each in wanted:
            row = _row(each.units, atoms)
            if everything.holds(row):
                admitted.append(each)
            elif not any(space.holds(row) for space in outside):
                everything, outside = everything.with_row(row), [space.with_row(row) for space in outside]
                admitted.append(each)
        return tuple(admitted)


@dataclass(frozen=True, slots=True)
class _Space:
    """The space that rows span over the atoms that are not left out, as a reduced echelon basis modulo the prime."""

    kept: NDArray[np.bool_]
    basis: Row
    pivots: tuple[int, ...] = ()

    @classmethod
    def over(cls, width: int, left_out: frozenset[int]) -> "_Space":
        kept = np.array([place not in left_out for place in range(width)], dtype=np.bool_)
        return cls(kept, np.zeros((0, width), dtype=np.int64))

    def holds(self, row: Row) -> bool:
        return not self._rest(row).any()

    def with_row(self, row: Row) -> "_Space":
        rest = self._rest(row)
        places = np.flatnonzero(rest)
        if not len(places):
            return self
        pivot = int(places[0])
        rest = rest * pow(int(rest[pivot]), -1, _PRIME) % _PRIME
        basis = (self.basis - np.outer(self.basis[:, pivot], rest)) % _PRIME
        return _Space(self.kept, np.vstack([basis, rest]), (*self.pivots, pivot))

    def _rest(self, row: Row) -> Row:
        seen = row * self.kept
        rest: Row = (seen - seen[list(self.pivots)] @ self.basis) % _PRIME
        return rest


def _groups(atoms: tuple[Units, ...], k: int) -> set[frozenset[int]]:
    """The atoms of each few contributors, fewer than k, that have atoms to themselves; the largest such groups only."""
    few = {frozenset(contributor for _, contributor in atom) for atom in atoms}
    few = {each for each in few if len(each) < k}
    if len(few) ** max(1, k - 1) > _MOST_UNIONS:
        raise TooFineError(
            "{few} cells of fewer than {k} contributors are too many to protect together: ask for fewer cells", few=len(few), k=k
        )
    unions, found = set(few), set(few)
    while found:
        found = {one | other for one in found for other in few if len(one | other) < k} - unions
        unions |= found
    groups = {
        frozenset(place for place, atom in enumerate(atoms) if {contributor for _, contributor in atom} <= contributors)
        for contributors in unions
    }
    return {each for each in groups if not any(each < other for other in groups)}


def _atoms(groups: Iterable[Units]) -> tuple[Units, ...]:
    """The finest parts into which the groups cut their records."""
    places: dict[tuple[str, str], list[int]] = {}
    for number, group in enumerate(groups):
        for unit in group:
            places.setdefault(unit, []).append(number)
    parts: dict[tuple[int, ...], set[tuple[str, str]]] = {}
    for unit, pattern in places.items():
        parts.setdefault(tuple(pattern), set()).add(unit)
    return tuple(frozenset(parts[pattern]) for pattern in sorted(parts))


def _row(units: Units, atoms: tuple[Units, ...]) -> Row:
    return np.array([next(iter(atom)) in units for atom in atoms], dtype=np.int64)
