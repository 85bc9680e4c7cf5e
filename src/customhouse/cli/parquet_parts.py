"""Parquet parts: a Parquet file worked through into a folder of Parquet parts, a process a core, from where an earlier run stopped.

Each row group of the source becomes one part, written under another name first: a part that stands is whole. A second run over the same
source leaves the parts that stand and makes the others.
"""

import gc
import json
import os
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_all_start_methods, get_context
from pathlib import Path
from typing import Protocol

import pyarrow as pa
import pyarrow.parquet as pq

_ROWS_AT_ONCE = 250_000
_SOURCE = "_source.json"  # readers of a folder of Parquet pass over what begins so
_START = "fork" if "fork" in get_all_start_methods() else "spawn"  # a forked process has the law already

Step = Callable[[pa.Table, int], pa.Table]
"""What is done to the rows at hand, of which the first stands at that place of the source."""


class OtherSourceError(ValueError):
    """The folder holds results of another source, or of other work on it."""


class Work(Protocol):
    """What is to be done to a source: begun once in each process, on rows with these columns."""

    @property
    def results(self) -> pa.Schema:
        """The columns of the results."""

    @property
    def stated(self) -> Mapping[str, str]:
        """What the results depend on beside the source, so that those of other work are not mixed in."""

    def begin(self, rows: pa.Schema) -> Step:
        """The step that is taken with the rows at hand, one table after the other."""


@dataclass(frozen=True, slots=True)
class Job:
    """Which file to work through, into which folder, and what to do."""

    source: Path
    target: Path
    work: Work


@dataclass(frozen=True, slots=True)
class Part:
    """One row group of the source: its place, the place of its first row, and how many it has."""

    place: int
    first: int
    rows: int


def work_through(job: Job, *, workers: int | None = None) -> Iterator[int]:
    """Work through the file; after each part the number of rows that it had, those found done first.

    The parts are named `part-00000.parquet` and so on, in the order of the source. Refuses with `OtherSourceError`, with the errors of
    the work, and with Arrow's own for a file that is no Parquet.
    """
    parts = _parts(job.source)
    step = job.work.begin(pq.read_schema(job.source))
    _claim(job)
    left = [part for part in parts if not _file(job.target, part).exists()]
    yield from (part.rows for part in parts if part not in left)
    count = min(workers or os.cpu_count() or 1, len(left))
    if count <= 1:
        for part in left:
            _write(step, job, part)
            yield part.rows
        return
    with ProcessPoolExecutor(count, get_context(_START), initializer=_begin, initargs=(job,)) as pool:
        for done in as_completed([pool.submit(_do, part) for part in left]):
            yield done.result()


def row_count(source: Path) -> int:
    """How many rows the file has."""
    return int(pq.read_metadata(source).num_rows)


def _parts(source: Path) -> list[Part]:
    metadata = pq.read_metadata(source)
    parts, first = [], 0
    for place in range(metadata.num_row_groups):
        rows = metadata.row_group(place).num_rows
        parts.append(Part(place, first, rows))
        first += rows
    return parts


def _claim(job: Job) -> None:
    """Make the folder this job's, or see that it is."""
    about = job.source.stat()
    stated = {"name": job.source.name, "bytes": about.st_size, "modified_ns": about.st_mtime_ns, **job.work.stated}
    job.target.mkdir(parents=True, exist_ok=True)
    note = job.target / _SOURCE
    if note.exists() and json.loads(note.read_text("utf-8")) != stated:
        raise OtherSourceError(f"{job.target} holds the results of another source, day or law: name another folder, or empty this one")
    note.write_text(json.dumps(stated), "utf-8")


def _file(target: Path, part: Part) -> Path:
    return target / f"part-{part.place:05}.parquet"


def _write(step: Step, job: Job, part: Part) -> None:
    """Write one part whole, or leave nothing under its name."""
    final = _file(job.target, part)
    partial = final.with_name(f"_{final.name}")
    first = part.first
    results = job.work.results
    coded = [each.name for each in results if pa.types.is_dictionary(each.type)]
    with (
        pq.ParquetFile(job.source) as source,
        pq.ParquetWriter(partial, results, use_dictionary=coded, store_decimal_as_integer=True) as writer,
    ):
        for rows in source.iter_batches(batch_size=_ROWS_AT_ONCE, row_groups=[part.place]):
            writer.write_table(step(pa.Table.from_batches([rows]), first))
            first += rows.num_rows
    partial.replace(final)


_worker: tuple[Step, Job]


def _begin(job: Job) -> None:
    """Make a process ready: its own step, one thread."""
    global _worker  # noqa: PLW0603 - what a process of the pool keeps from part to part
    pa.set_cpu_count(1)
    gc.freeze()  # the law stays; looking through it for garbage would cost more than the assessing
    _worker = (job.work.begin(pq.read_schema(job.source)), job)


def _do(part: Part) -> int:
    _write(*_worker, part)
    return part.rows
