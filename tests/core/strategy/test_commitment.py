"""What was promised by when: every clock of the agreement, from data."""

from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.strategy import commitment, implementation
from customhouse.strategy.commitment.action import Progress
from customhouse.strategy.commitment.arrangement import Arrangement
from customhouse.strategy.commitment.measure import Promised
from customhouse.strategy.commitment.notice import Timeliness
from customhouse.strategy.commitment.pledge import Category, Clock, NoticeDue, Status, UnreadableTermsError, due_on, is_granted_by_right

ROOT = Path(__file__).resolve().parents[3]
TERMS = commitment.read_terms((ROOT / "commitments/tfa_terms.toml").read_text("utf-8"))
TFA = implementation.read_instrument((ROOT / "commitments/tfa.toml").read_text("utf-8"))
IN_FORCE = date(2017, 2, 22)
DUE = date(2027, 12, 31)
C = commitment.Pledge(category=Category.C, indicative_on=date(2026, 1, 1), definitive_on=DUE)


def status(code: str) -> Status:
    found = TERMS.status(code)
    assert found
    return found


DEVELOPING, LEAST = status("developing"), status("least_developed")


def clocks(pledge: commitment.Pledge, *extensions: commitment.Extension, member: Status = DEVELOPING) -> dict[Clock, date]:
    found = commitment.deadlines("7.1", pledge, extensions=extensions, status=member, agreement_in_force=IN_FORCE)
    return {each.clock: each.on for each in found}


def asked(days_before: int, *, days_more: int = 90, granted: date | None = None) -> commitment.Extension:
    return commitment.Extension(
        asked_on=DUE - timedelta(days=days_before), until=DUE + timedelta(days=days_more), reason="equipment late", granted_on=granted
    )


def notice_due(code: str) -> NoticeDue:
    return next(each for each in TERMS.notices if each.code == code)


def stands(promised: Promised) -> commitment.measure.Measure:
    return commitment.measure.measure_on(promised, status=DEVELOPING, on=date(2027, 1, 1))


def action(**changes: object) -> commitment.Action:
    given: dict[str, object] = {"title": "Train", "owner": "ann", "agency": "customs", "due_on": date(2026, 12, 1)}
    return commitment.Action(**(given | changes))  # type: ignore[arg-type]


SHIFTED = Promised(
    pledge=commitment.Pledge(category=Category.B, definitive_on=DUE),
    shifts=(commitment.Shift(moved_to=Category.C, notified_on=date(2026, 1, 1), assistance_needed="a laboratory"),),
    extensions=(asked(200),),
    arrangements=(
        Arrangement(
            donor="Bank",
            assistance="a laboratory\nand its staff",
            agreed_on=date(2026, 2, 1),
            until=date(2028, 1, 1),
            progress="half built",
        ),
        Arrangement(donor="Fund", assistance="training", agreed_on=date(2027, 1, 2)),
    ),
)


def test_the_early_warning_runs_out_120_days_before_the_date_and_90_for_the_least_developed() -> None:
    assert (DUE - clocks(C)[Clock.EARLY_WARNING]).days == 120
    assert (DUE - clocks(C, member=LEAST)[Clock.EARLY_WARNING]).days == 90


def test_an_extension_asked_for_in_time_moves_every_clock_and_one_asked_for_late_none() -> None:
    in_time, late = asked(120), asked(119)
    assert clocks(C, in_time)[Clock.EXTENDED] == in_time.until
    assert clocks(C, in_time)[Clock.EARLY_WARNING] == in_time.until - timedelta(days=120)
    assert clocks(C, late)[Clock.DEFINITIVE] == DUE
    assert clocks(C, asked(119, granted=DUE))[Clock.EXTENDED] == late.until


def test_an_extension_ends_after_it_was_asked_for_and_is_granted_no_earlier() -> None:
    assert asked(120).faults() == ()
    backwards = commitment.Extension(asked_on=DUE, until=DUE, reason="late", granted_on=DUE - timedelta(days=1))
    assert len(backwards.faults()) == 2


def test_a_date_that_is_meant_and_an_arrangement_end_where_they_can() -> None:
    same_day = commitment.Pledge(category=Category.B, indicative_on=DUE, definitive_on=DUE)
    assert same_day.faults() == C.faults() == commitment.Pledge(category=Category.A).faults() == ()
    assert msgspec.structs.replace(same_day, indicative_on=DUE + timedelta(days=1)).faults()
    given = Arrangement(donor="Bank", assistance="a laboratory", agreed_on=DUE, until=DUE)
    assert given.faults() == ()
    assert msgspec.structs.replace(given, until=DUE - timedelta(days=1)).faults()
    assert msgspec.structs.replace(given, agreed_on=None).faults() == ()


