import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from customhouse.cli import app
from customhouse.performance import EventStore

COUNT = 60


def simulated(target: Path, *, workers: int, year: int = 2026) -> list[tuple[object, ...]]:
    told = CliRunner().invoke(
        app,
        ["sandbox", "simulate", str(target), "--year", str(year), "--declarations", str(COUNT), "--workers", str(workers), "--json"],
    )
    assert told.exit_code == 0, told.output
    assert json.loads(told.stdout)["declarations"] == COUNT
    return EventStore(target).connect().view("event").order("id").project("id, kind, document").fetchall()


def test_a_year_is_the_same_however_many_processes_make_it(tmp_path: Path) -> None:
    assert simulated(tmp_path / "one", workers=1) == simulated(tmp_path / "two", workers=2)


@pytest.mark.parametrize("country", ["uk", "nowhere"])
def test_a_country_that_cannot_be_simulated_is_told_in_one_sentence(tmp_path: Path, country: str) -> None:
    told = CliRunner().invoke(
        app, ["sandbox", "simulate", str(tmp_path / "store"), "--year", "2026", "--declarations", "5", "--country", country]
    )
    assert told.exit_code == 2
    assert "cannot be read" in told.stderr


@pytest.mark.parametrize(("year", "why"), [("2019", "no goods that could be imported"), ("10000", "2200")])
def test_a_year_in_which_nothing_can_be_imported_is_told_and_leaves_no_store(tmp_path: Path, year: str, why: str) -> None:
    told = CliRunner().invoke(app, ["sandbox", "simulate", str(tmp_path / "store"), "--year", year, "--declarations", "5"])
    assert told.exit_code == 2
    assert why in " ".join(told.stderr.replace("│", " ").split())
    assert not (tmp_path / "store").exists()


def test_a_store_that_is_in_use_is_not_written_over(tmp_path: Path) -> None:
    simulated(tmp_path / "store", workers=1)
    told = CliRunner().invoke(app, ["sandbox", "simulate", str(tmp_path / "store"), "--year", "2026", "--declarations", "5"])
    assert told.exit_code == 2
    assert "holds events already" in " ".join(told.stderr.split())


@pytest.mark.parametrize(
    ("variable", "named", "folder"),
    [
        ("CUSTOMHOUSE_EVENT_STORE", "own", "own"),
        ("CUSTOMHOUSE_HOME", "home", "home/events"),
        ("CUSTOMHOUSE_EVENT_STORE", "", ".customhouse/events"),
    ],
)
def test_without_a_store_named_the_year_goes_where_the_site_looks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, variable: str, named: str, folder: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for each in ("CUSTOMHOUSE_EVENT_STORE", "CUSTOMHOUSE_HOME"):
        monkeypatch.delenv(each, raising=False)
    monkeypatch.setenv(variable, named)
    told = CliRunner().invoke(app, ["sandbox", "simulate", "--year", "2026", "--declarations", "5", "--workers", "1"])
    assert told.exit_code == 0, told.output
    assert EventStore(tmp_path / folder).days()
