"""Rulings at the command line: which contradict each other, which an edition ends, and a walk of the General Rules read aloud."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import msgspec
import typer
from rich.markup import escape

from customhouse.cli.console import CLEAN, FINDINGS, AsJson, out, print_json, unreadable
from customhouse.tariff import classification, interpretation, register

app = typer.Typer(help="Advance rulings and other decisions: conflicts, new editions, reasoning.", no_args_is_help=True)
Decided = Annotated[Path, typer.Argument(help="Decisions as JSON lines with `id`, `text`, `code`, and `office` where it is known.")]
Read = TypeVar("Read")
Least = Annotated[float, typer.Option(min=0, max=1, help="How like the goods must be, from 0 to 1.")]


@app.command()
def conflicts(decided: Decided, *, least: Least = register.conflict.LIKE_ENOUGH, as_json: AsJson = False) -> None:
    """List decisions on like goods with different codes, the likest first, with what separates them."""
    found = register.conflicts_within(_read(decided, lambda lines: list(classification.read_precedents(lines))), least=least)
    for each in found:
        if as_json:
            print_json(msgspec.to_builtins(each))
        else:
            parted = f"{each.reference} {each.code} | {each.other.id} {each.other.code}"
            out.print(f"{each.likeness:.2f} {escape(parted)} ({each.level.value})", highlight=False)
            out.print(f"     only there: {', '.join(each.other_words)}; only here: {', '.join(each.own_words)}", style="dim", markup=False)
    raise typer.Exit(FINDINGS if found else CLEAN)


@app.command()
def ended(
    rulings: Annotated[Path, typer.Argument(help="Rulings as JSON lines, as the register publishes them.")],
    correlation: Annotated[Path, typer.Argument(help="A CSV with the columns `from` and `to`.")],
    *,
    on: Annotated[dt.datetime, typer.Option(formats=["%Y-%m-%d"], help="The first day of the edition.")],
    as_json: AsJson = False,
) -> None:
    """List the rulings in force whose code an edition of the nomenclature ends, with the codes it goes over into."""
    found = register.reissues(read_rulings(rulings), _read(correlation, register.read_correlation), on=on.date())
    for each in found:
        if as_json:
            print_json({"reference": each.ruling.reference, "code": each.ruling.code, "successors": each.successors})
        else:
            out.print(
                f"{each.ruling.reference} {each.ruling.code} -> {', '.join(each.successors) or 'nothing'}", highlight=False, markup=False
            )
    raise typer.Exit(FINDINGS if found else CLEAN)


@app.command()
def walk(file: Annotated[Path, typer.Argument(help="A walk as JSON: `goods`, `edition` and `steps`.")]) -> None:
    """Replay a walk of the General Rules step by step and read it aloud; one that breaks a rule is told where."""
    kept = _read(file, lambda lines: msgspec.json.decode("\n".join(lines), type=interpretation.Walk))
    try:
        again = interpretation.walk_of(kept.goods, kept.edition, steps=kept.steps)
    except interpretation.WrongStepError as error:
        out.print(f"[red]{escape(str(error))}[/red]")
        raise typer.Exit(FINDINGS) from error
    for sentence in interpretation.read_aloud(again):
        out.print(sentence, highlight=False, markup=False)
    raise typer.Exit(CLEAN if again.decided_code else FINDINGS)


def read_rulings(path: Path) -> list[register.Ruling]:
    """The rulings of a file of JSON lines; ends the command where it cannot be read."""
    return _read(path, lambda lines: [msgspec.json.decode(line, type=register.Ruling) for line in lines if line.strip()])


def _read(path: Path, reader: Callable[[list[str]], Read]) -> Read:
    try:
        return reader(path.read_text("utf-8-sig").splitlines())
    except (OSError, ValueError) as error:
        raise unreadable(f"{path}: {error}") from error