def test_a_long_extension_waits_for_the_committee() -> None:
    long = asked(200, days_more=600)
    assert not is_granted_by_right(long, definitive_on=DUE, status=DEVELOPING)
    assert is_granted_by_right(long, definitive_on=DUE, status=LEAST)
    assert due_on(C, [long], status=DEVELOPING) == DUE


def test_only_the_first_extension_needs_no_committee() -> None:
    first = asked(300)
    second = commitment.Extension(asked_on=DUE - timedelta(days=200), until=first.until + timedelta(days=60), reason="late again")
    assert due_on(C, [second, first], status=DEVELOPING) == first.until
    granted = msgspec.structs.replace(second, granted_on=DUE)
    assert due_on(C, [first, granted], status=DEVELOPING) == second.until
    refused = asked(300, days_more=600)
    assert due_on(C, [refused, asked(200)], status=DEVELOPING) == asked(200).until


@given(st.lists(st.integers(1, 900), max_size=4))
def test_no_extension_ever_brings_a_date_forward(days: list[int]) -> None:
    extensions = [asked(400 - place, days_more=more, granted=DUE) for place, more in enumerate(days)]
    assert due_on(C, extensions, status=DEVELOPING) == max([DUE, *(each.until for each in extensions)])


def test_category_a_has_a_grace_period_and_no_date_and_an_indicative_date_ends_with_the_definitive_one() -> None:
    assert clocks(commitment.Pledge(category=Category.A)) == {Clock.GRACE: date(2019, 2, 22)}
    assert clocks(commitment.Pledge(category=Category.B, indicative_on=DUE)) == {Clock.INDICATIVE: DUE}
    assert Clock.INDICATIVE not in clocks(C)
    assert Clock.GRACE in clocks(C, member=LEAST)


def test_a_measure_moves_between_b_and_c_alone_and_to_c_only_with_the_assistance_it_needs() -> None:
    b = commitment.Pledge(category=Category.B, definitive_on=DUE)
    to_c = commitment.Shift(moved_to=Category.C, notified_on=date(2026, 1, 1), assistance_needed="a laboratory")
    assert to_c.faults(b, []) == ()
    assert commitment.category_of(b, [to_c], on=date(2025, 12, 31)) is Category.B
    assert commitment.category_of(b, [to_c], on=date(2026, 1, 1)) is Category.C
    bare = commitment.Shift(moved_to=Category.C, notified_on=date(2026, 1, 1))
    assert "assistance" in str(bare.faults(b, [])[0])
    assert "only between B and C" in str(to_c.faults(commitment.Pledge(category=Category.A), [])[0])
    assert "only between B and C" in str(to_c.faults(b, [to_c])[0])


def test_each_notice_says_when_it_was_due_and_whether_it_came_in_time() -> None:
    given_notices = {
        "16-B-definitive": commitment.NoticeGiven(given_on=date(2018, 2, 22), symbol="G/TFA/N/ONE"),
        "16-C-arrangements": commitment.NoticeGiven(given_on=date(2018, 2, 23)),
    }
    on = date(2019, 1, 1)
    told = {each.due.code: each for each in commitment.notices(TERMS, given_notices, status="developing", in_force=IN_FORCE, on=on)}
    assert told["16-B-definitive"].timeliness is Timeliness.IN_TIME
    assert told["16-C-arrangements"].timeliness is Timeliness.LATE
    assert told["15"].timeliness is Timeliness.MISSING
    assert told["16-C-definitive"].timeliness is Timeliness.TO_COME
    assert told["16-C-definitive"].due_on == date(2019, 8, 22)


def test_a_late_accepter_counts_the_periods_of_b_and_c_from_the_entry_into_force_of_the_agreement_and_owes_nothing_before_his_own() -> None:
    told = commitment.notices(TERMS, {}, status="least_developed", in_force=date(2020, 1, 1), on=date(2026, 11, 24))
    due = {each.due.code: each.due_on for each in told}
    assert due["16-C-definitive"] == date(2022, 8, 22)
    assert due["16-C-arrangements"] == date(2021, 2, 22)
    assert due["16-B-definitive"] == date(2020, 2, 22)
    assert due["16-B-indicative"] == due["16-C-designation"] == due["16-C-assistance"] == date(2020, 1, 1)
    assert due["15"] == date(2021, 1, 1)
    assert due["1.4"] == date(2020, 1, 1)


