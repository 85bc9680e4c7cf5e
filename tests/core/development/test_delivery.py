from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from customhouse.development import Standing, clock, delivery
from customhouse.development.delivery import Expert, FollowUp, Mission, Recommended, Request, Weights
from customhouse.development.delivery.expert import Absence, Accreditation
from customhouse.development.delivery.follow_up import After, Outcome

DAY = date(2026, 11, 24)
scores = st.none() | st.integers(0, 4)


def asked(days: int, need: int | None = 2, *, later: int = 0) -> Request:
    day = DAY + timedelta(days=later)
    return Request(member="QZ", region="east", theme="risk", text="help", asked_on=day, days=days, need=need, readiness=1, fit=1)


def mission(**differing: object) -> Mission:
    given_ = {
        "title": "m",
        "host": "QZ",
        "theme": "risk",
        "level": 2,
        "language": "fr",
        "starts_on": DAY,
        "ends_on": DAY + timedelta(days=5),
    }
    return Mission(**(given_ | {"terms_of_reference": "see", "owner": "sue"} | differing))  # type: ignore[arg-type]


def expert(level: int = 2, *, languages: tuple[str, ...] = ("fr",), of: str = "QX", until: date = date(2030, 1, 1)) -> Expert:
    return Expert(name="e", administration=of, languages=languages, accreditations=(Accreditation(theme="risk", level=level, until=until),))


def test_requests_come_by_score_then_by_age_and_the_unscored_are_never_planned() -> None:
    found = delivery.planned(
        [("late", asked(5, later=1)), ("early", asked(5)), ("urgent", asked(8, 4)), ("unscored", asked(1, None))], Weights(), days=14
    )
    assert [(each.request, each.is_planned) for each in found] == [("urgent", True), ("early", True), ("late", False), ("unscored", False)]
    assert (
        str(found[0].explanation)
        == "4 \N{MULTIPLICATION SIGN} 3 + 1 \N{MULTIPLICATION SIGN} 2 + 1 \N{MULTIPLICATION SIGN} 1 = 15; 8 days of 14 left"
    )


@given(st.lists(st.tuples(st.integers(-1, 20), scores), max_size=12), st.integers(0, 60))
def test_a_plan_never_takes_more_days_than_the_year_has(requests: list[tuple[int, int | None]], days: int) -> None:
    named = {str(n): asked(length, need) for n, (length, need) in enumerate(requests)}
    found = delivery.planned(named.items(), Weights(), days=days)
    assert sum(named[each.request].days for each in found if each.is_planned) <= days
    assert {each.request for each in found} == set(named)


def test_an_expert_suits_by_theme_level_language_days_and_distance_and_hears_all_that_speaks_against_him() -> None:
    away = Expert(name="x", administration="QZ", languages=("en",), absences=(Absence(starts_on=DAY, ends_on=DAY + timedelta(days=1)),))
    pool = {"lead": expert(3), "fits": expert(2), "junior": expert(1), "none": away, "lapsed": expert(3, until=DAY)}
    found = {each.expert: each for each in delivery.fits(mission(), pool.items())}
    assert [name for name, each in found.items() if each.suits] == ["fits", "lead"]
    assert tuple(map(str, found["junior"].against)) == ("accredited at level 1, and 2 is asked for",)
    assert len(found["none"].against) == 4
    assert tuple(map(str, found["lapsed"].against)) == ("not accredited for risk until the end of the mission",)


def test_an_expert_is_on_one_mission_at_a_time_and_may_leave_on_the_day_another_begins() -> None:
    other = mission(experts=("e",), starts_on=DAY - timedelta(days=3), ends_on=DAY)
    assert delivery.fits(mission(), [("e", expert())], engaged=[other])[0].suits
    longer = mission(experts=("e",), starts_on=DAY - timedelta(days=3), ends_on=DAY + timedelta(days=1))
    assert delivery.fits(mission(), [("e", expert())], engaged=[longer])[0].against[0].wording == "on another mission on these days"


def test_a_recommendation_is_followed_up_after_6_12_and_24_months_until_it_is_carried_out() -> None:
    made = Recommended(code="R1", text="do it", made_on=date(2026, 8, 31))
    first = delivery.reviews([made], [], on=DAY)
    assert [each.clock.due_on for each in first] == [date(2027, 2, 28), date(2027, 8, 31), date(2028, 8, 31)]
    assert {each.clock.standing for each in first} == {Standing.DUE}
    assert delivery.reviews([made], [], on=date(2027, 3, 2))[0].clock.days_left == -2
    done = FollowUp(recommendation="R1", months=After.TWELVE, on=date(2027, 9, 1), outcome=Outcome.DONE, evidence="seen")
    after = delivery.reviews([made], [done], on=date(2027, 9, 2))
    assert [(each.months, each.clock.standing) for each in after] == [(12, Standing.DONE_LATE)]


def test_what_is_done_later_than_the_day_one_asks_about_is_not_done_yet() -> None:
    assert clock(DAY, on=DAY, done_on=DAY + timedelta(days=1)).standing is Standing.DUE
    assert clock(DAY, on=DAY, done_on=DAY).standing is Standing.DONE


def test_what_was_recommended_on_a_day_of_no_year_of_the_calendar_is_not_followed_up() -> None:
    made = [Recommended(code=f"R{day.year}", text="do it", made_on=day) for day in (date(9999, 12, 31), date(2026, 8, 31))]
    assert {each.recommendation for each in delivery.reviews(made, [], on=DAY)} == {"R2026"}
