"""Condition line: one condition of a TARIC measure, and the conditions of a measure in the compact form of the plain set.

Under the codes E and I a quantity of the goods must not be more than the amount; every other comparison is with a price or a ratio,
which the compact form has no word for: then the duty is told as unreadable, and is never guessed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from customhouse.tariff.loading.component import plain_number
from customhouse.tariff.unit import unit_in_base

_AT_MOST = ("E", "I")
_SKIP = "07"
_APPLY = ("01", "27")


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionLine:
    """One line: its code, the document or the amount that satisfies it, the action, and the duty that the action applies."""

    code: str
    document: str = ""
    action: str = ""
    amount: str = ""
    currency: str = ""
    unit: str = ""
    duty: str = ""


@dataclass(frozen=True, slots=True)
class Conditions:
    """The compact form, and what of the source it cannot say."""

    text: str = ""
    gap: str = ""


def compact(lines: Sequence[ConditionLine]) -> Conditions:
    """The conditions of one measure in the order of the lines; where one cannot be said, the gap alone."""
    said = []
    for place, line in enumerate(lines):
        is_last = all(other.code != line.code for other in lines[place + 1 :])
        test, action = _test(line, is_last=is_last), _action(line)
        if not test or not action:
            why = "compares what no quantity stands for" if action else f"has the action {line.action or 'of no code'}"
            return Conditions(gap=f"condition {line.code} {why}")
        rate = f" {line.duty}" if line.duty and action == "apply" else ""
        said.append(f"{line.code}:{test}={action}{rate}")
    return Conditions(";".join(said))


def _test(line: ConditionLine, *, is_last: bool) -> str:
    if line.document:
        return line.document
    if line.amount:
        return _comparison(line)
    return "-" if is_last else ""


def _comparison(line: ConditionLine) -> str:
    if line.code not in _AT_MOST or line.currency or not line.unit:
        return ""
    name, held = unit_in_base(line.unit)
    try:
        return f"{name}<={plain_number(str(Decimal(line.amount) * held))}"
    except InvalidOperation:
        return ""


def _action(line: ConditionLine) -> str:
    """What the TARIC action code does with the measure: 01 and 27 apply it, 07 leaves it out, 24 to 29 allow, 04 to 10 refuse."""
    if line.action in _APPLY:
        return "apply"
    if line.action == _SKIP:
        return "skip"
    number = int(line.action) if line.action.isascii() and line.action.isdigit() else 0
    return "apply" if 24 <= number <= 29 else "refuse" if 4 <= number <= 10 else ""  # noqa: PLR2004 - TARIC action codes
