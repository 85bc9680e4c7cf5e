"""Office papers: the items of the scan, the lines of the budget, what audits cover and found, as the forms of a register write them."""

import datetime as dt
from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.kernel import Clock
from customhouse.strategy import scan, secretariat


class ScanItem(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An item of the environmental scan under its code, with all evidence for it."""

    code: str
    category: scan.Category
    statement: str
    geography: str = "world"
    evidence: tuple[scan.Evidence, ...] = ()
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
    def decoded(cls, text: str) -> "ScanItem":
        """An item as it is kept; older ones say their one piece of evidence in three fields of their own."""
        told = msgspec.json.decode(text)
        if "evidence_source" in told:
            told["evidence"] = [{part: told.pop(f"evidence_{part}") for part in ("source", "quality", "on")}]
        return msgspec.convert(told, cls)

    @classmethod
    def of(cls, item: scan.Item) -> "ScanItem":
        """An item of an edition."""
        told = msgspec.structs.asdict(item)
        return cls(code=told.pop("number"), **told)

    def item(self) -> scan.Item:
        """The item as the scan knows it."""
        told = msgspec.structs.asdict(self)
        return scan.Item(number=told.pop("code"), **told)

    def stands(self, *, on: dt.date) -> str:  # noqa: ARG002 - as every document of a register is asked
        """The weight of the item; nothing where it is not rated."""
        return str(self.item().score or "")

    def due(self, *, on: dt.date) -> dt.date | None:  # noqa: ARG002 - as above
        """The day on which it is to be looked at again."""
        return self.review_on


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

    def line(self) -> secretariat.BudgetLine:
        """The line as the proposal of its year has it."""
        told = msgspec.structs.asdict(self)
        del told["year"]
        return secretariat.BudgetLine(**told)


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


class FollowedUp(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What somebody saw on a day of what management had agreed to do."""

    on: dt.date
    by: str
    seen: str


class Finding(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an audit found, what management answers, by when what was agreed is done, and what was seen of it until it was closed.

    `audit` is the code of the audit.
    """

    audit: str
    statement: str
    recommendation: str
    response: str = ""
    owner: str = ""
    agreed_on: dt.date | None = None
    days: int | None = None
    follow_ups: tuple[FollowedUp, ...] = ()
    closed_on: dt.date | None = None

    def stands(self, *, on: dt.date) -> str:
        """In a word, where it stands."""
        finding = secretariat.AuditFinding(
            audit=self.audit,
            statement=self.statement,
            recommendation=self.recommendation,
            response=self.response,
            clock=self._clock,
            closed_on=self.closed_on,
        )
        return secretariat.follow_up(finding, on=on).value

    def due(self, *, on: dt.date) -> dt.date | None:
        """The last day on which what was agreed is done in time; nothing once it is closed."""
        is_closed = self.closed_on is not None and self.closed_on <= on
        return self._clock.due_on if self._clock and not is_closed else None

    @property
    def _clock(self) -> Clock | None:
        if self.agreed_on is None or self.days is None:
            return None
        return Clock(owner=self.owner, started_on=self.agreed_on, days=self.days)
