from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.development import diagnostic
from customhouse.development.diagnostic import (
    CATALOGUE,
    Answer,
    Diagnostic,
    Priority,
    UnreadableFrameworkError,
    checked,
    read_framework,
    recommendations,
    scores,
)
from customhouse.performance.indicator import read_indicators

ROOT = Path(__file__).resolve().parents[3]
TEXT = (ROOT / "frameworks" / "diagnostic.toml").read_text("utf-8")
FRAMEWORK = read_framework(TEXT)
CODES = [each.code for each in FRAMEWORK.questions]
levels = st.none() | st.integers(0, 4)
answers = st.builds(Answer, question=st.sampled_from(CODES), maturity=levels, wanted=levels, evidence=st.text(max_size=3))


def diagnosed(*given_answers: Answer) -> Diagnostic:
    found = Diagnostic(administration="QZ", framework="customs", opened_on=date(2026, 11, 24))
    for each in given_answers:
        found = found.with_answer(each)
    return found


def test_the_shipped_framework_has_seven_areas_three_enablers_and_every_text_in_both_languages() -> None:
    assert [len([each for each in FRAMEWORK.areas if each.is_enabler is enabler]) for enabler in (False, True)] == [7, 3]
    texts = [each.text for each in FRAMEWORK.questions] + [each.evidence for each in FRAMEWORK.questions]
    texts += [each.title for each in FRAMEWORK.areas] + [each.meaning for each in FRAMEWORK.levels]
    assert all(set(each) == {"en", "fr"} for each in texts)


def test_a_live_indicator_named_by_a_question_exists() -> None:
    known = read_indicators((ROOT / "indicators" / "customs.toml").read_text("utf-8"))
    named = [each.indicator for each in FRAMEWORK.questions if each.indicator]
    assert len(named) == 3
    assert all(known.named(code) for code in named)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('area = "GO"', 'area = "XX"', "the area GO has no question"),
        ('code = "SM-02"', 'code = "SM-01"', "the question SM-01 stands twice"),
        ("maturity = 4", "maturity = 5", "the levels are not 0 to 4"),
        ("medium_from = 2", "medium_from = 9", "a high priority begins below"),
        ("weight = 2", "weight = 0", "weight below 1"),
        ("name =", "nme =", "cannot be read"),
    ],
)
def test_a_framework_that_does_not_hold_together_is_refused_with_its_fault(old: str, new: str, fault: str) -> None:
    with pytest.raises(UnreadableFrameworkError, match=fault):
        read_framework(TEXT.replace(old, new))


def test_an_area_is_scored_by_the_weight_of_its_questions_and_rounded_once() -> None:
    found = diagnosed(
        Answer(question="SM-01", maturity=1, wanted=4), Answer(question="SM-02", maturity=2, wanted=2), Answer(question="SM-03", maturity=2)
    )
    score = scores(found, FRAMEWORK)[0]
    assert (score.asked, score.answered, score.maturity) == (3, 3, Decimal("1.50"))
    assert (score.wanted, score.gap) == (Decimal("3.33"), Decimal("2.00"))


def test_an_area_without_an_answer_has_no_score_but_a_reason() -> None:
    score = scores(diagnosed(), FRAMEWORK)[0]
    assert (score.maturity, score.gap, score.reason) == (None, None, "no question of it is answered")


def test_a_diagnostic_is_compared_with_the_one_before_on_the_questions_answered_both_times() -> None:
    before = diagnosed(Answer(question="SM-01", maturity=1), Answer(question="SM-02", maturity=3))
    now = diagnosed(Answer(question="SM-01", maturity=3), Answer(question="SM-03", maturity=0))
    assert scores(now, FRAMEWORK, before=before)[0].change == Decimal("2.00")
    assert scores(now, FRAMEWORK, before=diagnosed())[0].change is None


def test_the_widest_weighted_gap_is_recommended_first() -> None:
    found = diagnosed(
        Answer(question="SM-02", maturity=0, wanted=1, recommendation="write down the risks"),
        Answer(question="SP-01", maturity=0, wanted=3, recommendation="open the system before arrival"),
        Answer(question="RE-02", maturity=1, wanted=3, recommendation="plan training from gaps"),
        Answer(question="LF-01", maturity=4, wanted=3, recommendation="nothing to do"),
    )
    told = [(each.question, each.priority) for each in recommendations(found, FRAMEWORK)]
    assert told == [("SP-01", Priority.HIGH), ("RE-02", Priority.MEDIUM), ("SM-02", Priority.LOW)]


def test_a_claim_without_evidence_and_a_gap_without_a_recommendation_keep_a_diagnostic_open() -> None:
    found = diagnosed(Answer(question="SM-01", maturity=2, wanted=4), Answer(question="SM-02", maturity=5, wanted=4, evidence="x"))
    found = found.with_answer(Answer(question="ZZ-01")).with_answer(Answer(question="SM-03", maturity=0))
    told = [(each.code, each.pointer) for each in checked(found, FRAMEWORK) if each.code != "DIA-01"]
    assert told == [("DIA-04", "ZZ-01"), ("DIA-02", "SM-01"), ("DIA-03", "SM-01"), ("DIA-05", "SM-02"), ("DIA-06", "SM-03")]


@given(st.lists(answers, max_size=30))
def test_no_score_leaves_the_scale_and_every_finding_has_its_words(given_answers: list[Answer]) -> None:
    found = diagnosed(*given_answers)
    for score in scores(found, FRAMEWORK, before=diagnosed(*given_answers[::-1])):
        assert all(0 <= value <= 4 for value in (score.maturity, score.wanted, score.gap) if value is not None)
        assert (score.maturity is None) == bool(score.reason)
    for each in checked(found, FRAMEWORK):
        assert CATALOGUE[each.code].wording.format_map(each.params)


def test_the_part_is_found_by_its_area() -> None:
    assert diagnostic.read_framework is read_framework
