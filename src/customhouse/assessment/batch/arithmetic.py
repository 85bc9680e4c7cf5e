"""Arithmetic: planned lines over columns of whole numbers, exactly; what would not fit 64 bits is left to the single path."""

from dataclasses import dataclass

import numpy as np

from customhouse.assessment.batch.columns import Truths, Whole
from customhouse.assessment.batch.lines import MODES, NO_LINE, LineColumns
from customhouse.assessment.batch.plan import AMOUNT_PLACES, PLACES
from customhouse.kernel import RoundingMode

_TO_THOUSANDTHS = 10 ** (PLACES - AMOUNT_PLACES)
_MOST = float(2**62)
_BASE, _FLOOR, _CAP = range(3)


@dataclass(frozen=True, slots=True)
class Computed:
    """The lines at one place of the plans: of which items, which line, on what base and to what amount (both in hundredths)."""

    items: Whole
    line: Whole
    base: Whole
    amount: Whole

    def kept(self, which: Truths) -> "Computed":
        """Those of the lines."""
        return Computed(self.items[which], self.line[which], self.base[which], self.amount[which])


class Arithmetic:
    """The amounts of a table: its value and quantities by item, the line numbers of its plans, and which items have to go alone."""

    def __init__(self, columns: LineColumns, numbers: Whole, present: Truths) -> None:
        """Take the numbers, one item a row and one quantity a column, the first being the customs value; and where there are any."""
        self.columns = columns
        self.numbers = numbers
        self.present = present
        self.alone = np.zeros(len(numbers), dtype=bool)

    def computed(self, lines: Whole) -> list[Computed]:
        """The lines of every item, place by place, without the items that are `alone` afterwards."""
        done: list[Computed] = []
        earlier = np.zeros((len(self.numbers), lines.shape[1]), dtype=np.int64)
        for place in range(lines.shape[1]):
            items = np.flatnonzero((lines[:, place] != NO_LINE) & ~self.alone)
            line = lines[items, place]
            base = self._base(items, line, earlier)
            amount = self._amount(items, line, base)
            earlier[items, place] = amount
            done.append(Computed(items, line, base, amount))
        kept = [~self.alone[each.items] for each in done]
        return [
            Computed(each.items[keep], each.line[keep], each.base[keep], each.amount[keep]) for each, keep in zip(done, kept, strict=True)
        ]

    def _base(self, items: Whole, line: Whole, earlier: Whole) -> Whole:
        finer = self.numbers[items, 0] % _TO_THOUSANDTHS != 0
        self._leave_alone(items, (self.columns.takes_value[line] == 1) & (finer | ~self.present[items, 0]))
        base: Whole = self.numbers[items, 0] // _TO_THOUSANDTHS * self.columns.takes_value[line]
        for place in range(self.columns.counts.shape[1]):
            base += earlier[items, place] * self.columns.counts[line, place]
        return base

    def _amount(self, items: Whole, line: Whole, base: Whole) -> Whole:
        thousandths = base * _TO_THOUSANDTHS
        share = self.columns.share[line]
        if float(np.abs(share).max(initial=0)) * float(np.abs(thousandths).max(initial=0)) >= _MOST:
            self._leave_alone(items, np.abs(share.astype(float)) * np.abs(thousandths.astype(float)) >= _MOST)
        exact = share * thousandths
        several = np.flatnonzero(~self.columns.is_plain[line])
        if len(several):
            exact[several] = self._clamped(items[several], line[several], thousandths[several])
        rounded: Whole = _rounded(np.maximum(exact, 0), self.columns.divisor[line], self.columns.mode[line]) * self.columns.step[line]
        return rounded

    def _clamped(self, items: Whole, line: Whole, base: Whole) -> Whole:
        amount = self._sum(items, line, base, _BASE)
        for part, limit in ((_FLOOR, np.maximum), (_CAP, np.minimum)):
            held = self.columns.has_part[line, part]
            if held.any():
                amount = np.where(held, limit(amount, self._sum(items, line, base, part)), amount)
        return amount

    def _sum(self, items: Whole, line: Whole, base: Whole, part: int) -> Whole:
        total = np.zeros(len(items), dtype=np.int64)
        size_of_total = np.zeros(len(items))
        for place in range(self.columns.term_quantity.shape[2]):
            quantity = self.columns.term_quantity[line, part, place]
            used = quantity != NO_LINE
            number = np.where(quantity == 0, base, self.numbers[items, quantity])
            self._leave_alone(items, used & ~self.present[items, quantity])
            size = self.columns.term_size[line, part, place]
            size_of_total += np.where(used, np.abs(number.astype(float)) * np.abs(size.astype(float)), 0)
            total += np.where(used, number * size, 0)
        self._leave_alone(items, size_of_total >= _MOST)
        return total

    def _leave_alone(self, items: Whole, which: Truths) -> None:
        self.alone[items[which]] = True


def _rounded(exact: Whole, divisor: Whole, mode: Whole) -> Whole:
    """The quotients of numbers that are not negative, each rounded by its mode."""
    quotient, rest = np.divmod(exact, divisor)
    for place in np.unique(mode):
        here = mode == place
        match MODES[place]:
            case RoundingMode.UP:
                quotient += here & (rest > 0)
            case RoundingMode.HALF_UP:
                quotient += here & (rest >= divisor - rest)
            case RoundingMode.HALF_EVEN:
                quotient += here & ((rest > divisor - rest) | ((rest == divisor - rest) & (quotient % 2 == 1)))
            case RoundingMode.DOWN:
                pass
    return quotient
