"""Compaction: the many files of a day become one, so that ten years stay few files, and whoever reads meanwhile meets each event once.

The file that takes the place of others names them in its footer and comes into being by one renaming. From that instant readers pass over
those it names; they are removed when nobody can be reading them any more. Broken off anywhere, it is begun again and doubles nothing.
"""

import json
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb

from customhouse.performance.event_store import COMPACTED, REPLACES, UNFINISHED, EventStore, parquet, replaced_by, written_whole

_READ_FOR = timedelta(hours=1)
"""For how long a file that was replaced is kept for those who had begun to read it."""


def compact_day(store: EventStore, day: date, *, through: tuple[int, int], at: datetime) -> bool:
    """Make one file of those of a day, sorted by kind and place in the journal; false where there was nothing to do.

    `through` is the place in the journal, as (transaction, id), up to which the store is never written again: a stretch that begins
    later may yet come a second time, so it keeps its file. Only one process at a time may compact a store; others may write to it.
    """
    folder = store.day_folder(day)
    _tidy(folder, before=at - _READ_FOR)
    settled = [file for file in store.files(day) if _is_compacted(file) or _begins(file) <= through]
    if len(settled) < 2:  # noqa: PLR2004 - one is what is wanted
        return False
    _merge(settled, folder)
    return True


def _merge(files: list[Path], folder: Path) -> None:
    """Write the events of these files to a new one, which replaces them and what they replaced."""
    compacted = [file for file in folder.glob("*.parquet") if _is_compacted(file)]
    names = {file.name for file in files} | {name for file in compacted for name in replaced_by(file) if (folder / name).exists()}
    following = 1 + max((int(file.stem.removeprefix(COMPACTED)) for file in compacted), default=0)
    with written_whole(folder / f"{COMPACTED}{following:06d}.parquet") as target, duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(
            f"COPY (SELECT * EXCLUDE (day) FROM {parquet(files)} ORDER BY kind, transaction, id) TO $target "  # noqa: S608 - paths of our own
            f"(FORMAT parquet, COMPRESSION zstd, KV_METADATA {{{REPLACES}: $names}})",
            {"target": str(target), "names": json.dumps(sorted(names))},
        )


def _tidy(folder: Path, *, before: datetime) -> None:
    """Remove what was replaced, or left unfinished, before an instant."""
    aged = [file for file in sorted(folder.iterdir()) if file.stat().st_mtime < before.timestamp()]
    for file in aged:
        if file.suffix == UNFINISHED:
            file.unlink()
        elif _is_compacted(file):
            for name in replaced_by(file):
                (folder / name).unlink(missing_ok=True)


def _is_compacted(file: Path) -> bool:
    return file.name.startswith(COMPACTED)


def _begins(file: Path) -> tuple[int, int]:
    """Where in the journal the stretch in a file begins."""
    transaction, _, number = file.stem.partition("-")
    return int(transaction), int(number)
