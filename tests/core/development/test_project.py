import datetime as dt
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.development import monitoring, project
from customhouse.development.monitoring import Course, NotIndependentError
from customhouse.development.project import CATALOGUE, InKind, Move, MoveRefusedError, Project, State

DAY = date(2026, 11, 24)
RULES = msgspec.convert(
    [{"source": "attache", "currency": "EUR", "value_a_day": "450", "basis": "yearly cost by days"}], tuple[InKind, ...], strict=False
)
WHOLE: dict[str, Any] = {
    "title": "Release faster",
    "administration": "QZ",
    "region": "east",
    "country": "QZ",
    "theme": "facilitation",
    "instrument": "training",
    "currency": "EUR",
    "owner": "sue",
    "team": ["tom"],
    "business_case": {
        "problem": "release takes three days",
        "discount_rate": "0.1",
        "rate_basis": "ministry of finance",
        "chosen": "B",
        "sustainability": "trainers stay",
        "options": [{"code": "A", "title": "nothing"}, {"code": "B", "title": "train"}],
        "flows": [{"option": "A", "year": 0}, {"option": "B", "year": 0, "cost": "100"}, {"option": "B", "year": 1, "benefit": "220"}],
    },
    "results": [
        {"code": "I1", "level": "input", "text": "trainers", "serves": "A1", "assumption": "they are free"},
        {"code": "A1", "level": "activity", "text": "courses", "serves": "O1", "assumption": "officers come"},
        {"code": "O1", "level": "output", "text": "100 officers trained", "serves": "C1", "assumption": "they stay"},
        {"code": "C1", "level": "outcome", "text": "release in a day", "serves": "P1", "assumption": "trade grows"},
        {"code": "P1", "level": "impact", "text": "trade costs fall"},
    ],
    "indicators": [
        {"code": f"K{result}", "result": result, "name": "x", "unit": "hours", "baseline": "72", "target": "24"}
        | {"due_on": "2027-11-24", "means_of_verification": "study"}
        for result in ("O1", "C1", "P1")
    ],
    "budget": [
        {"code": "B1", "activity": "A1", "what": "rooms", "quantity": "3", "unit_cost": "33.335", "donor": "Fund"},
        {"code": "B2", "activity": "I1", "what": "attaché", "quantity": "2", "source": "attache", "donor": "QX"},
    ],
    "agreements": [{"code": "AG1", "party": "Fund", "title": "grant", "signed_on": "2026-11-01"}],
    "tranches": [{"code": "T1", "pledge": "p", "amount": "100.01", "condition": "the rooms are let", "due_on": "2027-01-01"}],
    "risks": [{"code": "R1", "text": "officers leave", "likelihood": 3, "gravity": 4, "owner": "sue", "response": "rotate"}],
}


def made(**differing: object) -> Project:
    return msgspec.convert(msgspec.to_builtins(WHOLE | differing), Project, strict=False)


def without(part: str, place: int, **changed: object) -> Project:
    """The whole project, one row of a part changed."""
    rows = [row | changed if at == place else row for at, row in enumerate(WHOLE[part])]
    return made(**{part: rows})


def codes(found: Project) -> list[str]:
    return [each.code for each in project.checked(found, RULES)]


def test_a_budget_line_that_cannot_be_valued_says_why() -> None:
    for changed, why in (
        ({"unit_cost": None}, "no unit cost is stated"),
        ({"source": "expert"}, "no rule values a day of this kind (expert) in EUR"),
    ):
        [found] = [each for each in project.checked(without("budget", 0, **changed), RULES) if each.code == "PRJ-11"]
        assert CATALOGUE["PRJ-11"].wording.format_map(found.params) == f"{found.pointer}: the budget line cannot be valued: {why}."


def test_a_whole_project_has_nothing_against_it() -> None:
    assert codes(made()) == []


