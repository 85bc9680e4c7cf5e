"""Component: the parts of a rate, each with its duty expression (TARIC), joined to the rate that they print."""

from collections.abc import Sequence

from customhouse.tariff.document.published import Component
from customhouse.tariff.rate import Rate
from customhouse.tariff.taric import read_rate

_JOINED_BY = {"01": "", "04": " + ", "19": " + ", "20": " + ", "02": " - ", "36": " - ", "15": " MIN ", "17": " MAX ", "35": " MAX "}
_NAMED = {"12": " + EA", "14": " + EAR", "21": " + ADSZ", "25": " + ADSZR", "27": " + ADFM", "29": " + ADFMR", "37": "NIHIL"}
_SUPPLEMENTARY_UNIT = "99"


def rate_of(components: Sequence[Component]) -> Rate:
    """The rate that the components print; one of an expression that we do not know, or without an amount, cannot be computed."""
    duties = [each for each in components if each.duty_expression_id != _SUPPLEMENTARY_UNIT]
    unknown = [each.duty_expression_id for each in duties if each.duty_expression_id not in _JOINED_BY | _NAMED]
    if unknown:
        return Rate(f"duty expression {unknown[0]}", unreadable=f"the duty expression {unknown[0]} is not one that can be computed")
    return read_rate("".join(_written(each) for each in duties).strip().removeprefix("+ "))


def supplementary_unit(components: Sequence[Component]) -> str:
    """The unit that a supplementary quantity of the goods is declared in, where the components name one."""
    return next((unit_of(each) for each in components if each.duty_expression_id == _SUPPLEMENTARY_UNIT), "")


def unit_of(component: Component) -> str:
    """The unit with its qualifier."""
    return (component.measurement_unit_code or "") + (component.measurement_unit_qualifier_code or "")


def _written(component: Component) -> str:
    if component.duty_expression_id in _NAMED:
        return _NAMED[component.duty_expression_id]
    joiner = _JOINED_BY[component.duty_expression_id]
    if component.duty_amount is None:
        return f"{joiner}?"
    unit = unit_of(component)
    return f"{joiner}{component.duty_amount:f} {component.monetary_unit_code or '%'}" + (f" / {unit}" if unit else "")
