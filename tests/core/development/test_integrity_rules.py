"""Each shipped lead rule finds the habit that it is for, told as events, and nothing where everybody has the same habit."""

from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import msgspec
import pytest

from customhouse.development import integrity
from customhouse.kernel import WorkingHours
from customhouse.performance import EventStore, Recorded, event_table

RULES = integrity.lead_rule.read_lead_rules((Path(__file__).resolve().parents[3] / "integrity" / "lead_rules.toml").read_text("utf-8"))
HOURS = {"QZ000101": WorkingHours(opens=time(8), closes=time(18), weekdays=frozenset(range(1, 8)), zone=ZoneInfo("UTC"))}
NOON = datetime(2026, 11, 10, 12, 0, tzinfo=UTC)
Told = tuple[str, int, str, dict[str, object]]
"""An event: its kind, minutes after noon, who did it, and what else it says."""


def officer(kind: str, minutes: int, who: str, **more: object) -> Told:
    return kind, minutes, who, {"role": "officer", **more}


def question(who: str, *, is_odd: bool) -> list[Told]:
    return [officer("DeclarantQueried", 5, who, reason="?" if is_odd else "Which of the two quantities is right?")]


def examination(who: str, *, is_odd: bool) -> list[Told]:
    return [officer("GoodsExamined", 5, who, result_code="conform" if is_odd else "valuation")]


def lightening(who: str, *, is_odd: bool) -> list[Told]:
    ordered: list[Told] = [("ExaminationOrdered", 1, "rule", {"role": "system"})]
    return [*ordered, *([("LaneRerouted", 5, who, {"role": "supervisor", "lane": "yellow", "reason": "known"})] if is_odd else [])]


def late_change(who: str, *, is_odd: bool) -> list[Told]:
    return [officer("DeclarationAmended", 20 if is_odd else -60, who, reason="as found"), officer("GoodsReleased", 30, who)]


def night_work(who: str, *, is_odd: bool) -> list[Told]:
    return [officer("DutyAssessed", 8 * 60 if is_odd else 10, who)]


def haste(who: str, *, is_odd: bool) -> list[Told]:
    return [officer("GoodsExamined", 0, who, result_code="conform"), officer("DutyAssessed", 2 if is_odd else 90, who)]


HABITS = {
    "IL-01": question,
    "IL-03": lightening,
    "IL-04": examination,
    "IL-05": late_change,
    "IL-06": night_work,
    "IL-07": haste,
}


def recorded(number: int, told: list[Told], *, declarant: str = "B1", office: str = "QZ000101") -> list[Recorded]:
    """A declaration lodged an hour before noon of some day, and what happened to it."""
    declared = {"type_code": "IMA", "office": office, "border_mode": "1", "declarant": declarant, "importer": "I1"}
    lodged: Told = ("DeclarationAccepted", -60, declarant, {"role": "broker", "declared": declared})
    found = []
    for place, (kind, minutes, who, more) in enumerate([lodged, *told]):
        at = NOON + timedelta(days=number % 15, minutes=minutes)
        document = {
            "event": kind,
            "occurred_at": at,
            "declaration_id": f"D{number}",
            "version": 1,
            "state": "accepted",
            "actor": who,
            **more,
        }
        found.append(Recorded(100 * number + place, 100 * number + place, msgspec.json.encode(document).decode()))
    return found


def found_leads(folder: Path, events: list[Recorded], code: str) -> list[tuple[str, int]]:
    store = EventStore(folder)
    store.write(event_table(events))
    rules = msgspec.structs.replace(RULES, rules=tuple(each for each in RULES.rules if each.code == code))
    found = integrity.lead.leads(store.connect(), rules, start=date(2026, 11, 1), end=date(2026, 12, 1), hours=HOURS)
    assert all(len(each.evidence) == each.observed for each in found)
    return [(each.actor, each.observed) for each in found]


@pytest.mark.parametrize(("code", "habit"), HABITS.items())
def test_a_habit_of_one_officer_is_found_by_its_rule(tmp_path: Path, code: str, habit: Callable[..., list[Told]]) -> None:
    events = []
    for number in range(1, 121):
        who, office = ("odd", "QZ000101") if number <= 30 else (f"other{number % 3}", "QZ000101" if code != "IL-03" else "QZ000102")
        is_odd = number <= 24 if who == "odd" else number % 30 == 0
        events += recorded(number, habit(who, is_odd=is_odd), office=office)
    assert found_leads(tmp_path, events, code) == [("odd", 24)]


@pytest.mark.parametrize(("code", "habit"), HABITS.items())
def test_a_habit_that_everybody_has_is_nobodys_lead(tmp_path: Path, code: str, habit: Callable[..., list[Told]]) -> None:
    events = [each for n in range(1, 121) for each in recorded(n, habit(f"other{n % 4}", is_odd=n % 8 < 4))]
    assert found_leads(tmp_path, events, code) == []


def test_an_officer_drawn_to_one_declarant_is_found_and_the_colleagues_are_not(tmp_path: Path) -> None:
    events = []
    for number in range(1, 241):
        declarant = f"B{number % 4}"
        who = "drawn" if declarant == "B1" and number % 5 else f"other{number % 3}"
        events += recorded(number, question(who, is_odd=False), declarant=declarant)
    assert found_leads(tmp_path, events, "IL-02") == [("drawn", 48)]
