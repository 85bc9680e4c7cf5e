from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.assessment.valued import CIF, DAY, SHOWN, chain

from customhouse.assessment.doubt import OPEN, PROCEDURE, Doubt, DoubtAct, DoubtRefusedError, DoubtState, DoubtStep, Side, told_by
from customhouse.assessment.valuation import Evidence

RULES = CIF.regime.valuation_rules
LATE = DAY + timedelta(days=60)
EVIDENCE = tuple(msgspec.convert(SHOWN, list[Evidence]))


def step(act: DoubtAct, side: Side = Side.CUSTOMS, on: date = DAY, **told: Any) -> DoubtStep:  # noqa: ANN401 - a step
    at = datetime(on.year, on.month, on.day, 12, tzinfo=UTC)
    return DoubtStep(act=act, side=side, actor="ann", at=at, on=on, **({"text": "the price is far below", "evidence": EVIDENCE} | told))


def doubt(*steps: DoubtStep) -> Doubt:
    return told_by(steps, reference="D-1", item=1, rules=RULES)


DOUBTED = step(DoubtAct.DOUBT, security=Decimal(500))
ASKED = (DOUBTED, step(DoubtAct.ASK))
EXPLAINED = (*ASKED, step(DoubtAct.EXPLAIN, Side.IMPORTER))
STILL = (*EXPLAINED, step(DoubtAct.REMAIN_IN_DOUBT))
GROUNDS = (*STILL, step(DoubtAct.REQUEST_GROUNDS, Side.IMPORTER), step(DoubtAct.COMMUNICATE_GROUNDS))
HEARD = (*GROUNDS, step(DoubtAct.RESPOND, Side.IMPORTER))
REJECTED = (*HEARD, step(DoubtAct.REJECT_VALUE))


def test_a_doubt_goes_from_the_question_to_the_final_decision_with_grounds() -> None:
    decided = doubt(*REJECTED)
    assert (decided.state, decided.is_open, decided.security) == (DoubtState.VALUE_REJECTED, False, Decimal(500))
    assert decided.allowed(Side.IMPORTER, on=DAY) == (DoubtAct.APPEAL, DoubtAct.REQUEST_EXPLANATION)
    ground = {"method": "transaction", "reason": "rejected", "evidence": [msgspec.to_builtins(decided.decision())]}
    assert chain(ruled_out=[ground]).ruled_out[0].evidence[0].reference == "D-1"


def test_the_importer_has_the_working_days_of_the_country_to_answer() -> None:
    asked = doubt(*ASKED)
    assert asked.clock is not None
    assert (asked.clock.owner, asked.clock.due_on) == ("importer", date(2026, 3, 30))
    assert asked.allowed(Side.CUSTOMS, on=date(2026, 3, 30)) == (DoubtAct.PAUSE,)
    assert DoubtAct.FIND_UNANSWERED in asked.allowed(Side.CUSTOMS, on=date(2026, 3, 31))


def test_one_reads_whom_the_procedure_waits_for() -> None:
    assert [doubt(*steps).turn(on=DAY) for steps in (ASKED, EXPLAINED, STILL, GROUNDS, HEARD)] == [
        Side.IMPORTER,
        Side.CUSTOMS,
        Side.IMPORTER,
        Side.IMPORTER,
        Side.CUSTOMS,
    ]
    assert doubt(*ASKED).turn(on=LATE) is Side.CUSTOMS
    assert doubt(*REJECTED).turn(on=DAY) is None


def test_silence_does_not_end_the_doubt_but_lets_customs_go_on() -> None:
    silent = doubt(*ASKED, step(DoubtAct.FIND_UNANSWERED, on=LATE), step(DoubtAct.REMAIN_IN_DOUBT, on=LATE))
    assert silent.state is DoubtState.STILL_IN_DOUBT


def test_customs_gives_the_grounds_that_were_asked_for_before_it_decides() -> None:
    with pytest.raises(DoubtRefusedError, match="does not follow"):
        doubt(*STILL, step(DoubtAct.REQUEST_GROUNDS, Side.IMPORTER), step(DoubtAct.REJECT_VALUE))
    with pytest.raises(DoubtRefusedError, match="run out"):
        doubt(*STILL, step(DoubtAct.REJECT_VALUE))
    assert doubt(*STILL, step(DoubtAct.REJECT_VALUE, on=LATE)).state is DoubtState.VALUE_REJECTED


