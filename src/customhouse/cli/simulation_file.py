"""Simulation file: a reform run over a Parquet file of history, and its outcome written as CSV, JSON and words."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import pyarrow as pa
import pyarrow.csv as pc
import pyarrow.dataset as ds

from customhouse import research
from customhouse.cli import parquet_parts
from customhouse.cli.parquet_parts import Step

_PARTS, _RESULT = "parts", "result.json"
_MOST = 20
_SUFFIXES = {".csv": "amending.csv", ".toml": "regime.toml"}
_OF_A_FOLDER = ("measures.csv", "amending.csv", "regime.toml")


@dataclass(frozen=True, slots=True)
class Simulating:
    """The work of comparing the two laws of a reform over a history."""

    reform: research.Reform

    @property
    def results(self) -> pa.Schema:
        """One row a dimension, key and tax."""
        return research.SUMS

    @property
    def stated(self) -> Mapping[str, str]:
        """Both laws, the elasticities and the day."""
        elasticities = sha256(repr(self.reform.elasticities).encode()).hexdigest()
        laws = {"in_force": research.fingerprint(self.reform.in_force), "draft": research.fingerprint(self.reform.draft)}
        return {**laws, "elasticities": elasticities, "on": self.reform.on.isoformat()}

    def begin(self, rows: pa.Schema) -> Step:
        """Sum one table after the other."""
        comparison = research.Comparison(self.reform, rows)
        return lambda items, _first: comparison.sums(items)


def run(history: Path, target: Path, *, reform: research.Reform, workers: int | None = None) -> Iterator[int]:
    """Run a reform over the file of a history into a folder; after each part the number of items that it had."""
    yield from parquet_parts.work_through(parquet_parts.Job(history, target / _PARTS, Simulating(reform)), workers=workers)


def outcome(target: Path, reform: research.Reform) -> research.Outcome:
    """The outcome of the parts in a folder."""
    reader = ds.dataset(target / _PARTS, schema=research.SUMS, format="parquet").scanner().to_reader()
    return research.Outcome(research.summed(reader), currency=reform.in_force.regime.currency)


def write(found: research.Outcome, target: Path) -> dict[str, object]:
    """Write an outcome into a folder, `result.json` and a CSV a dimension; what the JSON holds."""
    for dimension in ("total", *research.DIMENSIONS):
        pc.write_csv(found.table(dimension), target / f"by_{dimension}.csv")
    told = found.told(_MOST)
    (target / _RESULT).write_text(json.dumps(told, ensure_ascii=False, indent=1), "utf-8")
    return told


def draft_texts(path: Path) -> dict[str, str]:
    """The texts of a draft: a CSV of measures that take the place of those in force, a regime, or a folder with these or an edition.

    Refuses with `UnreadableDraftError` what is none.
    """
    if path.is_dir():
        texts = {name: (path / name).read_text("utf-8-sig") for name in _OF_A_FOLDER if (path / name).is_file()}
        if not texts:
            raise research.UnreadableDraftError("{path} holds none of {names}", path=path, names=_OF_A_FOLDER)
        return texts
    if path.suffix not in _SUFFIXES:
        raise research.UnreadableDraftError("{path} is neither a CSV of measures, a regime in TOML, nor a folder", path=path)
    return {_SUFFIXES[path.suffix]: path.read_text("utf-8-sig")}
