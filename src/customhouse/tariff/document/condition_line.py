"""Condition line: one line of a published condition, with its action code (TARIC), as a condition of the tariff."""

from decimal import Decimal

from customhouse.tariff.condition import OTHERWISE, Action, Comparison, Condition
from customhouse.tariff.document.component import rate_of
from customhouse.tariff.document.published import ConditionLine
from customhouse.tariff.rate import Rate
from customhouse.tariff.unit import unit_in_base

_APPLIES_ITS_COMPONENTS, _SKIPS = "01", "07"
_REFUSES = {"04", "05", "06", "08", "09", "10"}
_ALLOWS = {"24", "25", "26", "27", "28", "29"}
_AT_LEAST = {"F", "L", "M", "R", "U", "V"}  # every other code that compares asks for no more than the amount
_RATIO, _PRICES = {"R"}, {"U"}
_SIGNS = {"=<": "<=", "<=": "<=", "=>": ">=", ">=": ">=", "<": "<", ">": ">"}


def condition_of(line: ConditionLine) -> Condition:
    """The condition; an action that we do not know leaves a rate that cannot be computed, so that it is not taken for zero."""
    action, rate = _action(line)
    comparison = None if line.document_code else _comparison(line)
    test = line.document_code or (str(comparison) if comparison else OTHERWISE)
    return Condition(line.condition_code, test, action, rate, comparison)


def _action(line: ConditionLine) -> tuple[Action, Rate | None]:
    code = line.action_code or _told(line.action or "")
    if code == _APPLIES_ITS_COMPONENTS:
        components = line.measure_condition_components
        return Action.APPLY, rate_of(components) if components else None
    if code in _REFUSES:
        return Action.REFUSE, None
    if code == _SKIPS:
        return Action.SKIP, None
    if code in _ALLOWS:
        return Action.APPLY, None
    words = line.action or f"action {code}"
    return Action.APPLY, Rate(words, unreadable="the action of its condition is not one that can be computed")


def _told(words: str) -> str:
    """The code of an action that is told in words alone."""
    lower = words.lower()
    if lower.startswith("apply the amount"):
        return _APPLIES_ITS_COMPONENTS
    if lower.startswith("measure not applicable"):
        return _SKIPS
    if "not allowed" in lower or lower.startswith("declaration to be corrected"):
        return min(_REFUSES)
    return min(_ALLOWS) if "allowed" in lower or lower == "apply the mentioned duty" else ""


def _comparison(line: ConditionLine) -> Comparison | None:
    if line.condition_duty_amount is None:
        return None
    usual = ">=" if line.condition_code in _AT_LEAST else "<="
    sign = _SIGNS.get(line.requirement_operator or "", usual)
    unit = (line.condition_measurement_unit_code or "") + (line.condition_measurement_unit_qualifier_code or "")
    name, held = unit_in_base(unit) if unit else ("", Decimal(1))
    number, currency = line.condition_duty_amount, line.condition_monetary_unit_code or ""
    if currency or line.condition_code in _PRICES:
        return Comparison("value", sign, number, name or "supplementary", held, currency)
    if line.condition_code in _RATIO:
        return Comparison(name or "KGM", sign, number * held, "supplementary")
    return Comparison(name or "supplementary", sign, number * held)
