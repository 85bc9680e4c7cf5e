"""A budget adds up exactly, an audit plan begins where the risk is, and a finding is followed until it is closed."""

from datetime import date
from decimal import Decimal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from customhouse.kernel import Clock
from customhouse.strategy import secretariat
from customhouse.strategy.secretariat import AuditArea, AuditFinding, BudgetLine, BudgetProposal, FollowUp, Source

ON = date(2026, 11, 24)
lines = st.lists(
    st.builds(
        BudgetLine,
        directorate=st.sampled_from(["Compliance", "Tariff"]),
        source=st.sampled_from(Source),
        purpose=st.just("work"),
        amount=st.decimals(0, 10**9, places=2),
    )
).map(tuple)


@given(lines)
def test_the_parts_of_a_budget_are_the_whole_however_it_is_cut(found: tuple[BudgetLine, ...]) -> None:
    proposal = BudgetProposal(year="2027/2028", version=1, currency="EUR", lines=found)
    for by in (lambda line: line.directorate, lambda line: line.source.value):
        assert sum(secretariat.totals(proposal.lines, by).values(), Decimal(0)) == proposal.total


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
