import csv
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from customhouse.cli import app

PERIOD = ["--from", "2026-01-01", "--to", "2027-01-01"]


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["performance", *words])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("year") / "store")
    made = CliRunner().invoke(app, ["sandbox", "simulate", folder, "--year", "2026", "--declarations", "120", "--workers", "1"])
    assert made.exit_code == 0, made.output
    return folder


def test_indicators_are_told_as_json_each_with_its_quality(store: str) -> None:
    told = run("indicators", store, *PERIOD, "--json")
    figures = {figure["code"]: figure for figure in json.loads(told.stdout)}
    assert 0 < figures["TF-01"]["value"] < 1
    assert figures["TF-08"] | {"start": "", "end": ""} == figures["TF-08"] | {
        "start": "",
        "end": "",
        "value": None,
        "quality": "no source yet",
    }


def test_indicators_are_told_in_a_table(store: str) -> None:
    told = run("indicators", store, *PERIOD)
    assert told.exit_code == 0
    assert "TF-01" in told.stdout
    assert "the register" in told.stdout


def test_a_study_is_told_and_written_as_a_data_package(store: str, tmp_path: Path) -> None:
    words = ["study", store, *PERIOD, "--seen-until", "2027-03-01", "--target", "arrived to released=48", "--package", str(tmp_path)]
    told = run(*words)
    assert told.exit_code == 0, told.output
    assert "declarant" in told.stdout
    study = json.loads((tmp_path / "study.json").read_text())
    rows = list(csv.DictReader((tmp_path / "segments.csv").read_text().splitlines()))
    whole = next(row for row in rows if row["stratum"] == "all" and row["segment"] == "arrived to released")
    measured = next(each for each in study["segments"] if each["segment"] == "arrived to released")
    assert float(whole["median"]) == measured["elapsed"]["median"]
    tables = {"segments.csv", "actors.csv", "release.csv", "reasons.csv"}
    assert {path.name for path in tmp_path.iterdir()} == tables | {"study.json"}


@pytest.mark.parametrize(
    "words",
    [
        ["indicators", "nowhere", *PERIOD],
        ["study", "nowhere", *PERIOD, "--seen-until", "2027-03-01"],
    ],
)
def test_a_store_without_events_is_told_in_one_sentence(words: list[str]) -> None:
    told = run(*words)
    assert told.exit_code == 2
    assert "holds no events" in " ".join(told.stderr.split())


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["indicators", "{store}", *PERIOD, "--set", "nothing"], "no set of indicators"),
        (["study", "{store}", *PERIOD, "--seen-until", "2027-03-01", "--target", "soon"], "is no target"),
    ],
)
def test_what_cannot_be_understood_is_told_in_one_sentence(store: str, words: list[str], why: str) -> None:
    told = run(*(word.format(store=store) for word in words))
    assert told.exit_code == 2
    assert why in " ".join(told.stderr.split())
