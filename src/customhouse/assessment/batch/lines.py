"""Lines: the planned lines of every law met so far, as columns of numbers that a whole table of items can be looked up in."""

import numpy as np

from customhouse.assessment.batch.columns import Whole
from customhouse.assessment.batch.plan import PlannedLine, Terms
from customhouse.kernel import RoundingMode

MODES = tuple(RoundingMode)
NO_LINE = -1
_PARTS = 3


class PlannedLines:
    """Planned lines by number, and the plans as rows of such numbers; both only grow."""

    def __init__(self, quantities: tuple[str, ...]) -> None:
        """Begin with no line; `quantities` are the columns that tables have, the first being the base of the tax."""
        self.quantities = {name: place for place, name in enumerate(quantities)}
        self.lines: list[PlannedLine] = []
        self._numbers: dict[PlannedLine, int] = {}
        self._plans: list[tuple[int, ...]] = []
        self._laid_out = LineColumns([], self.quantities)
        self._by_plan = np.zeros((0, 0), dtype=np.int64)

    def add(self, planned: tuple[PlannedLine, ...] | None) -> int:
        """The number of the plan; `NO_LINE` where there is none, or it needs a quantity that tables do not have."""
        if planned is None or any(name not in self.quantities for line in planned for name in _needed(line)):
            return NO_LINE
        self._plans.append(tuple(self._number(line) for line in planned))
        return len(self._plans) - 1

    def _number(self, line: PlannedLine) -> int:
        if line not in self._numbers:
            self._numbers[line] = len(self.lines)
            self.lines.append(line)
        return self._numbers[line]

    def plans(self) -> Whole:
        """The line numbers of each plan, one plan a row, filled up with `NO_LINE`."""
        if len(self._by_plan) != len(self._plans):
            width = max((len(each) for each in self._plans), default=0)
            filled = [each + (NO_LINE,) * (width - len(each)) for each in self._plans]
            self._by_plan = np.array(filled, dtype=np.int64).reshape(len(self._plans), width)
        return self._by_plan

    def columns(self) -> "LineColumns":
        """The lines as columns."""
        if len(self._laid_out.divisor) != len(self.lines):
            self._laid_out = LineColumns(self.lines, self.quantities)
        return self._laid_out


class LineColumns:
    """The numbers of planned lines, by line: those of a plain share of the base at hand, those of further terms in tables of terms."""

    def __init__(self, lines: list[PlannedLine], quantities: dict[str, int]) -> None:
        """Lay the lines out."""
        self.divisor = np.array([each.divisor for each in lines], dtype=np.int64)
        self.step = np.array([each.step for each in lines], dtype=np.int64)
        self.mode = np.array([MODES.index(each.mode) for each in lines], dtype=np.int64)
        self.takes_value = np.array([each.takes_value for each in lines], dtype=np.int64)
        self.is_payable = np.array([each.is_payable for each in lines], dtype=np.int64)
        self.share = np.array([sum(size for name, size in each.base if name == "value") for each in lines], dtype=np.int64)
        self.is_plain = np.array([_is_plain(each) for each in lines], dtype=bool)
        self.counts = _counts(lines)
        self.texts = {name: _coded([str(getattr(each, name)) for each in lines]) for name in ("tax", "rate", "status", "measure")}
        parts = [(each.base, each.floor, each.cap) for each in lines]
        self.has_part = np.array([[part is not None for part in three] for three in parts], dtype=bool).reshape(len(lines), _PARTS)
        width = max((len(part) for three in parts for part in three if part), default=1)
        shape = (len(lines), _PARTS, width)
        self.term_quantity = np.full(shape, NO_LINE, dtype=np.int64)
        self.term_size = np.zeros(shape, dtype=np.int64)
        for line, three in enumerate(parts):
            for part, terms in enumerate(three):
                for place, (name, size) in enumerate(terms or ()):
                    self.term_quantity[line, part, place] = quantities[name]
                    self.term_size[line, part, place] = size


def _needed(line: PlannedLine) -> set[str]:
    parts: tuple[Terms | None, ...] = (line.base, line.floor, line.cap)
    return {name for part in parts for name, _ in part or ()}


def _is_plain(line: PlannedLine) -> bool:
    return line.floor is None and line.cap is None and all(name == "value" for name, _ in line.base)


def _counts(lines: list[PlannedLine]) -> Whole:
    """For each line, which earlier lines of its plan stand in its base."""
    width = max((place + 1 for each in lines for place in each.counted), default=0)
    counts = np.zeros((len(lines), width), dtype=np.int64)
    for line, each in enumerate(lines):
        counts[line, list(each.counted)] = 1
    return counts


def _coded(texts: list[str]) -> tuple[Whole, list[str]]:
    """For each line the number of its text, and the different texts."""
    numbers = {text: number for number, text in enumerate(dict.fromkeys(texts))}
    return np.array([numbers[text] for text in texts], dtype=np.int64), list(numbers)
