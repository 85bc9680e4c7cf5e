"""The rulings commands as they are typed."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from customhouse.cli import app

RUN = CliRunner()
SAMPLE = Path(__file__).resolve().parents[2] / "countries" / "sandbox" / "samples" / "bicycles.xml"
STEP = {"rule": "1", "applies": True, "answer": "toys", "candidates": [{"code": "9503", "reason": "toys"}]}
TEXT = {"texts": [{"kind": "heading", "reference": "9503"}]}


def written(folder: Path, name: str, *lines: object) -> str:
    path = folder / name
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return str(path)


def test_decisions_that_contradict_each_other_are_listed_with_what_separates_them(tmp_path: Path) -> None:
    rows = [
        {"id": "A", "text": "doll with a music box", "code": "950300"},
        {"id": "B", "text": "dolls, music box inside", "code": "920810"},
    ]
    file = written(tmp_path, "decided.jsonl", *rows)
    told = RUN.invoke(app, ["rulings", "conflicts", file, "--json", "--least", "0.2"])
    (found,) = [json.loads(line) for line in told.stdout.splitlines()]
    assert (told.exit_code, {found["reference"], found["other"]["id"]}, found["level"]) == (1, {"A", "B"}, "chapter")
    assert "only there: " in RUN.invoke(app, ["rulings", "conflicts", file, "--least", "0.2"]).stdout
    assert RUN.invoke(app, ["rulings", "conflicts", file, "--least", "1"]).exit_code == 0


def test_the_rulings_that_an_edition_ends_are_listed_with_their_successors(tmp_path: Path) -> None:
    ruling = {"reference": "QZ-1", "office": "o", "code": "95030021", "goods": "doll", "start": "2026-01-01"}
    rulings, correlation = written(tmp_path, "r.jsonl", ruling), written(tmp_path, "c.csv", "from,to", "9503.00,9503.10", "9503.00,9503.20")
    told = RUN.invoke(app, ["rulings", "ended", rulings, correlation, "--on", "2028-01-01"])
    assert (told.exit_code, told.stdout) == (1, "QZ-1 95030021 -> 950310, 950320\n")
    told = RUN.invoke(app, ["rulings", "ended", rulings, correlation, "--on", "2028-01-01", "--json"])
    assert json.loads(told.stdout)["successors"] == ["950310", "950320"]
    assert RUN.invoke(app, ["rulings", "ended", rulings, correlation, "--on", "2025-01-01"]).exit_code == 0


def test_a_declaration_is_cleared_against_the_rulings_given(tmp_path: Path) -> None:
    ruling = {
        "reference": "QZ-1",
        "holder": "QZ7700000001",
        "office": "o",
        "code": "871190",
        "goods": "bicycle, steel frame, city bicycles",
    }
    file = written(tmp_path, "r.jsonl", ruling | {"start": "2026-01-01"})
    told = RUN.invoke(app, ["clear", str(SAMPLE), "--country", "sandbox", "--on", "2026-11-20", "--rulings", file, "--json"])
    cleared = json.loads(told.stdout)
    assert "RUL-06" in {finding["code"] for finding in cleared["findings"]}
    assert "RULING-BREACH" in {hit["profile_id"] for hit in cleared["selection"]["hits"]}


def test_a_walk_is_replayed_and_read_aloud_or_told_where_it_breaks_a_rule(tmp_path: Path) -> None:
    begun = written(tmp_path, "begun.json", {"goods": "doll", "edition": "HS 2022", "steps": [STEP | TEXT]})
    told = RUN.invoke(app, ["rulings", "walk", begun])
    assert (told.exit_code, told.stdout.splitlines()[-1]) == (1, "The classification is not finished.")
    skipped = written(
        tmp_path, "skipped.json", {"goods": "doll", "edition": "HS 2022", "steps": [STEP | TEXT, STEP | TEXT | {"rule": "4"}]}
    )
    assert "Rule 4 is not asked now: Rule 2(a) is next" in RUN.invoke(app, ["rulings", "walk", skipped]).stdout


@pytest.mark.parametrize("command", [["conflicts"], ["walk"], ["ended", "--on", "2028-01-01"]])
def test_what_cannot_be_read_ends_with_2(tmp_path: Path, command: list[str]) -> None:
    wrong = written(tmp_path, "wrong", "nothing of the kind")
    files = [wrong, wrong] if command[0] == "ended" else [wrong]
    assert RUN.invoke(app, ["rulings", command[0], *files, *command[1:]]).exit_code == 2
