"""Value declaration: what an item states of how its value was built, and whether that agrees with itself (Articles 1 and 8).

The codes are the country's: a method, four indicator digits (relationship, restrictions, conditions, resale proceeds), and coded
additions and deductions; what the country lists no codes for is not looked at.
"""

from customhouse.assessment.catalogue import finding
from customhouse.assessment.regime import Regime
from customhouse.assessment.valuation_rules import ValuationMethod
from customhouse.assessment.value_element import ADDITIONS, ValueElement
from customhouse.declaration import GoodsItem
from customhouse.kernel import Finding

_DIGITS = 4
_RELATED, _RESTRICTED, _CONDITIONAL, _PROCEEDS = range(_DIGITS)


def value_findings(item: GoodsItem, regime: Regime, *, pointer: str) -> list[Finding]:
    """What there is to say about the value declaration of an item."""
    rules = regime.valuation_rules
    code = (item.customs_valuation and item.customs_valuation.method_code) or ""
    method = rules.methods.get(code)
    if rules.methods and code and method is None:
        return [finding("ASM-10", f"{pointer}/CustomsValuation/MethodCode", method=code)]
    found = _indicated(item, regime, method, pointer=pointer) if rules.indicators else []
    if method not in {None, ValuationMethod.TRANSACTION}:
        found += [
            finding("ASM-15", f"{pointer}/{place}", addition=each, element=element.replace("_", " "), method=code)
            for place, each, element in _elements(item, regime)
            if element in ADDITIONS
        ]
    return found


def _indicated(item: GoodsItem, regime: Regime, method: ValuationMethod | None, *, pointer: str) -> list[Finding]:
    found = []
    for place, each in enumerate(item.valuation_adjustments, start=1):
        digits, spot = each.addition_code or "", f"{pointer}/ValuationAdjustment[{place}]/AdditionCode"
        if each.amount is not None or digits in regime.charges:
            continue
        if len(digits) != _DIGITS or set(digits) - {"0", "1"}:
            found.append(finding("ASM-11", spot, indicator=digits or "(none)"))
        elif method is ValuationMethod.TRANSACTION:
            found += _spoken(item, regime, digits, place=spot)
    return found


def _spoken(item: GoodsItem, regime: Regime, digits: str, *, place: str) -> list[Finding]:
    found = []
    if digits[_RELATED] == "1":
        found.append(finding("ASM-12", place))
    if digits[_RESTRICTED] == "1" or digits[_CONDITIONAL] == "1":
        found.append(finding("ASM-13", place, what="a restriction" if digits[_RESTRICTED] == "1" else "a condition"))
    added = {element for _, _, element in _elements(item, regime)}
    if digits[_PROCEEDS] == "1" and ValueElement.RESALE_PROCEEDS not in added:
        found.append(finding("ASM-14", place))
    return found


def _elements(item: GoodsItem, regime: Regime) -> list[tuple[str, str, ValueElement]]:
    """The coded amounts of the item in the words of the Agreement, each with its place below the item and its code."""
    adjusted = enumerate(item.valuation_adjustments, start=1)
    coded = [(f"ValuationAdjustment[{place}]", each.addition_code) for place, each in adjusted if each.amount]
    deducted = item.customs_valuation.charge_deductions if item.customs_valuation else ()
    coded += [(f"CustomsValuation/ChargeDeduction[{place}]", each.charges_type_code) for place, each in enumerate(deducted, 1)]
    charges = [(place, code or "", regime.charges.get(code or "")) for place, code in coded]
    return [(place, code, charge.element) for place, code, charge in charges if charge and charge.element]
