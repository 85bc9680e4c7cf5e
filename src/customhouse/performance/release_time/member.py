"""Member: the single declarations of a stratum, slowest first, so that whoever reads a figure can open what it is made of."""

from dataclasses import dataclass

import duckdb
import numpy as np

from customhouse.performance.release_time.stratum import labels, texts
from customhouse.performance.release_time.study import Design, sampled


@dataclass(frozen=True, slots=True)
class Member:
    """One declaration: where it lay, whose it is, what became of it, and its time in seconds from acceptance to release, if it was."""

    declaration_id: str
    office: str
    declarant: str
    outcome: str
    elapsed: float | None


def members(connection: duckdb.DuckDBPyConnection, design: Design, *, stratum: str, value: str) -> tuple[Member, ...]:
    """The declarations whose times the study takes, in a stratum; those that still wait come first. Refuses with `UnknownStratumError`."""
    table = sampled(connection, design)
    done = table.filter(np.isin(texts(table, "outcome"), ["released", "waiting"]))
    chosen = done.filter(labels(done, stratum) == value) if stratum else done
    names, offices, declarants, outcomes = (texts(chosen, name).tolist() for name in ("declaration_id", "office", "declarant", "outcome"))
    found = [
        Member(name, office, declarant, outcome, None if accepted is None or released is None else float(released - accepted))
        for name, office, declarant, outcome, accepted, released in zip(
            names, offices, declarants, outcomes, chosen["accepted"].to_pylist(), chosen["released"].to_pylist(), strict=True
        )
    ]
    return tuple(sorted(found, key=lambda each: (each.elapsed is not None, -(each.elapsed or 0.0), each.declaration_id)))
