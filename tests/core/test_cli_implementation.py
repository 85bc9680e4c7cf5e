import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from customhouse.cli import app


def run(*words: str) -> Result:
    return CliRunner().invoke(app, ["strategy", *words])


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = str(tmp_path_factory.mktemp("year") / "store")
    made = CliRunner().invoke(app, ["sandbox", "simulate", folder, "--year", "2026", "--declarations", "120", "--workers", "1"])
    assert made.exit_code == 0, made.output
    return folder


def test_each_measure_is_told_with_its_state_and_its_figure(store: str) -> None:
    told = run("tfa", store, "--json")
    measures = {each["number"]: each for each in json.loads(told.stdout)}
    assert len(measures) == 37
    assert measures["7.1"]["is_carried_out"]
    assert measures["7.1"]["weighed"][0]["figure"]["value"] > 0.25
    assert measures["5.1"]["state"] == "no source"
    assert measures["5.1"]["reasons"] == ["no source: alerts between agencies and when each ended"]


def test_without_a_store_only_what_the_product_is_can_be_checked() -> None:
    told = json.loads(run("tfa", "--json").stdout)
    assert {each["number"] for each in told if each["is_carried_out"]} == {"10.6"}
    assert "not worked out" in next(each for each in told if each["number"] == "7.1")["reasons"][0]


@pytest.mark.parametrize("name", ["kyoto", "safe", "digital"])
def test_other_instruments_are_told_in_a_table(store: str, name: str) -> None:
    told = run("implementation", name, store)
    assert told.exit_code == 0
    assert "carried out" in told.stdout


def test_what_is_no_instrument_or_no_store_is_told_in_one_sentence(tmp_path: Path) -> None:
    broken = tmp_path / "own.toml"
    broken.write_text("name = 1")
    cases = (
        (["implementation", "nowhere"], "no instrument"),
        (["implementation", str(broken)], "cannot be read"),
        (["tfa", "x"], "no events"),
    )
    for words, why in cases:
        told = run(*words)
        assert told.exit_code == 2
        assert why in " ".join(told.stderr.split())
