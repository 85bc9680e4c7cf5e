"""Event store: the journal's events as columns in Parquet, a day a folder, so that no figure ever touches the live tables.

Whatever wrote them, events are read tolerantly: what the columns have no place for stays in `document`, the event as it was written.
Files are named by where in the journal they begin, so that writing the same stretch again replaces what it wrote before. A file that
took the place of others (compaction) says in its footer which, and whoever reads passes over those.
"""

import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import duckdb
import msgspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from customhouse.clearance import Declared
from customhouse.kernel import Event

COMPACTED = "compacted-"
"""How the name of a file begins that took the place of others."""
REPLACES = "replaces"
"""Under this the footer of a file names those whose place it took, as a JSON list."""
UNFINISHED = ".unfinished"
"""How a file is named until it is whole."""

_SMALL_BYTES = 32 * 2**20
_CODE = pa.dictionary(pa.int32(), pa.string())
_AMOUNT = pa.decimal128(24, 6)
_CODES = pa.list_(pa.string())
SCHEMA = pa.schema(
    [
        ("transaction", pa.int64()),
        ("id", pa.int64()),
        ("kind", _CODE),
        ("occurred_at", pa.timestamp("us", "UTC")),
        ("declaration_id", pa.string()),
        ("version", pa.int32()),
        ("state", _CODE),
        ("actor", _CODE),
        ("role", _CODE),
        ("reason", pa.string()),
        ("lane", _CODE),
        ("random_control", pa.bool_()),
        ("profiles", _CODES),
        ("result_code", _CODE),
        ("stage", _CODE),
        ("item_count", pa.int32()),
        ("amount", _AMOUNT),
        ("payable", _AMOUNT),
        ("undetermined", pa.bool_()),
        ("customs_value", _AMOUNT),
        ("taxes", pa.map_(pa.string(), _AMOUNT)),
        ("forgone", pa.map_(pa.string(), _AMOUNT)),
        ("type_code", _CODE),
        ("office", _CODE),
        ("border_mode", _CODE),
        ("declarant", _CODE),
        ("importer", _CODE),
        ("procedures", _CODES),
        ("chapters", _CODES),
        ("origins", _CODES),
        ("documents", _CODES),
        ("document", pa.string()),
    ]
)
"""One event a row; (transaction, id) is its place in the journal, amounts are in the currency of the accounts."""


