"""The periods that the Trade Facilitation Agreement leaves to the country: counted as it says, and none where it says nothing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.pipeline.transparency import UNSAID, Transparency, UnreadableTransparencyError, read_transparency

FRIDAY = date(2026, 11, 20)
WORKING = Transparency(
    answer_days=3, comment_days=5, interval_days=2, in_working_days=True, rest_weekdays=(5, 6), holidays=(date(2026, 11, 24),)
)


def test_a_question_is_answered_within_the_working_days_that_the_country_states() -> None:
    clock = WORKING.answer_clock(on=FRIDAY)
    assert clock is not None
    assert clock.due_on == date(2026, 11, 26)  # Monday, Wednesday, Thursday: Tuesday is a holiday


def test_a_rule_binds_on_the_day_after_its_interval_at_the_earliest() -> None:
    assert WORKING.binding_from(on=FRIDAY) == date(2026, 11, 26)


def test_where_the_country_states_no_period_none_runs() -> None:
    assert (UNSAID.answer_clock(on=FRIDAY), UNSAID.comments_until(on=FRIDAY), UNSAID.binding_from(on=FRIDAY)) == (None, None, None)


@given(st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(0, 200))
def test_more_days_never_end_sooner(day: date, days: int) -> None:
    shorter, longer = (Transparency(comment_days=each) for each in (days, days + 1))
    first, second = shorter.comments_until(on=day), longer.comments_until(on=day)
    assert first is not None
    assert second == first + timedelta(days=1)


def test_a_word_that_is_no_period_is_refused_by_its_place() -> None:
    with pytest.raises(UnreadableTransparencyError, match="answer_days"):
        read_transparency({"answer_days": "soon"})
