"""The report on a plan at the command line: from the plan, and from what an event store has of its cycle and of its figures."""

import json
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import msgspec
import pytest
from tests.core.strategy.test_reading import YAML
from typer.testing import CliRunner, Result

from customhouse.cli import app
from customhouse.performance import EventStore, Recorded, event_table
from customhouse.strategy import Form, read_plan
from customhouse.strategy.review import event
from customhouse.strategy.review.event import events_in

AT = datetime(2026, 2, 20, 9, tzinfo=UTC)
[INDICATOR] = read_plan(YAML, Form.YAML).operation.indicators
COMMON = {"occurred_at": AT, "actor": "bob"}
Asked = Callable[..., Result]


def approval(plan: str) -> event.PlanIndicatorDecided:
    return event.PlanIndicatorDecided(**COMMON, plan=plan, indicator=INDICATOR, approved=True, decision="AC/12", decided_on=AT.date())


RELEASE: list[dict[str, Any]] = [
    {"event": "DeclarationAccepted", "occurred_at": "2026-09-01T08:00:00Z", "declaration_id": "0192-1", "state": "released"},
    {"event": "GoodsReleased", "occurred_at": "2026-09-01T10:00:00Z", "declaration_id": "0192-1", "state": "released"},
]


@pytest.fixture
def asked(tmp_path: Path) -> Asked:
    """The command, over a store with these events and a plan in YAML."""

    def asking(*options: str, events: list[object], text: str = YAML) -> Result:
        (tmp_path / "own.yaml").write_text(text, "utf-8")
        recorded = [Recorded(1, number, msgspec.json.encode(each).decode()) for number, each in enumerate(events, start=1)]
        EventStore(tmp_path / "store").write(event_table(recorded))
        return CliRunner().invoke(app, ["strategy", "report", str(tmp_path / "own.yaml"), str(tmp_path / "store"), *options])

    return asking


def test_what_is_approved_has_its_figure_from_the_store(asked: Asked) -> None:
    done = asked("--year", "2026", "--mid-year", "--on", "2027-01-10", "--json", events=[approval("own"), *RELEASE])
    told = json.loads(done.stdout)
    assert told["period"] == {"start": "2026-07-01", "end": "2027-01-01", "stood_on": "2027-01-10"}
    [found] = told["goals"][0]["activities"][0]["indicators"]
    assert (found["code"], found["value"], found["target"], found["status"]) == ("TF-02", 2.0, 4.5, "green")
    assert told["goals"][0]["activities"][0]["late"] == ["D1"]
    assert done.exit_code == 1


def test_the_approval_of_another_plan_is_none_of_this_one(asked: Asked, tmp_path: Path) -> None:
    told = json.loads(asked("--year", "2026", "--on", "2026-11-01", "--json", events=[approval("other"), *RELEASE]).stdout)
    assert told["goals"][0]["activities"][0]["indicators"] == []
    assert [each["subject"] for each in told["decisions_open"]] == ["TF-02"]
    store = EventStore(tmp_path / "store")
    assert events_in(store, "own") == ()
    assert [each.plan for each in events_in(store, "other")] == ["other"]


def test_the_report_is_read_as_text_too(asked: Asked) -> None:
    skipped = event.PlanStepTaken(
        **COMMON,
        plan="own",
        act="skip",
        step="first_draft",
        body="policy_commission",
        document="draft",
        decision="PC/3",
        decided_on=date(2025, 12, 1),
        reason="No session",
        version=1,
    )
    done = asked("--year", "2026", "--on", "2027-01-10", events=[skipped, approval("own"), *RELEASE])
    for told in (
        "TF-02: Hours from acceptance to release: 2 hours, target 4.5, green",
        "skipped: first_draft",
        "No session",
        "risk 12: No staff",
    ):
        assert told in done.stdout
    assert done.exit_code == 1


def test_a_report_with_nothing_to_see_to_ends_clean(asked: Asked) -> None:
    quiet = YAML[: YAML.index("operation:")]
    done = asked("--year", "2026", "--on", "2027-01-10", events=RELEASE, text=quiet)
    assert (done.exit_code, "waits" in done.stdout) == (0, False)


def test_what_cannot_be_reported_on_ends_with_two_and_a_sentence(asked: Asked) -> None:
    assert asked("--year", "2026", events=[]).exit_code == 2
    done = asked("--year", "2031", events=RELEASE)
    assert done.exit_code == 2
    assert "name one from 2026 to 2028" in done.output
