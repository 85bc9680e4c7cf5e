"""Self-assessment, risk map, contract and interests: what is claimed needs proof, and no figure is improved at another's cost."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.development import integrity
from customhouse.development.integrity.contract import Scope, Verdict
from customhouse.development.integrity.interest import Interest, Tie
from customhouse.development.integrity.risk_map import Control, Driver, Function, RiskMap
from customhouse.development.integrity.self_assessment import Answer, Measure
from customhouse.performance import EventStore, Recorded, event_table, indicator

ROOT = Path(__file__).resolve().parents[3]
QUESTIONS = integrity.self_assessment.read_questions((ROOT / "integrity" / "self_assessment.toml").read_text("utf-8"))
RISKS = integrity.risk_map.read_risk_map((ROOT / "integrity" / "risk_map.toml").read_text("utf-8"))
INDICATORS = indicator.read_indicators((ROOT / "indicators" / "customs.toml").read_text("utf-8"))
TERMS = integrity.contract.read_terms((ROOT / "integrity" / "contract.toml").read_text("utf-8"), INDICATORS)
DAY = date(2026, 11, 24)


def test_the_ten_factors_each_have_questions() -> None:
    assert len(QUESTIONS.factors) == 10
    assert {each.factor for each in QUESTIONS.questions} == set(range(1, 11))


def test_a_level_without_evidence_counts_for_nothing_and_is_named() -> None:
    given_now = [Answer(question="SA-011", level=4), Answer(question="SA-012", level=2, evidence="form")]
    first = integrity.self_assessment.standings(QUESTIONS, given_now, before=[])[0]
    assert (first.level, first.answered, first.asked) == (Decimal("1.00"), 2, 3)
    assert first.unproven == ("SA-011",)
    assert first.gaps == ("SA-011", "SA-012")


def test_a_level_is_rounded_half_up_as_every_score_of_the_house() -> None:
    asked = [each for each in QUESTIONS.questions if each.factor == 1]
    eight = tuple(msgspec.structs.replace(asked[0], code=f"SA-{number}") for number in range(8))
    answers = [Answer(question="SA-0", level=1, evidence="form"), *(Answer(question=f"SA-{n}", level=0) for n in range(1, 8))]
    told = integrity.self_assessment.standings(msgspec.structs.replace(QUESTIONS, questions=eight), answers, before=[])[0]
    assert told.level == Decimal("0.13")


def test_a_factor_is_compared_with_the_year_before_and_unknown_without_answers() -> None:
    before = [Answer(question="SA-021", level=1, evidence="list")]
    now = [Answer(question="SA-021", level=3, evidence="list")]
    told = integrity.self_assessment.standings(QUESTIONS, now, before=before)
    assert (told[1].before, told[1].level) == (Decimal("1.00"), Decimal("3.00"))
    assert told[0].level is None
    assert told[0].before is None


def test_a_measure_is_overdue_once_its_day_has_passed_and_it_is_not_done() -> None:
    measure = Measure(text="count them", owner="legal", due_on=DAY)
    assert not measure.is_overdue(on=DAY)
    assert measure.is_overdue(on=DAY + timedelta(days=1))
    assert not msgspec.structs.replace(measure, done_on=DAY).is_overdue(on=DAY + timedelta(days=1))


@pytest.mark.parametrize(("old", "new"), [("factor = 10", "factor = 11"), ("SA-012", "SA-011"), ('"begun", ', "")])
def test_questions_that_do_not_hold_together_are_refused(old: str, new: str) -> None:
    text = (ROOT / "integrity" / "self_assessment.toml").read_text("utf-8")
    with pytest.raises(integrity.self_assessment.UnreadableQuestionsError):
        integrity.self_assessment.read_questions(text.replace(old, new))


def function(*controls: Control) -> RiskMap:
    one = Function(code="F", name="f", scheme="s", opportunity=4, discretion=3, value=5, controls=controls)
    return RiskMap(name="m", high=24, grave=48, functions=(one,))


def test_a_control_lowers_its_driver_only_while_it_was_found_to_work() -> None:
    control = Control(name="draw", lowers=Driver.OPPORTUNITY, by=2, tested_on=DAY)
    for day, remaining in ((DAY, 30), (DAY - timedelta(days=1), 60), (DAY + timedelta(days=366), 60)):
        (told,) = integrity.risk_map.rated(function(control), on=day)
        assert (told.inherent, told.remaining) == (60, remaining)
        assert told.untested == (() if remaining == 30 else ("draw",))


@given(
    st.lists(
        st.builds(Control, name=st.just("c"), lowers=st.sampled_from(Driver), by=st.integers(1, 9), tested_on=st.just(DAY)), max_size=5
    )
)
def test_a_further_control_never_makes_a_function_more_tempting_and_some_risk_remains(controls: list[Control]) -> None:
    scores = [integrity.risk_map.rated(function(*controls[:n]), on=DAY)[0].remaining for n in range(len(controls) + 1)]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] >= 1


def test_the_shipped_map_tells_the_gravest_first_and_trusts_no_control_that_was_not_tested() -> None:
    told = integrity.risk_map.rated(RISKS, on=DAY)
    assert [each.remaining for each in told] == sorted((each.remaining for each in told), reverse=True)
    assert all(each.remaining == each.inherent for each in told)


def test_a_contract_pairs_facilitation_with_what_is_against_fraud() -> None:
    assert len(TERMS.pairs) == 4
    with pytest.raises(integrity.contract.UnreadableContractError, match="TF-99"):
        integrity.contract.read_terms((ROOT / "integrity" / "contract.toml").read_text("utf-8").replace("TF-03", "TF-99"), INDICATORS)


def examined(number: int, day: str, *, hours: int, result: str, office: str = "QZ000101") -> list[Recorded]:
    """A declaration accepted, examined with a result, and released some hours later."""
    declared = f'"declared":{{"type_code":"IMA","office":"{office}","border_mode":"1","declarant":"B1","importer":"I1"}}'
    told = f'"declaration_id":"D{number}","version":1,"state":"released","role":"officer","actor":"ahn"'
    kinds = [
        ("DeclarationAccepted", 0, f",{declared}"),
        ("ExaminationOrdered", 0, ""),
        ("GoodsExamined", 1, f',"result_code":"{result}"'),
        ("GoodsReleased", hours, ""),
    ]
    return [
        Recorded(10 * number + place, 10 * number + place, f'{{"event":"{kind}","occurred_at":"{day}T{1 + after:02}:00:00Z",{told}{more}}}')
        for place, (kind, after, more) in enumerate(kinds)
    ]


def pair_told(tmp_path: Path, events: list[Recorded], scope: Scope) -> integrity.contract.PairTold:
    store = EventStore(tmp_path)
    store.write(event_table(events))
    connection = store.connect()
    integrity.contract.narrow(connection, scope, month=date(2026, 11, 1))
    return integrity.contract.month_told(connection, TERMS, indicators=INDICATORS, month=date(2026, 11, 1))[0]


def test_release_made_faster_by_finding_less_is_told_as_traded(tmp_path: Path) -> None:
    careful = [each for n in range(1, 31) for each in examined(n, "2026-10-15", hours=20, result="valuation" if n % 5 == 0 else "conform")]
    quick = [each for n in range(31, 61) for each in examined(n, "2026-11-15", hours=3, result="conform")]
    told = pair_told(tmp_path, careful + quick, Scope(office="QZ000101"))
    assert told.facilitation.figure.value == 3.0
    assert told.facilitation.change == 17.0
    assert told.against_fraud.figure.value == 0.0
    assert told.verdict is Verdict.TRADED


def test_both_of_a_pair_as_agreed_is_kept_and_few_events_tell_nothing(tmp_path: Path) -> None:
    events = [each for n in range(1, 31) for each in examined(n, "2026-11-15", hours=3, result="valuation" if n % 5 == 0 else "conform")]
    assert pair_told(tmp_path, events, Scope(office="QZ000101")).verdict is Verdict.KEPT
    assert pair_told(tmp_path / "few", events[:40], Scope(officer="ahn")).verdict is Verdict.UNKNOWN


def test_terms_that_name_what_is_measured_no_more_are_unknown_with_the_reason(tmp_path: Path) -> None:
    store = EventStore(tmp_path)
    store.write(event_table(examined(1, "2026-11-15", hours=3, result="conform")))
    term = TERMS.pairs[0].facilitation.indicator
    left = tuple(each for each in INDICATORS.indicators if each.code != term)
    level = msgspec.structs.replace(INDICATORS.named(term), direction=indicator.Direction.LEVEL)  # type: ignore[type-var]
    for indicators, reason in ((left, "not measured here any more"), ((*left, level), "neither way of this indicator is better")):
        known = msgspec.structs.replace(INDICATORS, indicators=indicators)
        told = integrity.contract.month_told(store.connect(), TERMS, indicators=known, month=date(2026, 11, 1))[0]
        assert (told.verdict, told.facilitation.code, told.facilitation.figure.value) == (Verdict.UNKNOWN, term, None)
        assert reason in told.facilitation.figure.reason


def test_a_contract_counts_the_events_of_its_own_office_alone(tmp_path: Path) -> None:
    own = [each for n in range(1, 31) for each in examined(n, "2026-11-15", hours=3, result="valuation")]
    others = [each for n in range(31, 91) for each in examined(n, "2026-11-15", hours=9, result="conform", office="QZ000102")]
    told = pair_told(tmp_path, own + others, Scope(office="QZ000101"))
    assert (told.facilitation.figure.n, told.facilitation.figure.value) == (30, 3.0)
    assert told.against_fraud.figure.value == 1.0


def test_a_tie_is_a_conflict_from_its_first_day_until_it_ended() -> None:
    tie = Interest(party="QZ7700000003", tie=Tie.FAMILY, since=date(2026, 1, 1), until=date(2026, 6, 1))
    for day, held in ((date(2025, 12, 31), False), (date(2026, 1, 1), True), (date(2026, 5, 31), True), (date(2026, 6, 1), False)):
        assert bool(integrity.interest.conflicts([tie], ["qz7700000003 ", ""], on=day)) is held
    assert not integrity.interest.conflicts([tie], ["QZ7700000001"], on=date(2026, 2, 1))


def test_interests_are_declared_again_every_year() -> None:
    assert integrity.interest.next_declaration_on(None, registered_on=DAY) == DAY
    assert integrity.interest.next_declaration_on(DAY, registered_on=DAY) == DAY + timedelta(days=365)