@pytest.mark.parametrize(
    ("status", "due"),
    [
        (
            "developing",
            {
                "16-B-indicative": date(2017, 2, 22),
                "16-B-definitive": date(2018, 2, 22),
                "16-C-indicative": date(2017, 2, 22),
                "16-C-arrangements": date(2018, 2, 22),
                "16-C-definitive": date(2019, 8, 22),
            },
        ),
        (
            "least_developed",
            {
                "16-B-indicative": date(2018, 2, 22),
                "16-B-definitive": date(2020, 2, 22),
                "16-C-designation": date(2018, 2, 22),
                "16-C-assistance": date(2019, 2, 22),
                "16-C-arrangements": date(2021, 2, 22),
                "16-C-definitive": date(2022, 8, 22),
            },
        ),
    ],
)
def test_the_notices_of_article_16_are_due_on_the_days_of_the_timeline_of_the_wto(status: str, due: dict[str, date]) -> None:
    told = commitment.notices(TERMS, {}, status=status, in_force=IN_FORCE, on=DUE)
    assert {each.due.code: each.due_on for each in told if each.due.code.startswith("16")} == due


def test_the_text_of_a_notice_lists_the_measures_of_its_category_with_their_dates() -> None:
    due = notice_due("16-C-definitive")
    text = commitment.notice_text(
        TFA,
        due,
        measures={"7.1": stands(Promised(pledge=C)), "7.2": stands(Promised(pledge=commitment.Pledge(category=Category.B)))},
        answers={"Member": "Sandmark", due.content[0].text: "half done"},
    )
    assert "**Member:** Sandmark" in text
    assert "| 7.1 | Processing before arrival | C | 2026-01-01 | 2027-12-31 |" in text
    assert "half done" in text
    assert "7.2" not in text


def test_a_measure_that_was_shifted_and_extended_is_told_in_the_notices_of_its_category_and_by_its_last_date() -> None:
    measure = stands(SHIFTED)
    told = {
        code: commitment.notice_text(TFA, notice_due(code), measures={"7.7": measure}, answers={"Member": "Sandmark"})
        for code in ("16-B-definitive", "16-C-definitive", "16-C-arrangements", "16-C-indicative")
    }
    assert "7.7" not in told["16-B-definitive"]
    assert f"| 7.7 | Measures for authorized operators | C | none | {asked(200).until} |" in told["16-C-definitive"]
    assert "   - 7.7: Bank: half built\n" in told["16-C-definitive"]
    assert "   - 7.7: Bank: a laboratory and its staff (agreed on 2026-02-01, until 2028-01-01)\n" in told["16-C-arrangements"]
    assert "Fund" not in told["16-C-arrangements"]
    assert "   - 7.7: a laboratory\n" in told["16-C-indicative"]
    assert not [code for code, text in told.items() if "to be stated" in text and code != "16-B-definitive"]


def test_before_its_shift_a_measure_is_told_in_the_notices_of_the_category_that_it_had() -> None:
    before = commitment.measure.measure_on(SHIFTED, status=DEVELOPING, on=date(2025, 12, 31))
    assert (before.category, before.assistance_needed, before.arrangements) == (Category.B, "", ())


def test_what_is_answered_by_hand_goes_before_what_is_registered() -> None:
    due = notice_due("16-C-arrangements")
    text = commitment.notice_text(TFA, due, measures={"7.7": stands(SHIFTED)}, answers={due.content[0].text: "see G/TFA/N/1"})
    assert "   see G/TFA/N/1\n" in text
    assert "Bank" not in text


def test_an_action_is_done_late_blocked_or_open() -> None:
    first, second = action(), action(title="Buy", after="Train")
    assert second.progress([first, second], on=date(2026, 11, 1)) is Progress.BLOCKED
    assert second.progress([action(per_cent=100, evidence="list"), second], on=date(2026, 11, 1)) is Progress.OPEN
    assert first.progress([], on=date(2026, 12, 2)) is Progress.OVERDUE
    assert action(per_cent=100, evidence="list").progress([], on=date(2030, 1, 1)) is Progress.DONE
    assert first.days_left(on=date(2026, 11, 24)) == 7


@given(st.lists(st.integers(0, 100), min_size=1))
def test_the_effort_remaining_is_the_part_that_is_not_done(parts: list[int]) -> None:
    left = commitment.effort_remaining([action(per_cent=each) for each in parts], is_carried_out=False)
    assert left == pytest.approx(1 - sum(parts) / (100 * len(parts)))


def test_the_effort_is_unknown_where_nothing_is_planned_and_none_where_the_measure_is_carried_out() -> None:
    assert commitment.effort_remaining([], is_carried_out=False) is None
    assert commitment.effort_remaining([action()], is_carried_out=True) == 0


def test_an_action_says_what_shows_that_it_is_done_and_in_which_currency_it_costs() -> None:
    assert action(cost=Decimal(10), currency="EUR").faults() == ()
    assert len(action(per_cent=100, cost=Decimal(10)).faults()) == 2
    assert action(per_cent=101, evidence="x").faults()


def test_terms_that_cannot_be_read_are_refused() -> None:
    with pytest.raises(UnreadableTermsError, match="cannot be read"):
        commitment.read_terms("months = 1")
