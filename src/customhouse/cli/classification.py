"""Classification at the command line: one description, or a file of them, to ranked subheadings."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.progress import track

from customhouse.cli.console import CLEAN, FINDINGS, AsJson, Country, country_package, out, print_json, unreadable
from customhouse.tariff import classification

Text = Annotated[str | None, typer.Argument(help="A description of goods.")]
Batch = Annotated[Path | None, typer.Option(metavar="FILE", help="Descriptions as JSON lines with `id` and `text`.")]
Listed = Annotated[
    Path | None, typer.Option(envvar="CUSTOMHOUSE_NOMENCLATURE", help="A CSV with `code` and `description` in place of the country's.")
]
Learned = Annotated[
    Path | None, typer.Option(envvar="CUSTOMHOUSE_PRECEDENTS", help="JSON lines with `id`, `text`, `code`: what customs has decided.")
]
KeptOut = Annotated[Path | None, typer.Option(help="JSON lines with `text` to measure with: nothing is learned that nearly equals one.")]
Limit = Annotated[int, typer.Option(min=1, max=500, help="How many subheadings to list.")]


def classify(  # noqa: PLR0913 - what to classify, by what, and how to print it
    text: Text = None,
    *,
    batch: Batch = None,
    nomenclature: Listed = None,
    precedents: Learned = None,
    evaluation: KeptOut = None,
    country: Country = "sandbox",
    limit: Limit = 20,
    as_json: AsJson = False,
) -> None:
    """Suggest the subheadings that a description of goods speaks for."""
    if (text is None) == (batch is None):
        raise unreadable("give either a description or --batch FILE")
    asked = [("", text or "")] if batch is None else list(_asked(batch))
    index = _index(nomenclature, precedents, country, kept_out=() if evaluation is None else [text for _, text in _asked(evaluation)])
    answers = set()
    for key, each in track(asked, description="Classifying", console=Console(stderr=True), disable=batch is None, transient=True):
        found = index.suggest(each, limit=limit)
        answers.add(found.answer)
        if as_json:
            print_json(_told(key, found))
        else:
            _print(each, found)
    raise typer.Exit(FINDINGS if batch is None and classification.Answer.INSUFFICIENT in answers else CLEAN)


def _asked(batch: Path) -> Iterator[tuple[object, str]]:
    try:
        with batch.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    row = json.loads(line)
                    yield row.get("id", number), str(row["text"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise unreadable(f"{batch} is not a file of JSON lines with id and text: {error}") from error


def _index(nomenclature: Path | None, precedents: Path | None, country: str, *, kept_out: Sequence[str] = ()) -> classification.Index:
    try:
        if nomenclature is None:
            commodities = country_package(country).law.tariff.nomenclature
            wording = classification.by_level({each.code: each.description for each in commodities})
        else:
            wording = classification.read_wording(nomenclature.read_text("utf-8-sig").splitlines())
        lines = precedents.read_text("utf-8-sig").splitlines() if precedents else []
        decided = list(classification.read_precedents(lines))
        return classification.Index(wording, classification.learned(decided, kept_out=kept_out) if kept_out else decided)
    except (OSError, UnicodeDecodeError, classification.UnreadableWordingError, classification.UnreadablePrecedentError) as error:
        raise unreadable(str(error)) from error


def _told(key: object, found: classification.Suggestions) -> dict[str, object]:
    suggestions = [
        {
            "code": each.code,
            "score": each.score,
            "description": each.description,
            "matched": each.matched,
            "precedents": [precedent.id for precedent in each.precedents],
            "set_apart_by": each.set_apart_by,
        }
        for each in found.ranked
    ]
    answer: dict[str, object] = {"id": key, "codes": [each.code for each in found.ranked], "answer": found.answer.value}
    return answer | {"reason": found.reason, "question": found.question.text, "version": found.version, "suggestions": suggestions}


def _print(text: str, found: classification.Suggestions) -> None:
    out.print(f"[bold]{escape(text)}[/bold]")
    if found.reason:
        out.print(f"  [yellow]the description does not suffice:[/yellow] {escape(found.reason)}")
    if found.question.text:
        out.print(f"  {escape(found.question.text)}", highlight=False)
    for each in found.ranked:
        out.print(f"  [bold]{each.code}[/bold] {escape(each.description)}", highlight=False)
        why = [f"words: {', '.join(each.matched)}"] if each.matched else []
        why += [f"precedent {precedent.id}: {precedent.text}" for precedent in each.precedents]
        out.print(f"    {escape('; '.join(why))}", highlight=False, style="dim")
    out.print(f"  learned: version {found.version}", highlight=False, style="dim")
