"""A budget adds up and ties to the plan, audits are planned where the risk is, and a finding is followed until it is closed."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.kernel import Clock
from customhouse.strategy import StrategicPlan, plan_of, secretariat
from customhouse.strategy.secretariat import Audit, AuditArea, AuditFinding, AuditYear, BudgetLine, FollowUp, Source
from customhouse.strategy.secretariat.plan import Placing, as_audited, years_between
from customhouse.strategy.secretariat.tie import Untied

ON = date(2026, 11, 24)
lines = st.lists(
    st.builds(
        BudgetLine,
        directorate=st.sampled_from(["Compliance", "Tariff"]),
        source=st.sampled_from(Source),
        purpose=st.just("work"),
        amount=st.decimals(0, 10**9, places=2),
        currency=st.just("EUR"),
        activities=st.lists(st.sampled_from(["1.1", "1.2", "9.9"]), max_size=2, unique=True).map(tuple),
    )
).map(tuple)


@given(lines)
def test_the_parts_of_a_budget_are_the_whole_however_it_is_cut(found: tuple[BudgetLine, ...]) -> None:
    for by in (lambda line: line.directorate, lambda line: line.source.value):
        assert sum(secretariat.totals(found, by).values(), Decimal(0)) == sum((each.amount for each in found), Decimal(0))


def test_the_audit_plan_begins_where_risk_is_high_and_nobody_looked() -> None:
    area = AuditArea(name="Payroll", inherent_risk=3, control_weakness=3, last_audited_on=date(2025, 1, 1))
    never = msgspec.structs.replace(area, name="Missions", last_audited_on=None)
    grave = msgspec.structs.replace(area, name="Procurement", control_weakness=5, last_audited_on=ON)
    assert [each.name for each in secretariat.ranked([area, never, grave], on=ON)] == ["Procurement", "Missions", "Payroll"]


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({}, FollowUp.UNANSWERED),
        ({"response": "We see no need."}, FollowUp.NOT_AGREED),
        ({"response": "By May.", "clock": Clock(owner="finance", started_on=ON, days=30)}, FollowUp.OPEN),
        ({"response": "By May.", "clock": Clock(owner="finance", started_on=date(2026, 1, 1), days=30)}, FollowUp.OVERDUE),
        ({"response": "Done.", "closed_on": ON}, FollowUp.CLOSED),
    ],
)
def test_a_finding_is_followed_until_it_is_closed(told: dict[str, object], state: FollowUp) -> None:
    finding = AuditFinding(audit="Procurement 2026", statement="One bid only", recommendation="Ask three", **told)
    assert secretariat.follow_up(finding, on=ON) is state


def test_a_rating_off_the_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="1 to 5"):
        AuditArea(name="Payroll", inherent_risk=0, control_weakness=3)


@pytest.fixture(scope="module")
def plan() -> StrategicPlan:
    """A plan of two activities with costs in the year that begins in 2027."""
    costs = [
        {"activity": "1.1", "year": 2027, "source": "budget", "amount": "900"},
        {"activity": "1.2", "year": 2027, "source": "technical attache", "person_months": "3"},
        {"activity": "1.2", "year": 2028, "source": "budget", "amount": "70"},
    ]
    activities = [{"number": "1.1", "title": "a"}, {"number": "1.2", "title": "b"}]
    return plan_of(
        {
            "name": "own",
            "title": "Own",
            "valid_from": "2027-07-01",
            "valid_to": "2029-07-01",
            "building_blocks": {},
            "goals": [{"number": 1, "title": "g", "activities": activities}],
            "operation": {"currency": "EUR", "costs": costs},
        }
    )


def line(amount: str, *activities: str, currency: str = "EUR", source: Source = Source.BUDGET) -> BudgetLine:
    return BudgetLine(directorate="D", source=source, purpose="p", amount=Decimal(amount), currency=currency, activities=activities)


def test_a_budget_stands_beside_the_costs_of_the_plan_with_the_difference(plan: StrategicPlan) -> None:
    told = secretariat.ties([line("1000", "1.1"), line("50.5", "1.1"), line("8", "1.2")], plan, year=2027).tied
    assert [(each.activity, each.source, each.proposed, each.planned, each.difference) for each in told] == [
        ("1.1", Source.BUDGET, Decimal("1050.5"), Decimal(900), Decimal("150.5")),
        ("1.2", Source.BUDGET, Decimal(8), Decimal(0), Decimal(8)),
        ("1.2", Source.LENT_TIME, Decimal(0), None, None),
    ]
    assert "no rate" in told[2].undetermined[0]


def test_a_line_that_ties_to_nothing_is_told_with_its_reason(plan: StrategicPlan) -> None:
    found = [line("1"), line("2", "1.1", "1.2"), line("3", "9.9"), line("4", "1.1", currency="USD")]
    told = secretariat.ties(found, plan, year=2027).untied
    assert [reason for _, reason in told] == [Untied.NO_ACTIVITY, Untied.SEVERAL_ACTIVITIES, Untied.OF_NO_PLAN, Untied.OTHER_CURRENCY]


@given(lines)
def test_no_amount_of_a_budget_is_lost_between_what_ties_and_what_does_not(plan: StrategicPlan, found: tuple[BudgetLine, ...]) -> None:
    told = secretariat.ties(found, plan, year=2027)
    parts = [*(each.proposed for each in told.tied), *(each.amount for each, _ in told.untied)]
    assert sum(parts, Decimal(0)) == sum((each.amount for each in found), Decimal(0))


def area(name: str, risk: int, weakness: int, *, days: int | None = 10, last: int | None = None) -> AuditArea:
    last_on = None if last is None else date(last, 6, 1)
    return AuditArea(name=name, inherent_risk=risk, control_weakness=weakness, audit_days=days, last_audited_on=last_on)


@pytest.mark.parametrize(("risk", "weakness", "years"), [(5, 3, 1), (4, 2, 2), (2, 2, 3), (1, 3, 5), (1, 1, 5)])
def test_an_area_is_audited_the_more_often_the_more_is_at_risk(risk: int, weakness: int, years: int) -> None:
    assert years_between(area("a", risk, weakness)) == years


def test_an_audit_plan_fills_the_days_of_each_year_by_risk_and_says_what_it_leaves_out() -> None:
    universe = [
        area("Fees", 5, 5, last=2026),
        area("Travel", 3, 3),
        area("Stores", 2, 3, days=12),
        area("Files", 1, 1, last=2026),
        area("Vault", 2, 2, days=None),
    ]
    told = secretariat.audit_plan(universe, [AuditYear(year=2028, days=25), AuditYear(year=2027, days=21)])
    assert [(each.year, each.area.name, each.placing, each.days_left) for each in told] == [
        (2027, "Fees", Placing.PLANNED, 11),
        (2027, "Travel", Placing.PLANNED, 1),
        (2027, "Stores", Placing.NO_CAPACITY, 1),
        (2027, "Vault", Placing.NOT_ESTIMATED, 1),
        (2027, "Files", Placing.NOT_DUE, 1),
        (2028, "Fees", Placing.PLANNED, 15),
        (2028, "Travel", Placing.NOT_DUE, 15),
        (2028, "Stores", Placing.PLANNED, 3),
        (2028, "Vault", Placing.NOT_ESTIMATED, 3),
        (2028, "Files", Placing.NOT_DUE, 3),
    ]


def test_an_audit_that_was_entered_holds_its_days_before_all_others() -> None:
    audits = [Audit(code="A1", area="Files", year=2027, audit_days=15)]
    told = secretariat.audit_plan([area("Fees", 5, 5), area("Files", 1, 1, last=2026)], [AuditYear(year=2027, days=20)], audits=audits)
    assert [(each.area.name, each.placing) for each in told] == [("Files", Placing.ENTERED), ("Fees", Placing.NO_CAPACITY)]


def test_an_area_was_last_audited_when_the_last_audit_of_it_was_reported() -> None:
    audit = Audit(
        code="A1", area="Fees", year=2027, audit_days=5, began_on=date(2027, 2, 1), reported_on=date(2027, 3, 1), conclusion="sound"
    )
    found = as_audited([area("Fees", 5, 5, last=2025), area("Files", 1, 1)], [audit])
    assert [each.last_audited_on for each in found] == [date(2027, 3, 1), None]


@given(
    st.lists(
        st.builds(area, st.sampled_from("abcdefgh"), st.integers(1, 5), st.integers(1, 5), days=st.integers(1, 40)),
        unique_by=lambda each: each.name,
    ),
    st.lists(st.integers(0, 100), max_size=4),
)
def test_no_year_of_an_audit_plan_takes_more_days_than_there_are(universe: list[AuditArea], days: list[int]) -> None:
    years = [AuditYear(year=2027 + place, days=each) for place, each in enumerate(days)]
    told = secretariat.audit_plan(universe, years)
    assert len(told) == len(universe) * len(years)
    for year in years:
        taken = [each.area.audit_days or 0 for each in told if each.year == year.year and each.placing is Placing.PLANNED]
        assert sum(taken) <= year.days


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({}, "overdue"),
        ({"year": 2026}, "planned"),
        ({"began_on": ON}, "under way"),
        ({"began_on": ON, "reported_on": ON, "conclusion": "sound"}, "reported"),
    ],
)
def test_an_audit_says_where_it_stands(told: dict[str, object], state: str) -> None:
    assert Audit(**({"code": "A1", "area": "Fees", "year": 2025, "audit_days": 5} | told)).stands(on=ON) == state


@pytest.mark.parametrize("told", [{"reported_on": ON, "conclusion": "c"}, {"began_on": ON, "reported_on": ON}, {"audit_days": 0}])
def test_an_audit_that_does_not_hold_together_is_refused(told: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="an audit"):
        Audit(**({"code": "A1", "area": "Fees", "year": 2026, "audit_days": 5} | told))
