"""The simulation at the command line: a made-up history, a draft, an outcome in files and words, again from where it stopped."""

import csv
import json
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from customhouse.cli import app

RUN = CliRunner()


@pytest.fixture
def history(tmp_path: Path) -> Path:
    path = tmp_path / "history.parquet"
    assert RUN.invoke(app, ["sandbox", "history", str(path), "--items", "2000"]).exit_code == 0
    pq.write_table(pq.read_table(path), path, row_group_size=700)
    return path


def simulate(history: Path, draft: Path, target: Path, *more: str) -> tuple[int, str]:
    given = ["simulate", str(history), "--country", "sandbox", "--draft", str(draft), "--out", str(target), "--workers", "1", *more]
    answer = RUN.invoke(app, given)
    return answer.exit_code, answer.stdout


def test_a_draft_is_told_in_words_and_files(history: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.csv"
    draft.write_text("commodity,area,kind,preference,rate,valid_from\n61091000,1011,ICD,100,0 %,2028-01-01\n")
    code, said = simulate(history, draft, tmp_path / "out")
    assert (code, said.startswith("Revenue falls by ")) == (0, True)
    told = json.loads((tmp_path / "out" / "result.json").read_text())
    assert Decimal(told["total"]["difference"]) < 0
    assert [each["key"] for each in told["winners"]["commodity"]] == ["61091000"]
    by_chapter = csv.DictReader((tmp_path / "out" / "by_chapter.csv").read_text().splitlines())
    assert sum(Decimal(each["after"]) for each in by_chapter if not each["tax"]) == Decimal(told["total"]["after"])
    answering = tmp_path / "elasticities.csv"
    answering.write_text("chapter,elasticity\n61,-1.5\n,-0.5\n")
    code, said = simulate(history, draft, tmp_path / "answered", "--elasticities", str(answering), "--json")
    answered = json.loads(said)
    assert answered["total"]["after_unanswered"] == told["total"]["after"] < answered["total"]["after"]


def test_a_second_run_goes_on_and_another_draft_is_not_mixed_in(history: Path, tmp_path: Path) -> None:
    draft = tmp_path / "draft.csv"
    draft.write_text("commodity,area,kind,preference,rate\n61091000,1011,ICD,100,0 %\n")
    simulate(history, draft, tmp_path / "out")
    first = (tmp_path / "out" / "result.json").read_bytes()
    (tmp_path / "out" / "parts" / "part-00001.parquet").unlink()
    standing = (tmp_path / "out" / "parts" / "part-00000.parquet").stat().st_mtime_ns
    assert simulate(history, draft, tmp_path / "out")[0] == 0
    assert (tmp_path / "out" / "result.json").read_bytes() == first
    assert (tmp_path / "out" / "parts" / "part-00000.parquet").stat().st_mtime_ns == standing
    draft.write_text("commodity,area,kind,preference,rate\n61091000,1011,ICD,100,1 %\n")
    assert simulate(history, draft, tmp_path / "out")[0] == 2


@pytest.mark.parametrize(("name", "text"), [("draft.csv", "nonsense"), ("draft.toml", "currency = 1"), ("draft.txt", "")])
def test_a_draft_that_cannot_be_read_ends_the_command(history: Path, tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text)
    assert simulate(history, tmp_path / name, tmp_path / "out")[0] == 2


def test_a_folder_may_hold_a_whole_edition_and_a_regime(history: Path, tmp_path: Path) -> None:
    shipped = Path(__file__).resolve().parents[2] / "countries" / "sandbox"
    (tmp_path / "draft").mkdir()
    for name in ("measures.csv", "regime.toml"):
        (tmp_path / "draft" / name).write_text((shipped / name).read_text("utf-8"), "utf-8")
    assert simulate(history, tmp_path / "draft", tmp_path / "out")[1].startswith("Revenue does not change.")
    regime = tmp_path / "draft" / "regime.toml"
    regime.write_text(regime.read_text("utf-8").replace('mode = "half_up"', 'mode = "down"'), "utf-8")
    assert simulate(history, tmp_path / "draft", tmp_path / "down")[1].startswith("Revenue falls by ")
