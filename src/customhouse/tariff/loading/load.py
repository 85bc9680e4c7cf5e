"""Load: published files of one dialect, as the rows of the next edition of a plain set."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import IO

from customhouse.tariff.edition import TABLES, TariffSet, read_set
from customhouse.tariff.edition.sheet import dated_lines
from customhouse.tariff.edition.table import Line
from customhouse.tariff.loading.measure_extract import MeasureExtract
from customhouse.tariff.loading.schedule_rows import read_schedule_rows
from customhouse.tariff.loading.source import Dialect, Loaded, MeasureTypes, UnreadableSourceError, text_lines, whole_text
from customhouse.tariff.loading.taric3_document import read_records
from customhouse.tariff.loading.taric3_records import standing_records
from customhouse.tariff.loading.taric3_rows import plain_rows

Source = tuple[str, IO[bytes]]  # the name of a file and its content


def load(dialect: Dialect, sources: Sequence[Source], *, into: TariffSet, types: MeasureTypes) -> Loaded:
    """What the files say of the tariff that a set holds; refuses with `UnreadableSourceError` or `edition.UnreadableSetError`.

    A TARIC3 document says what changes, so it is applied to the records that stand in the set, a draft among them; files of every
    other dialect say what there is.
    """
    if dialect is Dialect.TARIC3:
        return _taric3(sources, into, types)
    if dialect is Dialect.PLAIN:
        return _plain(sources)
    loaded = Loaded()
    if dialect is Dialect.HTS:
        for _, stream in sources:
            loaded.joined(read_schedule_rows(whole_text(stream)))
        return loaded
    extract = MeasureExtract(types)
    for _, stream in sources:
        extract.read(text_lines(stream))
    return extract.finished()


def next_lines(loaded: Loaded, into: TariffSet, *, on: date | None, is_part: bool) -> dict[str, Iterable[Line]]:
    """The rows of the next edition by table: those loaded, with what stands of the rest where the source is a part of the tariff.

    `on` is the day from which a source without dates of its own applies.
    """
    coming: dict[str, Iterable[Line]] = {}
    for name, lines in loaded.lines.items():
        standing = list(into.lines(name, edition=into.published))
        rest: list[Line] = []
        if is_part:
            named = {TABLES[name].identity_of(line) for line in lines}
            rest = [line for line in standing if TABLES[name].identity_of(line) not in named]
            standing = [line for line in standing if TABLES[name].identity_of(line) in named]
        is_dated = any(line.get("valid_from") or line.get("valid_to") for line in lines)
        coming[name] = [*rest, *(lines if on is None or is_dated else dated_lines(standing, lines, on=on))]
    return coming


def _taric3(sources: Sequence[Source], into: TariffSet, types: MeasureTypes) -> Loaded:
    records = standing_records(into.lines("taric3_records", edition=into.newest))
    for _, stream in sources:
        for record in read_records(stream):
            records.apply(record)
    return plain_rows(records, types)


def _plain(sources: Sequence[Source]) -> Loaded:
    files: Mapping[str, Iterable[str]] = {name.removesuffix(".csv"): text_lines(stream) for name, stream in sources}
    unknown = [name for name in files if name not in {*TABLES, "editions"}]
    if unknown:
        raise UnreadableSourceError(
            "{unknown}.csv is no table of the plain set: name it one of {tables}", unknown=unknown[0], tables=TABLES
        )
    read = read_set(files)
    loaded = Loaded()
    for name in read.sheets:
        loaded.lines[name] = list(read.lines(name, edition=read.published))
    return loaded