def test_the_importer_has_an_opportunity_to_respond_to_the_grounds() -> None:
    with pytest.raises(DoubtRefusedError, match="run out"):
        doubt(*GROUNDS, step(DoubtAct.REJECT_VALUE))
    assert doubt(*GROUNDS, step(DoubtAct.REJECT_VALUE, on=LATE)).state is DoubtState.VALUE_REJECTED


@pytest.mark.parametrize("act", [DoubtAct.REJECT_VALUE, DoubtAct.COMMUNICATE_GROUNDS])
def test_what_a_price_database_shows_is_no_ground(act: DoubtAct) -> None:
    before = HEARD if act is DoubtAct.REJECT_VALUE else STILL
    with pytest.raises(DoubtRefusedError, match="no ground"):
        doubt(*before, step(act, evidence=(), signal="40 prices, median 12.50"))


def test_grounds_cannot_rest_on_what_is_kept_from_the_importer() -> None:
    with pytest.raises(DoubtRefusedError, match="kept from it"):
        doubt(*HEARD, step(DoubtAct.REJECT_VALUE, confidential=True))


def test_the_importer_reads_no_name_no_signal_and_nothing_told_in_confidence() -> None:
    told = doubt(step(DoubtAct.DOUBT, confidential=True, signal="40 prices"), *EXPLAINED[1:]).for_importer()
    assert [(each.actor, each.text, each.signal) for each in told.steps] == [
        ("", "", ""),
        ("", "the price is far below", ""),
        ("ann", "the price is far below", ""),
    ]
    assert told.steps[0].evidence == ()


def test_a_pause_stops_the_clock_for_a_reason() -> None:
    paused = doubt(*ASKED, step(DoubtAct.PAUSE, on=DAY + timedelta(days=1)))
    assert paused.clock is not None
    assert paused.clock.due_on is None
    assert DoubtAct.FIND_UNANSWERED not in paused.allowed(Side.CUSTOMS, on=LATE)
    resumed = doubt(*paused.steps, step(DoubtAct.RESUME, on=LATE))
    assert resumed.clock is not None
    assert resumed.clock.has_run_out(on=LATE) is False


def test_no_act_but_a_question_is_done_without_words() -> None:
    with pytest.raises(DoubtRefusedError, match="in writing"):
        doubt(step(DoubtAct.DOUBT, text=" "))


def test_an_act_is_for_its_side_alone() -> None:
    with pytest.raises(DoubtRefusedError, match="is for importer"):
        doubt(*ASKED, step(DoubtAct.EXPLAIN))


def test_the_importer_may_be_given_more_days_but_not_fewer() -> None:
    assert doubt(DOUBTED, step(DoubtAct.ASK, days=30)).clock is not None
    with pytest.raises(DoubtRefusedError, match="at least 20 days"):
        doubt(DOUBTED, step(DoubtAct.ASK, days=3))
    with pytest.raises(DoubtRefusedError, match="sets no period"):
        told_by([DOUBTED, step(DoubtAct.ASK)], reference="D", item=1, rules=type(RULES)())


def test_there_is_no_decision_to_rest_on_before_it_is_taken() -> None:
    with pytest.raises(DoubtRefusedError, match="no final decision"):
        doubt(*HEARD).decision()


def test_every_open_state_leads_on_to_a_decision() -> None:
    reached, before = {DoubtState.VALUE_ACCEPTED, DoubtState.VALUE_REJECTED}, 0
    while len(reached) > before:
        before = len(reached)
        reached |= {row.source for row in PROCEDURE if row.target in reached}
    assert reached >= OPEN


@given(acts=st.lists(st.tuples(st.sampled_from(list(DoubtAct)), st.sampled_from(list(Side)), st.booleans()), max_size=25))
def test_a_doubt_never_rejects_a_value_unheard(acts: list[tuple[DoubtAct, Side, bool]]) -> None:
    found = Doubt(reference="D", item=1)
    on = DAY
    for act, side, waits in acts:
        on += timedelta(days=40 if waits else 0)
        allowed = found.allowed(side, on=on)
        try:
            found = found.taken(step(act, side, on), RULES)
        except DoubtRefusedError:
            assert act not in allowed
        else:
            assert act in allowed
    done = [each.act for each in found.steps]
    if DoubtAct.REJECT_VALUE in done:
        assert DoubtAct.ASK in done
        assert DoubtAct.REQUEST_GROUNDS not in done or DoubtAct.COMMUNICATE_GROUNDS in done