@pytest.mark.parametrize(
    ("found", "code"),
    [
        (made(results=WHOLE["results"][1:], budget=WHOLE["budget"][:1]), "PRJ-01"),
        (made(indicators=WHOLE["indicators"][:1]), "PRJ-02"),
        (without("results", 3, serves="O1"), "PRJ-03"),
        (without("indicators", 1, baseline=None), "PRJ-04"),
        (without("indicators", 1, result="C9"), "PRJ-05"),
        (without("results", 1, assumption=" "), "PRJ-06"),
        (without("results", 1, code="O1"), "PRJ-07"),
        (without("budget", 0, unit_cost=None), "PRJ-11"),
        (without("budget", 0, activity="O1"), "PRJ-12"),
        (without("tranches", 0, amount="100.00"), "PRJ-13"),
        (without("tranches", 0, condition=""), "PRJ-14"),
        (made(budget=[]), "PRJ-15"),
        (made(business_case=WHOLE["business_case"] | {"chosen": "Z"}), "PRJ-21"),
        (made(business_case=WHOLE["business_case"] | {"discount_rate": None}), "PRJ-22"),
        (made(business_case=WHOLE["business_case"] | {"options": WHOLE["business_case"]["options"][1:]}), "PRJ-23"),
        (without("risks", 0, likelihood=6), "PRJ-24"),
        (without("risks", 0, response=""), "PRJ-25"),
        (made(risks=[]), "PRJ-26"),
    ],
)
def test_what_does_not_hold_together_is_found_and_said(found: Project, code: str) -> None:
    told = [each for each in project.checked(found, RULES) if each.code == code]
    assert told
    assert CATALOGUE[code].wording.format_map(told[0].params)


def test_time_in_kind_is_valued_by_the_rule_and_never_guessed_without_one() -> None:
    line = made().budget[1]
    assert project.costed(line, RULES, currency="EUR").amount == Decimal("900.00")
    assert "yearly cost by days" in str(project.costed(line, RULES, currency="EUR").explanation)
    unvalued = project.total(made().budget, (), currency="EUR")
    assert (unvalued.amount, unvalued.undetermined) == (None, ("B2",))


def test_a_business_case_is_discounted_as_it_states() -> None:
    nothing, train = project.appraised(made().business_case)
    assert (train.cost, train.benefit, train.net_present_value, train.ratio) == (100, 200, Decimal("100.00"), Decimal("2.00"))
    assert str(train.explanation) == "years 0 to 1, discounted at 10.0 % a year; year 0 counts in full"
    assert (nothing.net_present_value, nothing.ratio) == (0, None)


@pytest.mark.parametrize("year", [-1, 101, 10**9])
def test_a_year_that_nobody_foresees_is_told_and_never_reckoned_with(year: int) -> None:
    case = WHOLE["business_case"] | {"options": [{"code": "A", "title": "a"}], "flows": [{"option": "A", "year": year, "cost": 1}]}
    (told,) = project.appraised(made(business_case=case).business_case)
    assert (told.net_present_value, str(told.explanation)) == (None, "years are counted from 0 to 100")


AMOUNTS = st.decimals(0, 10**9, places=2)


@given(st.lists(st.tuples(AMOUNTS, AMOUNTS), min_size=1, max_size=12), st.decimals(0, 1, places=4))
def test_the_value_of_today_is_exact_to_half_a_cent(flows: list[tuple[Decimal, Decimal]], rate: Decimal) -> None:
    years = [{"option": "A", "year": year, "cost": cost, "benefit": benefit} for year, (cost, benefit) in enumerate(flows)]
    case = WHOLE["business_case"] | {"discount_rate": rate, "options": [{"code": "A", "title": "a"}], "flows": years}
    told = project.appraised(made(business_case=case).business_case)[0]
    exact = sum((Fraction(benefit - cost) / (1 + Fraction(rate)) ** year for year, (cost, benefit) in enumerate(flows)), Fraction(0))
    assert told.net_present_value is not None
    assert abs(Fraction(told.net_present_value) - exact) <= Fraction(1, 200)


