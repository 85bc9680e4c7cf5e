"""Office papers: the items of the scan, the lines of the budget, what audits cover and found, as the forms of a register write them."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.kernel import Clock
from customhouse.strategy import scan, secretariat


class ScanItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item of the environmental scan with one piece of evidence."""

    code: str
    category: scan.Category
    statement: str
    geography: str = "world"
    evidence_source: str
    evidence_quality: scan.Quality
    evidence_on: dt.date | None = None
    trend: scan.Trend = scan.Trend.UNCLEAR
    probability: int | None = None
    impact: int | None = None
    horizon: scan.Horizon | None = None
    implication: str = ""
    activities: tuple[str, ...] = ()
    owner: str = ""
    review_on: dt.date | None = None

    def __post_init__(self) -> None:
        """Refuse with `ValueError` what no item may be."""
        self.item()

    @classmethod
    def of(cls, item: scan.Item) -> "ScanItem":
        """An item of an edition, with its first piece of evidence."""
        told = msgspec.structs.asdict(item)
        evidence = told.pop("evidence")[0]
        about = {"evidence_source": evidence.source, "evidence_quality": evidence.quality, "evidence_on": evidence.on}
        return cls(code=told.pop("number"), **about, **told)

    def item(self) -> scan.Item:
        """The item as the scan knows it."""
        told = msgspec.structs.asdict(self)
        evidence = scan.Evidence(source=told.pop("evidence_source"), quality=told.pop("evidence_quality"), on=told.pop("evidence_on"))
        return scan.Item(number=told.pop("code"), evidence=(evidence,), **told)

    def stands(self, *, on: dt.date) -> str:  # noqa: ARG002 - as every document of a register is asked
        """The weight of the item; nothing where it is not rated."""
        return str(self.item().score or "")


class YearLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of the budget proposed for a financial year."""

    year: str
    directorate: str
    source: secretariat.Source
    purpose: str
    amount: Decimal
    currency: str
    activities: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse with `ValueError` an amount that is none."""
        if not self.amount.is_finite() or self.amount < 0:
            raise ValueError("an amount is a number from nothing up")


class Decision(StrEnum):
    """What a committee decides on a budget."""

    ACCEPTED = "accepted"
    RETURNED = "returned"


class BudgetDecision(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a committee decided on the budget of a year: once accepted, its lines stand."""

    year: str
    committee: str
    decided_on: dt.date
    decision: Decision
    remarks: str = ""


class Finding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an audit found, what management answers, and by when what was agreed is done."""

    audit: str
    statement: str
    recommendation: str
    response: str = ""
    owner: str = ""
    agreed_on: dt.date | None = None
    days: int | None = None
    closed_on: dt.date | None = None

    def stands(self, *, on: dt.date) -> str:
        """In a word, where it stands."""
        clock = None
        if self.agreed_on is not None and self.days is not None:
            clock = Clock(owner=self.owner, started_on=self.agreed_on, days=self.days)
        finding = secretariat.AuditFinding(
            audit=self.audit,
            statement=self.statement,
            recommendation=self.recommendation,
            response=self.response,
            clock=clock,
            closed_on=self.closed_on,
        )
        return secretariat.follow_up(finding, on=on).value
