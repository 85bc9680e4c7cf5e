from datetime import date

import pytest

from customhouse.assessment.origin.agreement import VerificationTerms
from customhouse.assessment.origin.verification import (
    TRANSITIONS,
    Act,
    Preference,
    Reason,
    State,
    Verification,
    VerificationRefusedError,
    acts_open,
    advance,
)

ASKED = date(2026, 4, 30)
OPENED = Verification(proof_number="C1", reason=Reason.DOUBT, terms=VerificationTerms(reply_months=10, reminder_months=6))


def test_every_state_is_reached_and_only_an_end_has_no_way_on() -> None:
    assert {row.target for row in TRANSITIONS} | {State.OPENED} == set(State)
    assert set(State) - {row.source for row in TRANSITIONS} == {State.CONFIRMED, State.DENIED}


def test_without_a_reply_in_time_preference_is_denied_and_not_a_day_before() -> None:
    asked = advance(OPENED, Act.ASK, on=ASKED)
    assert (asked.preference, asked.reminder_on, asked.reply_by) == (Preference.SUSPENDED, date(2026, 10, 30), date(2027, 2, 28))
    with pytest.raises(VerificationRefusedError, match="2027-02-28"):
        advance(asked, Act.DENY_WITHOUT_REPLY, on=date(2027, 2, 28))
    assert advance(asked, Act.DENY_WITHOUT_REPLY, on=date(2027, 3, 1)).preference is Preference.DENIED


def test_a_reminder_leaves_the_clock_and_asking_again_starts_it_anew() -> None:
    asked = advance(OPENED, Act.ASK, on=ASKED)
    assert Act.REMIND not in acts_open(asked, on=date(2026, 10, 29))
    reminded = advance(asked, Act.REMIND, on=date(2026, 10, 30))
    assert reminded.reply_by == asked.reply_by
    replied = advance(reminded, Act.RECEIVE_REPLY, on=date(2026, 11, 5))
    assert advance(replied, Act.ASK_AGAIN, on=date(2026, 11, 6)).reply_by == date(2027, 9, 6)
    assert advance(replied, Act.CONFIRM, on=date(2026, 11, 6)).preference is Preference.GRANTED


def test_an_act_out_of_its_place_is_refused() -> None:
    with pytest.raises(VerificationRefusedError):
        advance(OPENED, Act.CONFIRM, on=ASKED)
