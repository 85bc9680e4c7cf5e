"""Office papers: the items of the scan, the lines of the budget, what audits cover and found, as the forms of a register write them."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.kernel import Clock, calendar
from customhouse.saying import Saying, saying
from customhouse.strategy import operation, scan, secretariat
from customhouse_server.tariff.country import current_country

_SCALE = range(1, 6)


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

    def faults(self, *, on: dt.date) -> Iterator[tuple[str, Saying]]:
        """What makes no sense, by field: a rating off the scale, and evidence of a day to come."""
        yield from rated(probability=self.probability, impact=self.impact)
        for place, each in enumerate(self.evidence):
            yield from calendar.to_come(on=on, **{f"evidence.{place}.on": each.on})


class YearLine(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A line of the budget proposed for a financial year."""

    year: str
    directorate: str
    source: secretariat.Source
    purpose: str
    amount: Decimal
    currency: str
    activities: tuple[str, ...] = ()

    def line(self) -> secretariat.BudgetLine:
        """The line as the proposal of its year has it."""
        told = msgspec.structs.asdict(self)
        del told["year"]
        return secretariat.BudgetLine(**told)

    def faults(self, *, on: dt.date) -> Iterator[tuple[str, Saying]]:
        """What makes no sense, by field: a year, a currency or an amount that is none."""
        yield from _year_faults(self.year)
        if not current_country().lists.allows("currencies", self.currency, on=on):
            yield "currency", saying("{code} is no currency of ISO 4217, as EUR", code=self.currency)
        if not operation.cost.is_amount(self.amount):
            yield "amount", saying("an amount is a number from nothing up, with 15 digits before the point and 6 after it at most")


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

    def faults(self, *, on: dt.date) -> Iterator[tuple[str, Saying]]:
        """What makes no sense, by field: a year that is none, and a decision of a day to come, which would lock the year before it."""
        yield from _year_faults(self.year)
        yield from calendar.to_come(on=on, decided_on=self.decided_on)


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
            clock=self.clock,
            closed_on=self.closed_on,
        )
        return secretariat.follow_up(finding, on=on).value

    def due(self, *, on: dt.date) -> dt.date | None:
        """The last day on which what was agreed is done in time; nothing once it is closed."""
        is_closed = self.closed_on is not None and self.closed_on <= on
        return self.clock.due_on if self.clock and not is_closed else None

    @property
    def clock(self) -> Clock | None:
        """How long there is for what was agreed; nothing where nothing was, or where it has days that no clock runs."""
        if self.agreed_on is None or self.days is None or self.agreed_on.year not in calendar.YEARS or not _are_days(self.days):
            return None
        return Clock(owner=self.owner, started_on=self.agreed_on, days=self.days)

    def faults(self, *, on: dt.date) -> Iterator[tuple[str, Saying]]:
        """What makes no sense, by field: days that no clock runs, half of what makes a clock, and a day before that on which it rests."""
        seen = {f"follow_ups.{place}.on": each.on for place, each in enumerate(self.follow_ups)}
        yield from calendar.to_come(on=on, agreed_on=self.agreed_on, closed_on=self.closed_on, **seen)
        if self.days is not None and not _are_days(self.days):
            yield "days", saying("write a whole number from {least} to {most}", least=0, most=Clock.longest)
        if self.agreed_on is not None and self.days is None:
            yield "days", saying("say within how many days what was agreed is done")
        if self.days is not None and self.agreed_on is None:
            yield "agreed_on", saying("say from which day the days are counted")
        if self.agreed_on is not None and not self.response:
            yield "response", saying("what was agreed is the answer of management: say it")
        yield from self._early(seen | {"closed_on": self.closed_on})
        if self.closed_on is not None and seen and self.closed_on < min(seen.values()):
            yield "closed_on", saying("{day} is before anybody followed it up", day=self.closed_on)

    def _early(self, days: Mapping[str, dt.date | None]) -> Iterator[tuple[str, Saying]]:
        """Of the days, by the names of their fields, those before anything was agreed."""
        for name, day in days.items():
            if day is not None and self.agreed_on is not None and day < self.agreed_on:
                yield name, saying("{day} is before it was agreed on {agreed}", day=day, agreed=self.agreed_on)


def rated(**ratings: int | None) -> Iterator[tuple[str, Saying]]:
    """Of the ratings, by the names of their fields, those off the scale."""
    off = (name for name, each in ratings.items() if each is not None and each not in _SCALE)
    return ((name, saying("write a whole number from {least} to {most}", least=_SCALE[0], most=_SCALE[-1])) for name in off)


def _year_faults(year: str) -> Iterator[tuple[str, Saying]]:
    """A financial year is a calendar year, or named after the two in which it begins and ends."""
    found = re.fullmatch(r"(\d{4})(?:/(\d{4}))?", year)
    if not found or int(found[1]) not in calendar.YEARS or (found[2] and int(found[2]) != int(found[1]) + 1):
        yield "year", saying("{year} is no financial year, as 2027 or 2027/2028", year=year)


def _are_days(days: int) -> bool:
    return 0 <= days <= Clock.longest
