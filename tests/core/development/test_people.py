from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.development import people
from customhouse.development.people import Certificate, Level, NotCertifiedError, Post, read_people
from customhouse.development.people.certificate import Holding
from customhouse.development.people.competence import UnreadablePeopleError

FOLDER = Path(__file__).resolve().parents[3] / "frameworks"
TEXT, RULES = (FOLDER / "people.toml").read_text("utf-8"), (FOLDER / "permissions.toml").read_text("utf-8")
FRAMEWORK = read_people(TEXT, RULES)
EXAM = FRAMEWORK.competences[0]
DAY = date(2026, 11, 24)


def certified(competence: str = "EXAM", level: Level = Level.TRAINED, on: date = date(2026, 1, 31)) -> Certificate:
    return Certificate(competence=competence, level=level, assessed_by="sue", assessed_on=on, evidence="test")


def test_a_certificate_lapses_after_its_months_and_one_without_months_never() -> None:
    standing = people.held(EXAM, [certified()], on=date(2028, 1, 30))
    assert (standing.holding, standing.until) == (Holding.IN_FORCE, date(2028, 1, 31))
    assert people.held(EXAM, [certified()], on=date(2028, 1, 31)).holding is Holding.LAPSED
    assert people.held(FRAMEWORK.competences[2], [certified("INTEGRITY", on=date(1990, 1, 1))], on=DAY).until is None
    assert people.held(EXAM, [certified(on=DAY + timedelta(days=1))], on=DAY).holding is Holding.NONE


def test_the_latest_assessment_counts_from_its_day_on_be_it_lower_than_one_in_force() -> None:
    high, low = certified(on=date(2026, 1, 31)), certified(level=Level.AWARENESS, on=DAY)
    before, after = (people.held(EXAM, [high, low], on=day) for day in (DAY - timedelta(days=1), DAY))
    assert (before.level, after.level, after.holding) == (Level.TRAINED, Level.AWARENESS, Holding.IN_FORCE)
    with pytest.raises(NotCertifiedError, match="of the level awareness"):
        people.require_certified(FRAMEWORK, [low, high], act="record_examination", on=DAY)
    again = certified(level=Level.EXPERT, on=DAY)
    assert people.held(EXAM, [high, low, again], on=DAY).level is Level.EXPERT


def test_a_revoked_certificate_is_none_from_its_day_on_until_somebody_assesses_anew() -> None:
    revoked = Certificate(competence="EXAM", level=None, assessed_by="sue", assessed_on=DAY, evidence="a bribe")
    given = [certified(), revoked]
    assert people.held(EXAM, given, on=DAY - timedelta(days=1)).holding is Holding.IN_FORCE
    assert people.held(EXAM, given, on=DAY) == people.certificate.Held(holding=Holding.REVOKED, until=DAY)
    with pytest.raises(NotCertifiedError, match="your certificate was revoked on 2026-11-24"):
        people.require_certified(FRAMEWORK, given, act="record_examination", on=DAY)
    assert people.held(EXAM, [*given, certified(on=DAY)], on=DAY).holding is Holding.IN_FORCE


def test_a_lapsed_certificate_is_not_revived_by_a_lower() -> None:
    expert, fresh = certified(level=Level.EXPERT, on=date(2024, 1, 1)), certified(level=Level.AWARENESS, on=date(2026, 1, 1))
    assert people.held(EXAM, [expert, fresh], on=date(2025, 1, 1)).level is Level.EXPERT
    assert people.held(EXAM, [expert, fresh], on=DAY).level is Level.AWARENESS


def test_an_act_is_refused_without_a_certificate_with_a_lapsed_one_and_with_one_too_low() -> None:
    people.require_certified(FRAMEWORK, [certified()], act="record_examination", on=DAY)
    for held, sentence in (
        ((), "you have no certificate for it"),
        ([certified(on=date(2020, 1, 1))], "your certificate lapsed on 2022-01-01"),
        ([certified(level=Level.AWARENESS)], "your certificate is of the level awareness"),
    ):
        with pytest.raises(NotCertifiedError, match=sentence) as refusal:
            people.require_certified(FRAMEWORK, held, act="record_examination", on=DAY)
        assert "ask a supervisor to assess you" in str(refusal.value)


def test_a_rule_that_is_switched_off_or_not_begun_and_an_act_without_a_rule_ask_for_nothing() -> None:
    people.require_certified(FRAMEWORK, [], act="assess", on=DAY)
    people.require_certified(FRAMEWORK, [], act="release", on=DAY)
    people.require_certified(FRAMEWORK, [], act="record_examination", on=date(2025, 12, 31))
    people.require_certified(read_people(TEXT), [], act="record_examination", on=DAY)


@given(st.lists(st.builds(certified, level=st.sampled_from(Level), on=st.dates(date(2020, 1, 1), date(2030, 1, 1))), max_size=5))
def test_whatever_was_certified_before_the_latest_assessment_decides(certificates: list[Certificate]) -> None:
    known = sorted((each for each in certificates if each.assessed_on <= DAY), key=lambda each: each.assessed_on)
    assert people.held(EXAM, certificates, on=DAY) == people.held(EXAM, known[-1:], on=DAY)


