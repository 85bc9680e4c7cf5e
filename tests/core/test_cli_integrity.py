import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from customhouse.cli import app
from customhouse.performance import EventStore, Recorded, event_table

PERIOD = ["--from", "2026-11-01", "--to", "2026-12-01"]


@pytest.fixture
def store(tmp_path: Path) -> str:
    """Events in which one of two officers asks nothing."""
    recorded = []
    for number in range(1, 60):
        place = f'"declaration_id":"D{number}","version":1,"occurred_at":"2026-11-1{number % 9}T09:00:00Z"'
        declared = '"declared":{"type_code":"IMA","office":"QZ000101","border_mode":"1","declarant":"B1","importer":"I1"}'
        who, reason = ("ngata", ".") if number <= 6 else ("diallo", "Which quantity is right, and why?")
        accepted = f'{{"event":"DeclarationAccepted",{place},"state":"accepted","actor":"B1","role":"broker",{declared}}}'
        asked = f'{{"event":"DeclarantQueried",{place},"state":"queried","actor":"{who}","role":"officer","reason":"{reason}"}}'
        recorded += [Recorded(2 * number, 2 * number, accepted), Recorded(2 * number + 1, 2 * number + 1, asked)]
    EventStore(tmp_path).write(event_table(recorded))
    return str(tmp_path)


def test_leads_are_told_in_a_table_that_says_they_are_no_verdict(store: str) -> None:
    told = CliRunner().invoke(app, ["integrity", "leads", store, *PERIOD])
    assert told.exit_code == 0
    assert "6 of 6" in told.stdout
    assert "no verdict" in told.stdout


def test_leads_are_told_as_json_with_every_event_behind_them(store: str) -> None:
    told = CliRunner().invoke(app, ["integrity", "leads", store, *PERIOD, "--json"])
    (lead,) = json.loads(told.stdout)
    assert (lead["rule"], lead["actor"]) == ("IL-01", "ngata")
    assert [each["declaration_id"] for each in lead["evidence"]] == [f"D{number}" for number in range(1, 7)]


def test_a_file_that_holds_no_rules_is_refused_in_a_sentence(store: str, tmp_path: Path) -> None:
    (tmp_path / "rules.toml").write_text("nothing = 1")
    told = CliRunner().invoke(app, ["integrity", "leads", store, *PERIOD, "--rules", str(tmp_path / "rules.toml")])
    assert told.exit_code != 0
    assert "cannot be read" in told.output
