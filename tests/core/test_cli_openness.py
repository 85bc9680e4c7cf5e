"""The environmental scan and the research commands: what they print, and what they refuse."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from customhouse.cli import app
from customhouse.performance import EventStore, Recorded, event_table

PERIOD = ["--from", "2026-01-01", "--to", "2027-01-01"]


def told(*arguments: object, code: int = 0) -> str:
    answer = CliRunner(env={"COLUMNS": "200"}).invoke(app, [str(each) for each in arguments])
    assert answer.exit_code == code, answer.output
    return answer.output


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """Six months of one declaration each, of goods of chapter 87 from one origin."""
    events = []
    for month in range(1, 7):
        at, of = f"2026-{month:02}-10T10:00:00Z", f"D{month}"
        declared = {"type_code": "IMA", "office": "X", "item_count": 1, "chapters": ["87"], "origins": ["CN"]}
        events.append({"event": "DeclarationAccepted", "occurred_at": at, "declaration_id": of, "declared": declared})
        events.append({"event": "DutyAssessed", "occurred_at": at, "declaration_id": of, "customs_value": "1000", "taxes": {"VAT": "150"}})
    written = EventStore(tmp_path / "store")
    written.write(event_table(Recorded(1, place, json.dumps(each)) for place, each in enumerate(events)))
    return written.folder


def test_a_scan_is_summed_up_held_against_a_plan_and_against_itself() -> None:
    answer = json.loads(told("strategy", "scan", "wco-2016", "--plan", "wco-2016-2019", "--against", "wco-2016", "--json"))
    assert answer["summary"][0] == "Customs Environmental Scan 2016: 16 items, 0 of them rated."
    assert (answer["changes"], answer["links"]) == ([], [])
    assert "nothing to tell" in told("strategy", "scan", "wco-2016", "--plan", "wco-2016-2019")
    told("strategy", "scan", "nonsense", code=2)


def test_a_forecast_prints_its_error(store: Path) -> None:
    printed = told("research", "forecast", store, *PERIOD, "--months", "2")
    assert "150.00" in printed
    assert "mean error 0.0%" in printed
    assert "too few months for an interval" in printed
    answer = json.loads(told("research", "forecast", store, *PERIOD, "--json"))
    assert answer["backtest"]["months"] == 3
    told("research", "forecast", store, *PERIOD, "--after", "6", code=2)


def test_a_mirror_gap_is_ranked_with_its_assumption(store: Path, tmp_path: Path) -> None:
    partner = tmp_path / "partner.csv"
    partner.write_text("hs,partner,value,quantity,unit\n870323,CN,9000,,\n87,CN,1000,,\n", "utf-8")
    carriage = ["--carriage", "1.02,1.06,1.1", "--source", "a study"]
    printed = told("research", "mirror", store, partner, *PERIOD, *carriage)
    assert "we record less" in printed
    assert "a study" in printed
    told("research", "mirror", store, tmp_path / "none.csv", *PERIOD, *carriage, code=2)


def test_a_release_is_logged_so_that_the_next_one_cannot_betray_anybody(tmp_path: Path) -> None:
    first, second, log = tmp_path / "a.csv", tmp_path / "b.csv", tmp_path / "log.json"
    rows = [f"d{place},{who},02,5" for place, who in enumerate("abc")]
    for file, lines in ((first, rows), (second, [*rows, "d9,z,02,7"])):
        file.write_text("\n".join(["unit,contributor,chapter,value", *lines]) + "\n", "utf-8")
    assert "02,15," in told("research", "release", first, log, "--by", "chapter")
    assert "worked out from it" in told("research", "release", second, log, "--by", "chapter")
    told("research", "release", first, log, "--by", "nonsense", code=2)
