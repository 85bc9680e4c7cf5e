"""Duties against the worked examples of the United Kingdom's own duty calculator and of its tariff manager."""

import json
from decimal import Decimal
from math import prod
from pathlib import Path
from typing import Any

import pytest

from customhouse.tariff import Rate, read_rate, unit_in_base

CASES = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "duty_cases"
JOINERS = {"01": "", "02": " - ", "04": " + ", "15": " MIN ", "17": " MAX ", "36": " - "}
REDUCTION = "SPQ"  # of a small producer's duty; the calculator's examples give the reduction by itself

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="the examples of the duty calculator are not beside the repository")


def test_the_calculators_examples_come_out_as_it_has_them(capsys: pytest.CaptureFixture[str]) -> None:
    compared = {}
    for case in json.loads((CASES / "uk-duty-calculator-specs.json").read_text())["cases"]:
        if "value" in case["expected"] and case.get("components"):
            compared[case["id"]] = (_duty(case), Decimal(case["expected"]["value"]))
    with capsys.disabled():
        print(f"\n{len(compared)} examples of the duty calculator compared")
    assert len(compared) == 13
    assert {name: pair for name, pair in compared.items() if pair[0] != pair[1]} == {}


def test_the_sentences_of_the_tariff_manager_are_read_as_their_components() -> None:
    for case in json.loads((CASES / "tamato-duty-sentences.json").read_text())["cases"]:
        components = case["components"]
        rate = read_rate(case["text"])
        if any(component[0] == 99 for component in components):
            assert rate.unreadable, "a supplementary unit is no duty"
        else:
            assert _shape(rate) == {_term(*component) for component in components if component[1]} | _named(components), case["text"]


def _duty(case: dict[str, Any]) -> Decimal:
    text = "".join(_text(component) for component in case["components"])
    given = case["input"]
    value = sum((Decimal(given.get(part, "0")) for part in ("goods", "shipping", "insurance", "duty_total", "value")), Decimal(0))
    quantities = {"value": value, "item": Decimal(1)}
    for unit, amount in given.get("measure_amount", {}).items():
        name, held = unit_in_base(unit.upper())
        quantities[name] = Decimal(amount) * held
    exchange = {"GBP": Decimal(1), "EUR": Decimal(given.get("eur_gbp", "1"))}
    rate = read_rate(text)
    for product in [name for name in rate.needs if "*" in name]:
        quantities[product] = prod(quantities[factor] for factor in product.split("*"))
    if any(component["unit"] == REDUCTION for component in case["components"]):
        whole = read_rate(_text(case["components"][0]))
        return whole.of(quantities, exchange) - rate.of(quantities, exchange)
    return rate.of(quantities, exchange)


def _text(component: dict[str, Any]) -> str:
    unit = (component["unit"] or "") + (component["qualifier"] or "")
    size = f"{component['amount']} {component['monetary_unit'] or '%'}"
    return JOINERS[component["duty_expression"]] + size + (f" / {unit}" if unit else "")


def _shape(rate: Rate) -> set[tuple[Decimal, str, str]]:
    return {(term.coefficient, term.quantity, term.currency) for term in rate.base.terms if term.coefficient}


def _named(components: list[Any]) -> set[tuple[Decimal, str, str]]:
    return {(Decimal(1), "AC", "") for component in components if component[0] == 12}


def _term(_: int, amount: float, currency: str | None, unit: list[str | None] | None) -> tuple[Decimal, str, str]:
    number = Decimal(str(amount))
    if currency is None:
        return number / 100, "value", ""
    if unit is None:
        return number, "item", currency
    # The manager writes "100 kg / lactic" for a hundredweight qualified by Z; the words name the matter, and the words are the law.
    code, qualifier = unit[0] or "", unit[1]
    name, held = unit_in_base(code)
    return number / held, f"{name}#P" if qualifier else name, currency
