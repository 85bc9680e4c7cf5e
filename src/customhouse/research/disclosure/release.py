"""Release: a table of sums with its totals, in which cells that would tell of somebody are kept back.

A cell is protected by itself if fewer than k contributors stand in it, or the largest few of them make up too much of it (the dominance
rule of statistical offices). Further cells are kept back where the protected ones could be worked out from totals or earlier releases.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import pyarrow as pa

from customhouse.kernel import Rounding, RoundingMode
from customhouse.research.disclosure.release_log import Published, ReleaseLog, Units

_TOTAL = "all"
_PROTECTED = "too few or too unequal contributors"
_COMPLEMENTARY = "something protected could be worked out from it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """At least k contributors; the largest few make up at most a share; and to what sums are rounded."""

    k: int = 3
    largest: int = 1
    share: Decimal = Decimal("0.85")
    rounding_step: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its value by each dimension, and its rounded sum, or why it is kept back."""

    key: tuple[str, ...]
    value: Decimal | None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """The cells of a table, and the log that the next release must ask."""

    dimensions: tuple[str, ...]
    cells: tuple[Cell, ...]
    log: ReleaseLog


def release(table: pa.Table, dimensions: Sequence[str], *, policy: Policy, log: ReleaseLog) -> Release:
    """The sums of the column `value` by the dimensions with all totals, told as far as the policy and the log allow.

    The table has a row for each record, with `unit` (its lasting name), `contributor` (whom it could betray) and `value`. A record once
    published keeps its value: a corrected record is a new unit. Dominance is looked at in each cell and atom, not in every sum of atoms.
    """
    names = list(zip(table["unit"].cast(pa.string()).to_pylist(), table["contributor"].cast(pa.string()).to_pylist(), strict=True))
    value = {name: Decimal(each) for name, each in zip(names, table["value"].to_pylist(), strict=True)}
    if len({unit for unit, _ in names}) != len(names):
        raise ValueError("a unit stands twice in the table")

    def is_dominated(units: Units) -> bool:
        shares = _shares(units, value)
        largest = sorted(shares.values(), reverse=True)[: policy.largest]
        return sum(largest, Decimal(0)) > policy.share * sum(shares.values(), Decimal(0))

    def is_protected(units: Units) -> bool:
        return len(_shares(units, value)) < policy.k or is_dominated(units)

    cells = _cells(names, [table[name].cast(pa.string()).to_pylist() for name in dimensions])
    by_size = sorted(cells, key=lambda key: (-len(cells[key]), key))
    open_ones = [Published("/".join([*dimensions, *key]), cells[key]) for key in by_size if not is_protected(cells[key])]
    admitted = log.admitting(open_ones, is_dominated, k=policy.k)
    told = {each.name for each in admitted}
    rounding = Rounding(RoundingMode.HALF_UP, policy.rounding_step)
    rows = []
    for key in sorted(cells):
        if "/".join([*dimensions, *key]) in told:
            rows.append(Cell(key, rounding.of(sum((value[unit] for unit in cells[key]), Decimal(0)))))
        else:
            rows.append(Cell(key, None, _PROTECTED if is_protected(cells[key]) else _COMPLEMENTARY))
    return Release(tuple(dimensions), tuple(rows), ReleaseLog((*log.published, *admitted)))


def _shares(units: Units, value: Mapping[tuple[str, str], Decimal]) -> dict[str, Decimal]:
    """What each contributor has in the records; those of an earlier release that are no longer in the table count for nothing."""
    shares: dict[str, Decimal] = {}
    for unit in units:
        shares[unit[1]] = shares.get(unit[1], Decimal(0)) + abs(value.get(unit, Decimal(0)))
    return shares


def _cells(names: Sequence[tuple[str, str]], columns: Sequence[Sequence[str | None]]) -> dict[tuple[str, ...], Units]:
    """Each combination of values, and of totals in place of some of them, with its records."""
    found: dict[tuple[str, ...], set[tuple[str, str]]] = {}
    width = len(columns)
    masks = [set(chosen) for size in range(width + 1) for chosen in combinations(range(width), size)]
    for place, name in enumerate(names):
        values = [column[place] or "" for column in columns]
        for mask in masks:
            found.setdefault(tuple(_TOTAL if at in mask else value for at, value in enumerate(values)), set()).add(name)
    return {key: frozenset(units) for key, units in found.items()}
