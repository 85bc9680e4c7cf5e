"""Entry fee: a fee held between a minimum and a maximum for the declaration as a whole, and shared over its items (largest remainder)."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from customhouse.assessment.catalogue import finding, item_pointer
from customhouse.assessment.determination import Determination
from customhouse.assessment.regime import EntryBounds, Regime, Tax, TaxStatus, is_in_force
from customhouse.assessment.tax_line import ItemAssessment, TaxLine
from customhouse.kernel import Finding, apportioned

_COLLECTED = (TaxStatus.DUE, TaxStatus.SUSPENDED, TaxStatus.UNDETERMINED)
_NOTHING = Decimal("0.00")
_Place = tuple[int, int]


def within_bounds(
    items: Sequence[ItemAssessment], regime: Regime, *, on: date, determined: Sequence[Determination] = ()
) -> tuple[list[ItemAssessment], list[Finding]]:
    """The items with every fee by the entry brought within its bounds of the day, and a finding for each that cannot be told.

    Where a fee cannot be told, what customs determined itself stands.
    """
    bounded_fees = [each for each in regime.taxes if each.by_entry]
    if not bounded_fees:
        return list(items), []
    by_customs = {(each.item, each.tax): each for each in determined}
    held, found = list(items), []
    for tax in bounded_fees:
        lines = dict(_lines(held, tax))
        for (item, place), bounded in (_bounded(lines, tax, regime, on=on) if lines else {}).items():
            settled = by_customs.get((held[item].sequence, bounded.tax)) if bounded.amount is None else None
            line = _determined(bounded, settled) if settled else bounded
            if line.amount is None and lines[item, place].amount is not None:
                params = {"tax": line.tax, "reason": line.reason}
                found.append(
                    finding("ASM-09" if line.is_for_customs else "ASM-02", f"{item_pointer(item + 1)}/Commodity/DutyTaxFee", **params)
                )
            told = (*held[item].lines[:place], line, *held[item].lines[place + 1 :])
            held[item] = msgspec.structs.replace(held[item], lines=told)
    return held, found


def _lines(items: Sequence[ItemAssessment], tax: Tax) -> Iterator[tuple[_Place, TaxLine]]:
    """The lines of the fee that a rate made and that are not waived; what was stated by declarant or customs is left alone."""
    for number, item in enumerate(items):
        for place, line in enumerate(item.lines):
            if tax.takes(line.tax) and line.status in _COLLECTED and (line.measure or line.amount is None):
                yield (number, place), line


def _bounded(lines: dict[_Place, TaxLine], tax: Tax, regime: Regime, *, on: date) -> dict[_Place, TaxLine]:
    bounds = next((each for each in tax.by_entry if is_in_force(each, on=on)), None)
    if bounds is None:
        reason = "no minimum and maximum are published for the day"
        return {place: _unknown(line, reason, is_for_customs=True) for place, line in lines.items()}
    unknown = next((item for (item, _), line in lines.items() if line.amount is None), None)
    if unknown is not None:
        reason = f"it is bounded for the declaration as a whole, and that of item {unknown + 1} is undetermined"
        return {place: line if line.amount is None else _unknown(line, reason) for place, line in lines.items()}
    amounts = [line.amount or _NOTHING for line in lines.values()]
    sum_of_items = sum(amounts, _NOTHING)
    total = min(max(sum_of_items, bounds.minimum), bounds.maximum)
    if total == sum_of_items:
        return {}
    exact = [max(line.unrounded or _NOTHING, _NOTHING) for line in lines.values()]
    weights = exact if any(exact) else [Decimal(1)] * len(exact)
    shares = apportioned(total, weights, step=(tax.rounding or regime.tax_rounding).step)
    return {place: _shared(line, share, bounds, total) for (place, line), share in zip(lines.items(), shares, strict=True)}


def _shared(line: TaxLine, share: Decimal, bounds: EntryBounds, total: Decimal) -> TaxLine:
    name = "minimum" if total == bounds.minimum else "maximum"
    law = f" ({bounds.legal_basis})" if bounds.legal_basis else ""
    words = f"{line.explanation}; {share:,f} as its share of the {name} of {total:,f} for the declaration{law}"
    payable = share if line.payable == line.amount else _NOTHING
    secured = share - payable if line.status is TaxStatus.SUSPENDED else line.secured
    return msgspec.structs.replace(line, amount=share, payable=payable, secured=secured, explanation=words)


def _determined(line: TaxLine, settled: Determination) -> TaxLine:
    words = f"{line.tax} of {settled.amount:,f} as customs determined: {settled.reason}"
    return msgspec.structs.replace(
        line,
        rate="",
        measure="",
        amount=settled.amount,
        payable=settled.amount,
        status=TaxStatus.DUE,
        unrounded=settled.amount,
        reason="",
        is_for_customs=False,
        explanation=words,
    )


def _unknown(line: TaxLine, reason: str, *, is_for_customs: bool = False) -> TaxLine:
    return msgspec.structs.replace(
        line,
        amount=None,
        payable=None,
        secured=_NOTHING,
        status=TaxStatus.UNDETERMINED,
        unrounded=None,
        reason=reason,
        is_for_customs=is_for_customs,
        explanation=f"{line.tax} is undetermined: {reason}",
    )
