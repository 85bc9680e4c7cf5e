"""Tariff at the command line: rates read one a line, and what changed from one edition to the next."""

import json
import sys
from collections.abc import Iterator, Mapping
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from customhouse.cli import tariff_edition, tariff_publication, tariff_show
from customhouse.cli.console import AsJson, out, print_json, unreadable
from customhouse.cli.tariff_folder import read_folder
from customhouse.tariff import Rate, edition, hts, taric

app = typer.Typer(no_args_is_help=True, help="Tariffs: their rates, editions and differences.")
app.add_typer(tariff_edition.app)
app.add_typer(tariff_publication.app)
app.add_typer(tariff_show.app)

File = Annotated[str, typer.Argument(metavar="FILE", help="A file of expressions, one a line; - reads standard input.")]


class Dialect(StrEnum):
    """How the rates are written: as in the United States, or as in the United Kingdom and the European Union."""

    HTS = "hts"
    TARIC = "taric"


@app.command()
def rates(file: File = "-", *, dialect: Annotated[Dialect, typer.Option(help="How the rates are written.")]) -> None:
    """Read one rate of duty a line, and write what it computes as one JSON object a line."""
    for text in _lines(file):
        told = _hts(text) if dialect is Dialect.HTS else _taric(text)
        sys.stdout.write(json.dumps({"text": text, **told}, ensure_ascii=False) + "\n")


@app.command()
def diff(
    before: Annotated[
        Path, typer.Argument(metavar="A", help="The earlier: an HTS export, a CSV of measures, a folder, or FOLDER@EDITION.")
    ],
    after: Annotated[Path, typer.Argument(metavar="B", help="The later one.")],
    *,
    as_json: AsJson = False,
) -> None:
    """Say which lines of a tariff came, went and changed from one file to the next."""
    found = edition.difference(_published(before), _published(after))
    if as_json:
        print_json(_difference_json(found))
    else:
        _print_difference(found)


def _published(file: Path) -> dict[str, Mapping[str, object]]:
    folder, _, number = str(file).rpartition("@")
    if file.is_dir() or (folder and Path(folder).is_dir()):
        return _of_folder(file if file.is_dir() else Path(folder), "" if file.is_dir() else number)
    try:
        return edition.read_lines(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, edition.UnknownTariffFileError) as error:
        raise unreadable(f"{file}: {error}") from error


def _of_folder(folder: Path, number: str) -> dict[str, Mapping[str, object]]:
    """The rows of an edition of a folder: the one that is named, else the newest, a draft or not."""
    found = read_folder(folder)
    if number and (not number.isdigit() or not 1 <= int(number) <= found.newest):
        raise unreadable(f"{folder} has no edition {number}: the newest is {found.newest}")
    return dict(found.identified(int(number) if number else found.newest))


def _difference_json(found: edition.Difference) -> dict[str, object]:
    def changed(lines: Mapping[str, tuple[edition.Change, ...]]) -> list[dict[str, object]]:
        return [
            {"code": code, "fields": {each.field: {"before": each.before, "after": each.after} for each in changes}}
            for code, changes in lines.items()
        ]

    return {
        "counts": {"added": len(found.added), "removed": len(found.removed), "changed": len(found.changed)},
        "added": [{"code": code, "line": line} for code, line in found.added.items()],
        "removed": [{"code": code, "line": line} for code, line in found.removed.items()],
        "changed": changed(found.changed),
        "other_footnotes": changed(found.other_footnotes),
    }


def _print_difference(found: edition.Difference) -> None:
    counts = f"{len(found.added)} added, {len(found.removed)} removed, {len(found.changed)} changed"
    more = f"; {len(found.other_footnotes)} with other footnotes only" if found.other_footnotes else ""
    out.print(f"[bold]{counts}[/bold]{more}")
    for sign, lines in (("+", found.added), ("-", found.removed)):
        for code, line in lines.items():
            out.print(
                f"{sign} [bold]{escape(code)}[/bold] {escape(str(line.get('description') or line.get('rate') or ''))}", highlight=False
            )
    for code, changes in (*found.changed.items(), *found.other_footnotes.items()):
        for each in changes:
            out.print(f"~ [bold]{escape(code)}[/bold] {escape(each.field)}: {escape(_shown(each.before))}", highlight=False)
            out.print(f"  -> {escape(_shown(each.after))}", highlight=False)


def _shown(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value or "(nothing)")


def _lines(file: str) -> Iterator[str]:
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as stream:
            for line in stream:
                yield line.decode("utf-8-sig").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(str(error)) from error


def _hts(text: str) -> dict[str, object]:
    """One rate, or of a cell of the special column each rate with its programs."""
    read = hts.read_program_rates(text)
    if len(read) == 1 and not read[0].programs:
        return _told(read[0].rate)
    return _several([{"programs": list(each.programs), "text": each.rate.text, **_told(each.rate)} for each in read], "programs")


def _taric(text: str) -> dict[str, object]:
    """One rate, or of a seasonal expression each rate with its season."""
    read = taric.read_seasonal_rate(text)
    if len(read) == 1 and read[0][0] is None:
        return _told(read[0][1])
    return _several([{"season": str(season), "text": rate.text, **_told(rate)} for season, rate in read], "seasons")


def _several(told: list[dict[str, object]], name: str) -> dict[str, object]:
    statuses = [each["status"] for each in told]
    worst = next(each for each in ("unparsed", "reference", "computable") if each in statuses)
    return {"status": worst, "base": None, "floor": None, "cap": None, name: told}


def _told(rate: Rate) -> dict[str, object]:
    status = "computable" if not rate.unreadable else "reference" if rate.refers_to else "unparsed"
    told: dict[str, object] = {"status": status}
    for name, form in (("base", rate.base), ("floor", rate.floor), ("cap", rate.cap)):
        told[name] = None if form is None or status == "unparsed" else {each: f"{amount:f}" for each, amount in form.for_one().items()}
    told["currency"] = " ".join(sorted(rate.currencies)) or None
    if rate.unreadable:
        told |= {"reason": rate.unreadable, "refers_to": rate.refers_to or None}
    return told