class StageReached(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Goods reached a stage that customs does not see itself, as somebody else's record tells: a port, a terminal, a bank, a paper."""

    declaration_id: str
    stage: str
    actor: str
    source: str


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event as it stands in the journal: where, and its JSON text."""

    transaction: int
    id: int
    document: str


class _Known(msgspec.Struct, frozen=True, kw_only=True):
    """What the columns take from an event of any kind."""

    event: str
    occurred_at: datetime
    declaration_id: str = ""
    version: int = 0
    state: str = ""
    actor: str = ""
    role: str = ""
    reason: str = ""
    lane: str | None = None
    random_control: bool = False
    profiles: tuple[str, ...] = ()
    result_code: str = ""
    stage: str = ""
    item_count: int = 0
    amount: Decimal | None = None
    payable: Decimal | None = None
    undetermined: bool = False
    customs_value: Decimal | None = None
    taxes: dict[str, Decimal] = msgspec.field(default_factory=dict)
    forgone: dict[str, Decimal] = msgspec.field(default_factory=dict)
    declared: Declared | None = None


_decoder = msgspec.json.Decoder(_Known)


def event_table(events: Iterable[Recorded]) -> pa.Table:
    """The events as a table of `SCHEMA`, in their order."""
    recorded = list(events)
    known = [_decoder.decode(each.document) for each in recorded]
    columns = {name: [getattr(each, name) for each in known] for name in _Known.__struct_fields__ if name in SCHEMA.names}
    columns |= {name: [getattr(each.declared, name, None) for each in known] for name in Declared.__struct_fields__}
    columns |= {name: [getattr(each, name) for each in recorded] for name in ("transaction", "id", "document")}
    columns["kind"] = [each.event for each in known]
    return pa.table([_column(columns[field.name], field.type) for field in SCHEMA], schema=SCHEMA)


def _column(values: list[object], kind: pa.DataType) -> pa.Array:
    """The values as a column; few different ones are found faster here than by Arrow."""
    if not pa.types.is_dictionary(kind):
        return pa.array([list(each.items()) if isinstance(each, dict) else each for each in values], kind)
    numbers: dict[object, int] = {}
    codes = [None if value is None else numbers.setdefault(value, len(numbers)) for value in values]
    return pa.DictionaryArray.from_arrays(pa.array(codes, pa.int32()), pa.array(numbers, pa.string()))


@dataclass(frozen=True, slots=True)
class EventStore:
    """The folder in which the columns lie, one folder within it a day (UTC), as `day=2026-11-24`."""

    folder: Path

    def write(self, table: pa.Table) -> None:
        """Keep a stretch of the journal; the same stretch, or a longer one that begins where it does, takes its place."""
        if not len(table):
            return
        name = f"{table['transaction'][0].as_py():020d}-{table['id'][0].as_py():020d}.parquet"
        days = table["occurred_at"].cast(pa.date32())
        for day in pc.unique(days).to_pylist():
            with written_whole(self.day_folder(day) / name) as file:
                pq.write_table(table.filter(pc.equal(days, day)), file, compression="zstd")

    def days(self) -> tuple[date, ...]:
        """The days of which there are events, first to last."""
        return tuple(sorted(date.fromisoformat(path.name.removeprefix("day=")) for path in self.folder.glob("day=*")))

    def files(self, day: date) -> tuple[Path, ...]:
        """The files that hold each event of a day once, at any moment."""
        found = sorted(self.day_folder(day).glob("*.parquet"))
        replaced = set().union(*map(replaced_by, found)) if len(found) > 1 else frozenset()
        return tuple(path for path in found if path.name not in replaced)

    @property
    def is_made_up(self) -> bool:
        """Whether events of a simulated year lie in it, which every page that shows a figure must say."""
        return self._mark.exists()

    def mark_made_up(self) -> None:
        """Say that events of a simulated year lie in it."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self._mark.touch()

    @property
    def _mark(self) -> Path:
        return self.folder / "made_up"

    def connect(self, days: Iterable[date] | None = None, *, for_many: bool = False) -> duckdb.DuckDBPyConnection:
        """A connection with the relation `event`: the columns of `SCHEMA` and `day`, and no row where nothing was written yet.

        Where days are named, it holds their events alone. It reads the files of now: what is written later is not in it. An hour on, some
        of them may be gone. Where many questions are to be asked of it, a small store (32 MiB) is read into memory, since with few events
        a day most of the time of a question goes to opening the files.
        """
        connection = duckdb.connect()
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET parquet_metadata_cache = true")
        if files := [file for day in (self.days() if days is None else days) for file in self.files(day)]:
            held = for_many and sum(file.stat().st_size for file in files) <= _SMALL_BYTES
            connection.execute(f"CREATE {'TABLE' if held else 'VIEW'} event AS SELECT * FROM {parquet(files)}")  # noqa: S608 - paths of our own
        else:
            connection.register("none", SCHEMA.empty_table())
            connection.execute("CREATE VIEW event AS SELECT *, occurred_at::DATE AS day FROM none")
        return connection

    def day_folder(self, day: date) -> Path:
        """Where the files of a day lie."""
        return self.folder / f"day={day.isoformat()}"


def parquet(files: Iterable[Path]) -> str:
    """Files of a store as a source of DuckDB, with the column `day`."""
    paths = ", ".join("'" + str(file).replace("'", "''") + "'" for file in files)
    return f"read_parquet([{paths}], hive_partitioning = true, hive_types = {{'day': DATE}})"


def replaced_by(file: Path) -> frozenset[str]:
    """The names of the files whose place this one took."""
    if not file.name.startswith(COMPACTED):
        return frozenset()
    return frozenset(json.loads((pq.read_metadata(file).metadata or {}).get(REPLACES.encode(), b"[]")))


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """Where to write so that a reader sees the old file or the new one, and a failure of power leaves one of them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}{UNFINISHED}")
    yield unfinished
    _to_disk(unfinished)
    unfinished.replace(path)
    _to_disk(path.parent)


def _to_disk(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
