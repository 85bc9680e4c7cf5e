"""Lines: the planned lines of every law met so far, as columns of numbers that a whole table of items can be looked up in."""

from dataclasses import dataclass, fields
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from customhouse.assessment.batch.columns import Truths, Whole
from customhouse.assessment.batch.plan import PlannedLine, Terms
from customhouse.kernel import RoundingMode

MODES = tuple(RoundingMode)
NO_LINE = -1
_PARTS = 3
Kind = TypeVar("Kind", np.int64, np.bool_)


class PlannedLines:
    """Planned lines by number, and the plans as rows of such numbers; both only grow."""

    def __init__(self, quantities: tuple[str, ...]) -> None:
        """Begin with no line; `quantities` are the columns that tables have, the first being the base of the tax."""
        self.quantities = {name: place for place, name in enumerate(quantities)}
        self.lines: list[PlannedLine] = []
        self._numbers: dict[PlannedLine, int] = {}
        self._plans: list[tuple[int, ...]] = []
        self._laid_out = LineColumns.of([], self.quantities)
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
        coming = self._plans[len(self._by_plan) :]
        if coming:
            width = max(len(each) for each in coming)
            filled = [each + (NO_LINE,) * (width - len(each)) for each in coming]
            self._by_plan = _below(self._by_plan, np.array(filled, dtype=np.int64).reshape(len(coming), width), fill=NO_LINE)
        return self._by_plan

    def columns(self) -> "LineColumns":
        """The lines as columns."""
        coming = self.lines[len(self._laid_out.divisor) :]
        if coming:
            self._laid_out = self._laid_out.continued_by(LineColumns.of(coming, self.quantities))
        return self._laid_out


@dataclass(frozen=True, slots=True)
class Texts:
    """For each line the number of its text, and the different texts."""

    numbers: Whole
    texts: tuple[str, ...]

    @classmethod
    def of(cls, texts: list[str]) -> "Texts":
        """Number the texts."""
        number = {text: number for number, text in enumerate(dict.fromkeys(texts))}
        return cls(np.array([number[text] for text in texts], dtype=np.int64), tuple(number))

    def continued_by(self, coming: "Texts") -> "Texts":
        """These and then those, the texts that both have keeping the number that they have here."""
        number = {text: number for number, text in enumerate(dict.fromkeys((*self.texts, *coming.texts)))}
        as_here = np.array([number[text] for text in coming.texts], dtype=np.int64)
        return Texts(np.concatenate([self.numbers, as_here[coming.numbers]]), tuple(number))


@dataclass(frozen=True, slots=True)
class LineColumns:
    """The numbers of planned lines, by line: those of a plain share of the base at hand, those of further terms in tables of terms.

    `counts` tells which earlier lines of the plan stand in the base; `term_quantity` and `term_size` are by line, part (base, floor,
    cap) and term.
    """

    divisor: Whole
    step: Whole
    mode: Whole
    takes_value: Whole
    is_payable: Whole
    share: Whole
    is_plain: Truths
    counts: Whole
    has_part: Truths
    term_quantity: Whole
    term_size: Whole
    texts: dict[str, Texts]

    @classmethod
    def of(cls, lines: list[PlannedLine], quantities: dict[str, int]) -> "LineColumns":
        """Lay the lines out."""
        parts = [(each.base, each.floor, each.cap) for each in lines]
        width = max((len(part) for three in parts for part in three if part), default=1)
        term_quantity = np.full((len(lines), _PARTS, width), NO_LINE, dtype=np.int64)
        term_size = np.zeros((len(lines), _PARTS, width), dtype=np.int64)
        for line, three in enumerate(parts):
            for part, terms in enumerate(three):
                for place, (name, size) in enumerate(terms or ()):
                    term_quantity[line, part, place] = quantities[name]
                    term_size[line, part, place] = size
        return cls(
            divisor=np.array([each.divisor for each in lines], dtype=np.int64),
            step=np.array([each.step for each in lines], dtype=np.int64),
            mode=np.array([MODES.index(each.mode) for each in lines], dtype=np.int64),
            takes_value=np.array([each.takes_value for each in lines], dtype=np.int64),
            is_payable=np.array([each.is_payable for each in lines], dtype=np.int64),
            share=np.array([sum(size for name, size in each.base if name == "value") for each in lines], dtype=np.int64),
            is_plain=np.array([_is_plain(each) for each in lines], dtype=bool),
            counts=_counts(lines),
            has_part=np.array([[part is not None for part in three] for three in parts], dtype=bool).reshape(len(lines), _PARTS),
            term_quantity=term_quantity,
            term_size=term_size,
            texts={name: Texts.of([str(getattr(each, name)) for each in lines]) for name in ("tax", "rate", "status", "measure")},
        )

    def continued_by(self, coming: "LineColumns") -> "LineColumns":
        """These lines and then those."""
        return LineColumns(
            texts={name: texts.continued_by(coming.texts[name]) for name, texts in self.texts.items()},
            term_quantity=_below(self.term_quantity, coming.term_quantity, fill=NO_LINE),
            **{name: _below(getattr(self, name), getattr(coming, name)) for name in _FILLED_WITH_ZEROS},
        )


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


def _below(upper: NDArray[Kind], lower: NDArray[Kind], *, fill: int = 0) -> NDArray[Kind]:
    """One table below another, the narrower one filled up."""
    inner: list[int] = np.maximum(upper.shape[1:], lower.shape[1:]).tolist()
    joined = np.full((len(upper) + len(lower), *inner), fill, dtype=upper.dtype)
    joined[(slice(len(upper)), *map(slice, upper.shape[1:]))] = upper
    joined[(slice(len(upper), None), *map(slice, lower.shape[1:]))] = lower
    return joined


_FILLED_WITH_ZEROS = tuple(each.name for each in fields(LineColumns) if each.name not in {"texts", "term_quantity"})
