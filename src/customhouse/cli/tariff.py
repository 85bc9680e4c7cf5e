"""Tariff at the command line: rates read one a line, and what changed from one edition to the next."""

import json
import sys
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from customhouse.cli.console import unreadable
from customhouse.tariff import Rate, hts, taric

app = typer.Typer(no_args_is_help=True, help="Tariffs: their rates, editions and differences.")

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
