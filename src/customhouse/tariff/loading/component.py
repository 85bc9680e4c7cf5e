"""Component: one part of a duty as TARIC records hold it, and the whole duty as the text that the plain set carries.

The duty expressions are those of the TARIC data model: 01 an amount, 04, 19 and 20 one more, 02 and 36 one less, 15 a floor, 17 and
35 a cap, 12 to 29 the components that other tables hold, 37 nothing to pay, 99 a supplementary unit, which is no duty.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_AMOUNTS = {"01": "", "04": "+", "19": "+", "20": "+", "02": "-", "36": "-", "15": "MIN", "17": "MAX", "35": "MAX"}
_ELSEWHERE = {"12": "+ EA", "14": "+ EAR", "21": "+ ADSZ", "25": "+ ADSZR", "27": "+ ADFM", "29": "+ ADFMR", "37": "NIHIL"}
SUPPLEMENTARY_UNIT = "99"


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """An amount under a duty expression: a percentage, or so much money for each unit."""

    expression: str
    amount: str = ""
    currency: str = ""
    unit: str = ""
    qualifier: str = ""

    @property
    def counted_in(self) -> str:
        """The unit with its qualifier, in one code."""
        return f"{self.unit}{self.qualifier}"


def duty_text(components: Iterable[Component]) -> str:
    """The duty that the components make, in the order of their expressions; nothing where there is none.

    A part that is in no known form stands in the text as it is, so that the rate is told as unreadable and not taken for another.
    """
    parts = [_part(each) for each in sorted(components, key=lambda each: each.expression) if each.expression != SUPPLEMENTARY_UNIT]
    return " ".join(part for part in parts if part).removeprefix("+ ")


def plain_number(text: str) -> str:
    """A number without zeros at its end; the text itself where it is none."""
    try:
        number = Decimal(text)
    except InvalidOperation:
        return text
    return f"{number.normalize():f}" if number.is_finite() else text


def _part(each: Component) -> str:
    if each.expression in _ELSEWHERE:
        return _ELSEWHERE[each.expression]
    if each.expression not in _AMOUNTS or not each.amount:
        return f"[duty expression {each.expression} {each.amount}]".replace(" ]", "]")
    sign = f"{_AMOUNTS[each.expression]} "
    unit = f" / {each.counted_in}" if each.unit else ""
    return f"{sign}{plain_number(each.amount)} {each.currency or '%'}{unit}".strip()
