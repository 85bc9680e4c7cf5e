"""The classify command as it is typed."""

import json
from pathlib import Path

from typer.testing import CliRunner

from customhouse.cli import app

RUN = CliRunner()


def test_a_batch_gives_ranked_codes_a_line(tmp_path: Path) -> None:
    asked, learned = tmp_path / "asked.jsonl", tmp_path / "learned.jsonl"
    asked.write_text('{"id": "a", "text": "filter cigarettes"}\n\n{"id": 7, "text": "zzz"}\n')
    learned.write_text('{"id": "R1", "text": "filter cigarette", "code": "240220"}\n')
    done = RUN.invoke(app, ["classify", "--batch", str(asked), "--precedents", str(learned), "--json"])
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (done.exit_code, first["id"], first["codes"][0], first["suggestions"][0]["precedents"]) == (0, "a", "240220", ["R1"])
    assert (second["id"], second["answer"]) == (7, "insufficient_description")


def test_one_description_is_told_in_words_and_ends_with_1_where_it_does_not_suffice() -> None:
    assert RUN.invoke(app, ["classify", "bicycles"]).exit_code == 0
    assert RUN.invoke(app, ["classify", "zzz"]).exit_code == 1


def test_what_cannot_be_read_ends_with_2(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("no json")
    for arguments in (
        [],
        ["x", "--batch", str(wrong)],
        ["--batch", str(wrong)],
        ["x", "--precedents", str(wrong)],
        ["x", "--nomenclature", str(wrong)],
    ):
        assert RUN.invoke(app, ["classify", *arguments]).exit_code == 2
