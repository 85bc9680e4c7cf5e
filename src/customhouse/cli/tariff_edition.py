"""Editions at the command line: a published tariff loaded into a folder of plain files as the difference against the last."""

import hashlib
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Annotated, cast

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import open as open_with_progress

from customhouse.cli.console import AsJson, out, print_json, unreadable
from customhouse.cli.tariff_folder import read_folder, write_folder
from customhouse.kernel import Finding
from customhouse.pipeline import told
from customhouse.tariff import edition, loading

app = typer.Typer()

Folder = Annotated[Path, typer.Argument(metavar="FOLDER", help="A folder with measures.csv, commodities.csv, areas.csv and quotas.csv.")]
_SHOWN = 20


@app.command()
def load(  # noqa: PLR0913 - the options of one command
    sources: Annotated[list[Path], typer.Argument(metavar="SOURCE...", help="Files of one published tariff, or a folder of plain files.")],
    *,
    dialect: Annotated[loading.Dialect, typer.Option(help="The form of the files.")],
    into: Annotated[Path, typer.Option(metavar="FOLDER", help="The folder of plain files to write or bring up to date.")],
    by: Annotated[str, typer.Option(metavar="NAME", help="Who prepares the edition.")],
    applies_from: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The day from which a source without dates of its own applies.")
    ] = None,
    part: Annotated[bool, typer.Option("--part", help="The files are a part of the tariff: what they do not name stays.")] = False,
    measure_types: Annotated[Path | None, typer.Option(help="A measure_types.csv; without it that of the folder.")] = None,
    note: Annotated[str, typer.Option(help="What the edition is for.")] = "",
    as_json: AsJson = False,
) -> None:
    """Load a published tariff as a draft edition: what differs from the edition in force, and nothing where nothing does."""
    standing = read_folder(into)
    files = [file for source in sources for file in _files(source)]
    digests = [_sha256(file) for file in files]
    if dialect is loading.Dialect.TARIC3:
        known = {digest for each in standing.editions for digest in each.sha256.split()}
        fresh = [place for place, digest in enumerate(digests) if digest not in known]
        files, digests = [files[place] for place in fresh], [digests[place] for place in fresh]
    loaded = _loaded(dialect, files, standing, _types(measure_types or into / "measure_types.csv"))
    coming = loading.next_lines(loaded, standing, on=applies_from.date() if applies_from else None, is_part=part)
    prepared = edition.Preparation(
        by=by,
        at=datetime.now(UTC).replace(microsecond=0),
        source="; ".join(file.name for file in files),
        sha256=" ".join(digests),
        note=note,
    )
    after = standing.after(coming, prepared) if files else standing
    if after is not standing:
        write_folder(into, after)
    _tell_load(after, loaded, is_changed=after is not standing, as_json=as_json)


def _loaded(dialect: loading.Dialect, files: list[Path], standing: edition.TariffSet, types: loading.MeasureTypes) -> loading.Loaded:
    console = Console(stderr=True)
    try:
        with ExitStack() as opened:
            streams: list[tuple[str, IO[bytes]]] = []
            for file in files:
                progress = open_with_progress(file, "rb", description=file.name, console=console, transient=True)
                streams.append((file.name, cast("IO[bytes]", opened.enter_context(progress))))
            return loading.load(dialect, streams, into=standing, types=types)
    except (OSError, loading.UnreadableSourceError, edition.UnreadableSetError) as error:
        raise unreadable(str(error)) from error


def _files(source: Path) -> Iterator[Path]:
    """The file, or of a folder its plain files."""
    if source.is_dir():
        return (source / f"{name}.csv" for name in (*edition.TABLES, "editions") if (source / f"{name}.csv").is_file())
    return iter((source,))


def _sha256(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise unreadable(str(error)) from error


def _types(file: Path) -> loading.MeasureTypes:
    try:
        return loading.measure_types(file.read_text("utf-8-sig")) if file.is_file() else loading.MeasureTypes()
    except (OSError, ValueError) as error:
        raise unreadable(f"{file}: {error}") from error


def _tell_load(after: edition.TariffSet, loaded: loading.Loaded, *, is_changed: bool, as_json: bool) -> None:
    number = after.newest
    counts = after.counts(number) if after.draft else {}
    if as_json:
        print_json(
            {
                "edition": number,
                "is_draft": after.draft is not None,
                "is_changed": is_changed,
                "tables": {
                    name: {"added": each.added, "retired": each.retired, "unchanged": each.unchanged} for name, each in counts.items()
                },
                "passed_over": dict(sorted(loaded.passed_over.items())),
                "findings": [told(finding) for finding in loaded.findings],
            }
        )
        return
    if not is_changed:
        out.print(f"Nothing changes: edition {number} stands." if number else "Nothing changes: there is no edition.")
    for name, each in counts.items():
        out.print(f"{name}: {each.added} added, {each.retired} retired, {each.unchanged} unchanged", highlight=False)
    if is_changed:
        out.print(f"[bold]Edition {number} is a draft.[/bold] Another person publishes it: customhouse tariff publish")
    for what, count in sorted(loaded.passed_over.items()):
        out.print(f"passed over: {count} {escape(what)}", highlight=False)
    _print_some(loaded.findings)


def _print_some(findings: list[Finding]) -> None:
    for each in findings[:_SHOWN]:
        out.print(f"{each.severity.value} [bold]{each.code}[/bold] {escape(told(each)['message'])}", highlight=False, soft_wrap=True)
    if len(findings) > _SHOWN:
        out.print(f"and {len(findings) - _SHOWN} more, all with --json")
