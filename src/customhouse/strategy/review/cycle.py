"""Cycle: the steps that a plan goes through, as one table from which the code runs, the diagram is drawn and the tests are made.

A row says: this body deals with this document in this month, and then that step is due. A body may send back what is not ready. The
months of December, January and February are those of the WCO Strategic Plan (paragraphs 5 and 10); the others are a plan's own choice,
which its `operation.due_months` may change.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from customhouse.strategy.operation.year import last_of_month
from customhouse.strategy.plan import Status, StrategicPlan


class Step(StrEnum):
    """What is due for a plan."""

    OUTLINE = "outline"
    FIRST_DRAFT = "first_draft"
    OFF_SITE = "off_site"
    AUDIT_REVIEW = "audit_review"
    COSTING = "costing"
    RECOMMENDATION = "recommendation"
    ADOPTION = "adoption"
    OPERATIONAL_PLAN = "operational_plan"
    MID_YEAR_REPORT = "mid_year_report"
    INDICATOR_APPROVAL = "indicator_approval"
    SCAN_UPDATE = "scan_update"
    COST_REVIEW = "cost_review"
    YEARLY_REPORT = "yearly_report"
    COUNCIL_REPORT = "council_report"
    NEXT_PERIOD = "next_period"


class Body(StrEnum):
    """Who deals with it; the six regions of the WCO are heard on the draft."""

    FINANCE_COMMITTEE = "finance_committee"
    POLICY_COMMISSION = "policy_commission"
    SENIOR_MANAGEMENT = "senior_management"
    AUDIT_COMMITTEE = "audit_committee"
    COUNCIL = "council"
    SECRETARIAT = "secretariat"
    AMERICAS = "region_americas"
    ASIA_PACIFIC = "region_asia_pacific"
    EAST_AND_SOUTHERN_AFRICA = "region_east_and_southern_africa"
    EUROPE = "region_europe"
    NORTH_AFRICA_AND_MIDDLE_EAST = "region_north_africa_and_middle_east"
    WEST_AND_CENTRAL_AFRICA = "region_west_and_central_africa"


REGIONS = tuple(body for body in Body if body.startswith("region_"))


class Act(StrEnum):
    """What is done with a step."""

    CONCLUDE = "conclude"
    SKIP = "skip"
    SEND_BACK = "send_back"


@dataclass(frozen=True, slots=True)
class Row:
    """One step: its body, month and document, what follows, and where a body sends back to; `status` is what the plan has become by it."""

    step: Step
    body: Body
    month: int
    document: str
    follows: Step | None
    back: Step | None = None
    status: Status | None = None
    may_be_skipped: bool = True
    is_yearly: bool = False
    source: str = "paragraph 5"


ROWS = (
    Row(Step.OUTLINE, Body.FINANCE_COMMITTEE, 10, "outline of the plan and its means", Step.FIRST_DRAFT, status=Status.DRAFT),
    Row(Step.FIRST_DRAFT, Body.POLICY_COMMISSION, 12, "first full draft", Step.OFF_SITE, Step.OUTLINE),
    Row(Step.OFF_SITE, Body.SENIOR_MANAGEMENT, 1, "draft with the feedback worked in", Step.AUDIT_REVIEW, Step.FIRST_DRAFT),
    Row(Step.AUDIT_REVIEW, Body.AUDIT_COMMITTEE, 2, "draft and its indicators", Step.COSTING, Step.OFF_SITE, source="paragraphs 5 and 10"),
    Row(Step.COSTING, Body.FINANCE_COMMITTEE, 4, "draft and its costs", Step.RECOMMENDATION, Step.OFF_SITE, source="paragraphs 5 and 11"),
    Row(Step.RECOMMENDATION, Body.POLICY_COMMISSION, 6, "final draft", Step.ADOPTION, Step.OFF_SITE),
    Row(
        Step.ADOPTION,
        Body.COUNCIL,
        6,
        "plan for adoption",
        Step.OPERATIONAL_PLAN,
        Step.OFF_SITE,
        status=Status.ADOPTED,
        may_be_skipped=False,
    ),
    Row(
        Step.OPERATIONAL_PLAN,
        Body.SECRETARIAT,
        7,
        "operational plan of the year",
        Step.MID_YEAR_REPORT,
        is_yearly=True,
        source="paragraph 9",
    ),
    Row(
        Step.MID_YEAR_REPORT,
        Body.POLICY_COMMISSION,
        12,
        "report on half the year",
        Step.INDICATOR_APPROVAL,
        is_yearly=True,
        source="paragraph 10",
    ),
    Row(
        Step.INDICATOR_APPROVAL,
        Body.AUDIT_COMMITTEE,
        2,
        "indicators of the year",
        Step.SCAN_UPDATE,
        is_yearly=True,
        source="paragraph 10",
    ),
    Row(Step.SCAN_UPDATE, Body.SECRETARIAT, 3, "environmental scan of the year", Step.COST_REVIEW, is_yearly=True, source="paragraph 7"),
    Row(Step.COST_REVIEW, Body.FINANCE_COMMITTEE, 4, "costs of the year", Step.YEARLY_REPORT, is_yearly=True, source="paragraph 11"),
    Row(Step.YEARLY_REPORT, Body.POLICY_COMMISSION, 6, "report on the year", Step.COUNCIL_REPORT, is_yearly=True, source="paragraph 10"),
    Row(Step.COUNCIL_REPORT, Body.COUNCIL, 6, "report on the year", Step.NEXT_PERIOD, is_yearly=True, source="paragraph 10"),
    Row(Step.NEXT_PERIOD, Body.SECRETARIAT, 7, "handing over to the next plan", None, status=Status.SUPERSEDED),
)
"""The steps in their order; after the Council's report the next financial year's operational plan is due, until the period ends."""

TABLE = {row.step: row for row in ROWS}


@dataclass(frozen=True, slots=True)
class Due:
    """A step that is awaited, and for a yearly one its financial year."""

    step: Step
    year: int | None = None

    @property
    def row(self) -> Row:
        """What the table says of the step."""
        return TABLE[self.step]


def first_due() -> Due:
    """What every plan begins with."""
    return Due(ROWS[0].step)


def next_due(plan: StrategicPlan, due: Due, *, act: Act) -> Due | None:
    """What is due after the act: nothing once the period has been handed over."""
    row = due.row
    if act is Act.SEND_BACK:
        assert row.back, "what cannot be sent back is refused before"
        return Due(row.back)
    if row.step is Step.COUNCIL_REPORT and due.year is not None and due.year < plan.years()[-1]:
        return Due(Step.OPERATIONAL_PLAN, due.year + 1)
    if row.follows is None:
        return None
    year = plan.years()[0] if row.step is Step.ADOPTION else due.year
    return Due(row.follows, year if TABLE[row.follows].is_yearly else None)


def due_on(plan: StrategicPlan, due: Due) -> date:
    """The last day of the month in which the step is due: in the financial year before the period, in its own year, or after the period."""
    month = _month(plan, due.row)
    before, after = plan.years()[0] - 1, plan.years()[-1] + 1
    year = after if due.step is Step.NEXT_PERIOD else due.year or before
    return last_of_month(plan.operation.year_begins, year, month=month)


def months_of(plan: StrategicPlan, body: Body) -> frozenset[int]:
    """The months in which a body deals with the plan."""
    return frozenset(_month(plan, row) for row in ROWS if row.body is body)


def _month(plan: StrategicPlan, row: Row) -> int:
    return plan.operation.due_months.get(row.step.value, row.month)


def calendar(plan: StrategicPlan) -> tuple[tuple[Due, date], ...]:
    """Every step of a plan with its day, if each is concluded in turn."""
    found: list[tuple[Due, date]] = []
    due: Due | None = first_due()
    while due:
        found.append((due, due_on(plan, due)))
        due = next_due(plan, due, act=Act.CONCLUDE)
    return tuple(found)