@given(st.lists(st.tuples(st.decimals(0, 999, places=3), st.decimals(0, 999, places=3), st.sampled_from("XYZ")), max_size=8))
def test_the_parts_of_a_budget_add_up_to_the_whole(lines: list[tuple[Decimal, Decimal, str]]) -> None:
    rows = [{"code": str(n), "activity": "A1", "what": "x", "quantity": q, "unit_cost": c, "donor": d} for n, (q, c, d) in enumerate(lines)]
    come_to = project.total(made(budget=rows).budget, RULES, currency="EUR")
    assert come_to.amount == sum(come_to.by_donor.values())


def test_a_project_goes_from_idea_to_closed_and_each_guard_says_what_is_in_the_way() -> None:
    found = made(reports=[{"code": "Q1", "to": "Fund", "title": "first", "due_on": "2027-01-01"}])
    for move in (Move.PREPARE, Move.APPRAISE, Move.AGREE, Move.START, Move.COMPLETE):
        assert move in project.possible(found)
        found = project.moved(found, move, rules=RULES, reason="", on=DAY)
    with pytest.raises(MoveRefusedError, match="there is no evaluation"):
        project.moved(found, Move.EVALUATE, rules=RULES, reason="", on=DAY)
    seen = {"code": "E1", "evaluator": "eve", "on": "2026-11-01", "criterion": "effect", "rating": "met", "reason": "study"}
    evaluation = made(evaluations=[seen]).evaluations[0]
    found = project.moved(monitoring.evaluated(found, evaluation), Move.EVALUATE, rules=RULES, reason="", on=DAY)
    with pytest.raises(MoveRefusedError, match="the report Q1 is not delivered, no lesson is written down"):
        project.moved(found, Move.CLOSE, rules=RULES, reason="", on=DAY)
    for insider in ("sue", "tom"):
        with pytest.raises(NotIndependentError, match="somebody independent"):
            monitoring.evaluated(found, msgspec.structs.replace(evaluation, evaluator=insider))


def test_a_move_needs_its_state_its_reason_and_its_money() -> None:
    with pytest.raises(MoveRefusedError, match="a project that is idea cannot start"):
        project.moved(made(), Move.START, rules=RULES, reason="", on=DAY)
    with pytest.raises(MoveRefusedError, match="takes a reason"):
        project.moved(made(), Move.DROP, rules=RULES, reason=" ", on=DAY)
    assert project.moved(made(), Move.DROP, rules=RULES, reason="no longer wanted", on=DAY).state is State.DROPPED
    unfunded = project.moved(made(tranches=[]), Move.PREPARE, rules=RULES, reason="", on=DAY)
    appraised = project.moved(unfunded, Move.APPRAISE, rules=RULES, reason="", on=DAY)
    with pytest.raises(MoveRefusedError, match="PRJ-13 at budget"):
        project.moved(appraised, Move.AGREE, rules=RULES, reason="", on=DAY)
    with pytest.raises(MoveRefusedError, match="no agreement is signed"):
        project.moved(made(state="appraised", agreements=[]), Move.AGREE, rules=RULES, reason="", on=DAY)


@pytest.mark.parametrize(
    ("values", "days", "course", "share"),
    [
        ([], 0, Course.UNKNOWN, None),
        (["60"], 60, Course.ON_COURSE, "0.25"),
        (["60"], 200, Course.BEHIND, "0.25"),
        (["60", "20"], 200, Course.REACHED, "1.08"),
        (["60"], 400, Course.MISSED, "0.25"),
    ],
)
def test_an_indicator_is_on_course_if_it_keeps_pace_with_the_time(values: list[str], days: int, course: Course, share: str | None) -> None:
    rows = [
        {"indicator": "KC1", "on": (DAY + dt.timedelta(days=n)).isoformat(), "value": value, "source": "study"}
        for n, value in enumerate(values)
    ]
    told = monitoring.progress(made(measurements=rows), since=DAY, on=DAY + dt.timedelta(days=days))[1]
    assert (told.course, told.share) == (course, None if share is None else Decimal(share))
    assert bool(told.reason) == (course is Course.UNKNOWN)
