"""Membership: one seat at a time, from a day until before another, and what is put to which body."""

from dataclasses import replace
from datetime import UTC, date, datetime

import msgspec
import pytest
from tests.core.strategy.test_cycle import PLAN, brought_to

from customhouse.strategy import review
from customhouse.strategy.plan import Status
from customhouse.strategy.review.comment import Said, Way
from customhouse.strategy.review.cycle import REGIONS, Body, Step
from customhouse.strategy.review.membership import Membership, ended, given, put_to
from customhouse.strategy.review.standing import RefusedError, commented, standing_of

AT = datetime(2025, 12, 1, 9, tzinfo=UTC)
SEAT = Membership(person="mia", body=Body.AUDIT_COMMITTEE, valid_from=date(2026, 1, 1), valid_to=date(2027, 1, 1))


def test_a_seat_holds_from_its_first_day_until_before_its_last() -> None:
    days = (date(2025, 12, 31), date(2026, 1, 1), date(2026, 12, 31), date(2027, 1, 1))
    assert [SEAT.holds(on=day) for day in days] == [False, True, True, False]
    assert msgspec.structs.replace(SEAT, valid_to=None).holds(on=date(2099, 1, 1))


@pytest.mark.parametrize(
    ("change", "is_refused"),
    [
        ({"valid_from": date(2026, 12, 31), "valid_to": None}, True),
        ({"valid_from": date(2025, 1, 1), "valid_to": date(2026, 1, 2)}, True),
        ({"valid_from": date(2027, 1, 1), "valid_to": None}, False),
        ({"valid_from": date(2025, 1, 1), "valid_to": date(2026, 1, 1)}, False),
        ({"body": Body.COUNCIL}, False),
        ({"person": "max"}, False),
    ],
)
def test_a_person_has_one_seat_at_a_time_in_a_body(change: dict[str, object], is_refused: bool) -> None:
    asked = msgspec.structs.replace(SEAT, **change)
    if is_refused:
        with pytest.raises(RefusedError, match="sits in that body already"):
            given(asked, [SEAT])
    else:
        assert given(asked, [SEAT]) == asked


def test_a_seat_ends_after_it_begins_and_only_once() -> None:
    assert ended(msgspec.structs.replace(SEAT, valid_to=None), on=date(2026, 5, 1)).valid_to == date(2026, 5, 1)
    assert ended(SEAT, on=date(2026, 5, 1)).valid_to == date(2026, 5, 1)
    with pytest.raises(RefusedError, match="has ended on 2027-01-01"):
        ended(SEAT, on=date(2027, 1, 1))
    for refused in (lambda: ended(SEAT, on=date(2026, 1, 1)), lambda: given(msgspec.structs.replace(SEAT, valid_to=SEAT.valid_from), [])):
        with pytest.raises(RefusedError, match="ends before it begins"):
            refused()
    with pytest.raises(RefusedError, match="no seats"):
        given(msgspec.structs.replace(SEAT, body=Body.SECRETARIAT), [])
    far = date(9999, 12, 31)
    for refused in (
        lambda: given(msgspec.structs.replace(SEAT, valid_to=far), []),
        lambda: ended(msgspec.structs.replace(SEAT, valid_to=None), on=far),
    ):
        with pytest.raises(RefusedError, match="not between 1900 and 2199"):
            refused()


def test_a_plan_is_put_to_the_body_whose_step_is_due_to_those_before_and_once_drafted_to_the_regions() -> None:
    assert put_to(standing_of(PLAN, [])) == {Body.FINANCE_COMMITTEE}
    drafted = put_to(standing_of(PLAN, brought_to(Step.FIRST_DRAFT)))
    assert drafted == {Body.FINANCE_COMMITTEE, Body.POLICY_COMMISSION, *REGIONS}
    assert len(REGIONS) == 6
    assert Body.COUNCIL not in put_to(standing_of(PLAN, brought_to(Step.RECOMMENDATION)))
    assert Body.COUNCIL in put_to(standing_of(PLAN, brought_to(Step.OPERATIONAL_PLAN)))


def test_what_a_region_said_is_heard_and_a_region_that_said_nothing_is_named_in_the_report() -> None:
    events = brought_to(Step.FIRST_DRAFT)
    standing = standing_of(PLAN, events)
    said = Said("More on transit", body=Body.EUROPE, way=Way.REGIONAL_CONSULTATION)
    events.append(commented(standing, "ada", said=said, at=AT))
    after = standing_of(PLAN, events)
    assert Body.EUROPE in standing.unheard
    assert set(after.unheard) == set(REGIONS) - {Body.EUROPE}
    period = review.reported_period(PLAN, 2026, halves=1, on=date(2025, 12, 31))
    told = review.report_on(PLAN, after, period=period, figures=review.report.Figures({}, {}))
    assert [each.subject for each in told.decisions_open if each.what == "region"] == [each.value for each in after.unheard]
    adopted = review.report_on(PLAN, replace(after, status=Status.ADOPTED), period=period, figures=review.report.Figures({}, {}))
    assert not [each for each in adopted.decisions_open if each.what == "region"]


def test_a_consultation_names_its_region_and_a_survey_the_member_that_answered() -> None:
    standing = standing_of(PLAN, brought_to(Step.FIRST_DRAFT))
    for said, refusal in (
        (Said("Hm", way=Way.REGIONAL_CONSULTATION), "names its region"),
        (Said("Hm", body=Body.COUNCIL, way=Way.REGIONAL_CONSULTATION), "names its region"),
        (Said("Hm", way=Way.MEMBER_SURVEY), "names the member"),
    ):
        with pytest.raises(RefusedError, match=refusal):
            commented(standing, "ada", said=said, at=AT)
    assert commented(standing, "ada", said=Said("Hm", origin="A member", way=Way.MEMBER_SURVEY), at=AT).way is Way.MEMBER_SURVEY