def test_a_gap_is_closed_by_courses_each_after_those_that_it_builds_on() -> None:
    head = FRAMEWORK.profile("head")
    assert head
    found = people.gaps(head, [certified("VALUE", Level.AWARENESS)], framework=FRAMEWORK, on=DAY)
    assert {each.competence: each.missing for each in found} == {"INTEGRITY": 3, "EXAM": 2, "LEAD": 2, "VALUE": 1}
    assert [each.code for each in people.learning_path(found, FRAMEWORK)] == [
        "EXAM-1",
        "EXAM-2",
        "VALUE-1",
        "VALUE-2",
        "INTEGRITY-1",
        "LEAD-1",
    ]


def test_a_lapsed_certificate_is_a_gap_that_the_course_of_its_level_renews() -> None:
    examiner = FRAMEWORK.profile("examiner")
    assert examiner
    lapsed = [certified(on=date(2020, 1, 1)), certified("VALUE"), certified("INTEGRITY")]
    found = people.gaps(examiner, lapsed, framework=FRAMEWORK, on=DAY)
    assert [(each.competence, each.missing) for each in found] == [("EXAM", 2), ("INTEGRITY", 0), ("VALUE", 0)]
    assert [each.code for each in people.learning_path(found, FRAMEWORK)] == ["EXAM-1", "EXAM-2"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('code = "VALUE"', 'code = "EXAM"', "the code EXAM stands twice"),
        ('requires = {EXAM = "trained", VALUE = "awareness"', 'requires = {XX = "trained", VALUE = "awareness"', "asks for XX"),
        ('after = ["EXAM-1"]', 'after = ["LEAD-1"]', "comes after LEAD-1, which is not before it"),
        ('competence = "LEAD"', 'competence = "XX"', "teaches XX"),
        ("source =", "sauce =", "cannot be read"),
    ],
)
def test_a_file_of_competences_that_does_not_hold_together_is_refused(old: str, new: str, fault: str) -> None:
    with pytest.raises(UnreadablePeopleError, match=fault):
        read_people(TEXT.replace(old, new), RULES)


def test_the_workforce_is_counted_and_a_small_group_hidden_with_another_so_that_nobody_subtracts_it() -> None:
    posts = [Post(unit="A", profile="examiner", holder=f"h{n}", retires_on=date(2028, 1, 1), group="men") for n in range(9)]
    posts += [Post(unit="B", profile="head", holder=f"w{n}", group="women") for n in range(7)]
    posts += [Post(unit="B", profile="head", holder="x", group="other"), Post(unit="B", profile="head")]
    posts += [Post(unit="A", profile="head", holder="gone", retires_on=DAY)]
    found = people.workforce(posts, on=DAY)
    assert (found.posts, found.headcount, found.vacant, found.by_unit) == (19, 17, 2, {"A": 9, "B": 8})
    assert found.retirements == {2026: 0, 2027: 0, 2028: 9, 2029: 0, 2030: 0}
    assert (found.groups, found.unstated_retirements) == ({"men": 9, "other": None, "women": None}, 8)


YEARS = st.one_of(st.none(), st.integers(2026, 2034))


@given(st.lists(st.tuples(st.sampled_from("abcd"), YEARS), max_size=40), st.integers(2, 6))
def test_what_is_hidden_of_the_workforce_cannot_be_worked_out_from_the_headcount(held: list[tuple[str, int | None]], fewest: int) -> None:
    posts = [
        Post(unit=name, profile="x", holder=str(n), group=name, retires_on=year and date(year, 12, 31))
        for n, (name, year) in enumerate(held)
    ]
    found = people.workforce(posts, on=DAY, fewest=fewest)
    assert found.headcount == (None if 0 < len(held) < fewest else len(held))
    for told in (found.groups, found.by_unit, found.retirements | {"unstated": found.unstated_retirements}):
        counts = [each for each in told.values() if each is not None]
        assert all(each == 0 or each >= fewest for each in counts)
        hidden = len(held) - sum(counts)
        assert found.headcount is None or hidden == 0 or hidden >= fewest


def test_what_is_told_of_the_workforce_is_as_it_is() -> None:
    posts = [Post(unit="ab"[n % 2], profile="x", holder=str(n), group="g", retires_on=date(2026 + n % 2, 12, 31)) for n in range(20)]
    found = people.workforce(posts, on=DAY)
    assert (found.by_unit, found.groups, found.unstated_retirements) == ({"a": 10, "b": 10}, {"g": 20}, 0)
    assert found.retirements == {2026: 10, 2027: 10, 2028: 0, 2029: 0, 2030: 0}


def test_a_single_small_unit_or_year_is_hidden_with_another() -> None:
    posts = [Post(unit="A", profile="x", holder=f"a{n}", retires_on=date(2029, 1, 1)) for n in range(9)]
    posts += [Post(unit="B", profile="x", holder=f"b{n}") for n in range(7)]
    posts += [Post(unit="C", profile="x", holder="c", retires_on=date(2027, 1, 1))]
    found = people.workforce(posts, on=DAY)
    assert found.by_unit == {"A": 9, "B": None, "C": None}
    assert (found.retirements[2027], found.unstated_retirements, found.retirements[2029]) == (None, None, 9)
    alone = people.workforce([posts[-1]], on=DAY)
    assert (alone.posts, alone.headcount, alone.vacant, alone.groups) == (1, None, None, {"unstated": None})
