"""Disclosure: which cells of a table may be told, so that no group of fewer than k people can be worked out from all that is told.

The cells form a tree: the whole, its parts, their parts. A cell is told only with k answers or more; where the cells that stay hidden
under one parent add up to fewer than k, the smallest that could be told is hidden with them, and again, until what a subtraction gives
has k answers at least, or there is nothing left to tell. Below a hidden cell nothing is told, for its parts would add up to it.
"""

from collections.abc import Mapping

Path = tuple[str, ...]
"""Where a cell stands in the tree: () is the whole, ("officer",) a part of it, ("officer", "QZ000101") a part of that."""


def disclosed(counts: Mapping[Path, int], *, k: int) -> frozenset[Path]:
    """The cells that may be told, from the number of answers in each leaf of the tree."""
    totals: dict[Path, int] = {}
    for leaf, count in counts.items():
        for depth in range(len(leaf) + 1):
            totals[leaf[:depth]] = totals.get(leaf[:depth], 0) + count
    if totals.get((), 0) < k:
        return frozenset()
    return frozenset({(), *_below((), totals, k=k)})


def _below(parent: Path, totals: Mapping[Path, int], *, k: int) -> set[Path]:
    """What may be told below a parent that is told itself."""
    children = [path for path in totals if len(path) == len(parent) + 1 and path[: len(parent)] == parent]
    told = sorted((path for path in children if totals[path] >= k), key=lambda path: (totals[path], path))
    hidden = sum(totals[path] for path in children) - sum(totals[path] for path in told)
    while told and 0 < hidden < k:
        hidden += totals[told.pop(0)]
    return {*told, *(path for child in told for path in _below(child, totals, k=k))}
