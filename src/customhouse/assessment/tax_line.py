"""Tax line: one tax on one item, with everything needed to explain it and to compute it again."""

from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.assessment.regime import TaxStatus
from customhouse.kernel import Finding


class QuantityUsed(msgspec.Struct, frozen=True):
    """A quantity that the rate was applied to."""

    name: str
    value: Decimal


class TaxLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """What one tax comes to: `amount` as computed or forgone, `payable` of it, `secured` what a guarantee must cover.

    An undetermined line has no amounts, and says in `reason` what is missing; `is_for_customs` that the declarant cannot mend it.
    """

    tax: str
    base: Decimal | None
    rate: str
    amount: Decimal | None
    payable: Decimal | None
    status: TaxStatus
    measure: str
    legal_basis: str
    explanation: str
    reason: str = ""
    is_for_customs: bool = False
    relief: str = ""
    secured: Decimal = Decimal("0.00")
    unrounded: Decimal | None = None
    rounding: str = ""
    payer: str = ""
    preference: str = ""
    quantities: tuple[QuantityUsed, ...] = ()
    measure_type: str = ""
    quota: str = ""

    @property
    def secured_to_release(self) -> Decimal:
        """What must be secured before the goods go; what a procedure suspends is covered by the guarantee of the procedure."""
        if self.status is not TaxStatus.SUSPENDED or not self.relief or self.amount is None or self.payable is None:
            return self.secured
        return self.secured - (self.amount - self.payable)


class QuotaStanding(StrEnum):
    """Under which duty a claim of a quota falls: within it for good, within it until the answer, the same but secured, or outside it."""

    ALLOTTED = "allotted"
    OPEN = "open"
    SECURED = "secured"
    OUTSIDE = "outside"


class QuotaClaim(msgspec.Struct, frozen=True, kw_only=True):
    """The claim of an item on a tariff quota, and how much is asked of its account, if anything is."""

    order_number: str
    standing: QuotaStanding
    account: str = ""
    unit: str = ""
    asked: Decimal | None = None


class ItemAssessment(msgspec.Struct, frozen=True, kw_only=True):
    """The customs value of an item, how it was built, its tax lines in the order of the cascade, and its claim on a quota."""

    sequence: int
    customs_value: Decimal | None
    lines: tuple[TaxLine, ...]
    valuation: str = ""
    quota: QuotaClaim | None = None


class TaxTotal(msgspec.Struct, frozen=True, kw_only=True):
    """What one tax comes to over all items; lines that are undetermined are counted, not added."""

    amount: Decimal = Decimal("0.00")
    payable: Decimal = Decimal("0.00")
    secured: Decimal = Decimal("0.00")
    undetermined_lines: int = 0

    def plus(self, line: TaxLine) -> "TaxTotal":
        """The total with one more line."""
        if line.amount is None or line.payable is None:
            return msgspec.structs.replace(self, undetermined_lines=self.undetermined_lines + 1)
        return TaxTotal(
            amount=self.amount + line.amount,
            payable=self.payable + line.payable,
            secured=self.secured + line.secured,
            undetermined_lines=self.undetermined_lines,
        )


class Totals(msgspec.Struct, frozen=True, kw_only=True):
    """The sums over the declaration, as a whole and by tax."""

    customs_value: Decimal | None
    amount: Decimal
    payable: Decimal
    secured: Decimal
    undetermined_lines: int
    by_tax: dict[str, TaxTotal]


class Assessment(msgspec.Struct, frozen=True, kw_only=True):
    """What a declaration owes, item by item and in all, with what was found wrong on the way."""

    currency: str
    items: tuple[ItemAssessment, ...]
    totals: Totals
    findings: tuple[Finding, ...] = ()

    @property
    def secured_to_release(self) -> Decimal:
        """What must be secured before the goods go: provisional duties, and what a quota that has not answered may yet cost."""
        return sum((line.secured_to_release for item in self.items for line in item.lines), Decimal("0.00"))


def totals(items: tuple[ItemAssessment, ...]) -> Totals:
    """The sums of the items; the customs value is unknown where any item's is."""
    by_tax: dict[str, TaxTotal] = {}
    for item in items:
        for line in item.lines:
            by_tax[line.tax] = by_tax.get(line.tax, TaxTotal()).plus(line)
    values = [item.customs_value for item in items if item.customs_value is not None]
    return Totals(
        customs_value=sum(values, Decimal("0.00")) if len(values) == len(items) else None,
        amount=sum((each.amount for each in by_tax.values()), Decimal("0.00")),
        payable=sum((each.payable for each in by_tax.values()), Decimal("0.00")),
        secured=sum((each.secured for each in by_tax.values()), Decimal("0.00")),
        undetermined_lines=sum(each.undetermined_lines for each in by_tax.values()),
        by_tax=by_tax,
    )
