"""Duties against the worked examples of the United Kingdom's own duty calculator and of its tariff manager.

Each example of the calculator is made a document of the public tariff service, read as any such document, and put before the options
of the country package `uk`; the amounts are ours throughout.
"""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from customhouse import pipeline
from customhouse.assessment import Law, TaxLine, option, read_exchange_rates
from customhouse.tariff import Rate, document, meursing, read_rate, unit_in_base

DATA = Path(__file__).resolve().parents[2] / ".." / "shared" / "data"
CASES = DATA / "duty_cases"
COMMODITIES = DATA / "tariff" / "uk" / "commodities"
UK = pipeline.load_country("uk")
CODE, DAY = "7202118000", date(2021, 1, 1)
REDUCTION = "SPQ"  # of a small producer's duty; the calculator's examples give the reduction by itself
FLAT = {"duty": "103", "excise": "306", "vat": "305", "duty_total": "103"}

pytestmark = pytest.mark.skipif(not CASES.exists(), reason="the examples of the duty calculator are not beside the repository")


def test_the_calculators_examples_come_out_as_it_has_them(capsys: pytest.CaptureFixture[str]) -> None:
    compared = {case["id"]: list(_compared(case)) for case in _cases()}
    with capsys.disabled():
        amounts = sum(len(pairs) for pairs in compared.values())
        print(f"\n{len(compared)} examples of the duty calculator compared, {amounts} figures")
    assert len(compared) == len(_cases())
    assert all(compared.values())
    assert {name: pairs for name, pairs in compared.items() if any(ours != theirs for ours, theirs in pairs)} == {}


def test_every_commodity_document_is_read(capsys: pytest.CaptureFixture[str]) -> None:
    read = [document.read_document(path.read_text(), UK.measure_types) for path in sorted(COMMODITIES.glob("*.json")) if _is_goods(path)]
    measures = [measure for each in read for measure in each.measures]
    conditions = [condition for measure in measures for condition in measure.conditions]
    computable = [each for each in measures if not each.rate.unreadable]
    by_condition = [each for each in measures if each not in computable and any(line.rate for line in each.conditions)]
    controls = sum(each.controls for each in read)
    with capsys.disabled():
        print(
            f"\n{len(read)} documents: {len(measures)} measures kept, {controls} left out as no tax, {len(conditions)} conditions read;",
            end=" ",
        )
        print(f"{len(computable)} rates computable, {len(by_condition)} measures rated by their conditions alone")
    assert read
    assert [finding for each in read for finding in each.findings] == []
    assert len(computable) + len(by_condition) == len(measures)


def test_the_published_meursing_table_has_one_code_for_the_least_contents_of_each(capsys: pytest.CaptureFixture[str]) -> None:
    folder = DATA / "tariff" / "uk" / "reference"
    duties, codes = ((folder / f"meursing_{name}.json").read_text() for name in ("duties", "codes"))
    table = meursing.read_published(duties, codes, currency="GBP")
    told = {}
    for composition in table.compositions:
        least = {name: low for name, (low, _) in composition.ranges.items()}
        told[composition.code] = [each.code for each in table.compositions if each.includes(least)]
    with capsys.disabled():
        ambiguous = {code: found for code, found in told.items() if found != [code]}
        print(f"\n{len(told)} Meursing codes, {len(told) - len(ambiguous)} told by their contents; not by contents alone: {ambiguous}")
    assert table.compositions
    assert ambiguous == {}


def _cases() -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = json.loads((CASES / "uk-duty-calculator-specs.json").read_text())["cases"]
    return cases


def _compared(case: dict[str, Any]) -> Iterator[tuple[object, object]]:
    """Each figure of an example, ours and the calculator's."""
    expected = case["expected"]
    if "commodity" in case["input"]:
        yield from _whole_run(case)
    elif "applies" in expected:
        yield {"own": "uk", "other": "xi"}[_options(case)[0].tariff], expected["applies"]
    elif "total" in expected:
        yield _options(case)[0].total, Decimal(expected["total"])
    elif "value" in expected:
        yield _amount(case), Decimal(expected["value"])
    else:
        yield _options(case)[0].lines[1].amount, Decimal(expected["shown"])


def _amount(case: dict[str, Any]) -> Decimal | None:
    exact = _levied(case).unrounded
    reductions = [each for each in case["components"] if each["unit"] == REDUCTION]
    if exact is None or not reductions:
        return exact
    whole = _levied({**case, "components": [each for each in case["components"] if each not in reductions]}).unrounded
    return whole and whole - exact


def _levied(case: dict[str, Any]) -> TaxLine:
    kind = _measures(case)[0]["measure_type"]["id"]
    return next(line for line in _options(case)[0].lines if line.measure_type == kind)


def _options(case: dict[str, Any]) -> tuple[option.Option, ...]:
    """The options on a document that holds the example's components as a measure, and its ready amounts as flat ones."""
    own = _document(_measures(case))
    given = case["input"]
    law = _law(given, own.measures)
    if "xi_duty" in given:
        duties = UK.measure_types.of_other_tariff(UK.law.regime.two_tariffs[0].other_for)
        other = _document([_flat("103", given["xi_duty"])], duties)
        law = _law(given, (*own.measures, *(replace(each, id=f"other {each.id}") for each in other.measures)))
    return option.options(_goods(given).declaration(), law, on=DAY).options


def _measures(case: dict[str, Any]) -> list[dict[str, Any]]:
    given, rated = case["input"], case.get("components", [])
    types = {"vat-on-duty": "305", "alcohol-asvx-hl": "306"}
    is_excise = any(each["unit"] in {"ASV", "LPA", "RET"} for each in rated)
    kind = "306" if is_excise else types.get(case["id"], "103")
    measures = [_measure(kind, rated)] if rated else []
    measures += [_flat(FLAT[name], amount) for name, amount in given.items() if name in FLAT and amount is not None]
    measures += [_flat("306", given["raw_value"])] if "raw_value" in given else []
    measures += [_flat("103", given["uk_duty"])] if "uk_duty" in given else []
    there = {each["measure_type"]["id"] for each in measures}
    return measures + [_flat(kind, "0") for kind in ("103", "305") if kind not in there]


def _flat(kind: str, amount: str) -> dict[str, Any]:
    return _measure(kind, [{"duty_expression": "01", "amount": amount, "monetary_unit": "GBP", "unit": None, "qualifier": None}])


def _measure(kind: str, components: list[dict[str, Any]]) -> dict[str, Any]:
    parts = [
        {
            "duty_expression_id": each["duty_expression"],
            "duty_amount": each["amount"],
            "monetary_unit_code": each["monetary_unit"],
            "measurement_unit_code": each["unit"],
            "measurement_unit_qualifier_code": each["qualifier"],
        }
        for each in components
    ]
    return {"id": kind, "measure_type": {"id": kind}, "geographical_area": {"id": "1011"}, "measure_components": parts}


def _document(measures: list[dict[str, Any]], types: document.Types = UK.measure_types) -> document.CommodityDocument:
    return document.read_document(json.dumps({"goods_nomenclature_item_id": CODE, "import_measures": measures}), types)


def _law(given: dict[str, Any], measures: tuple[Any, ...]) -> Law:
    published = f"currency,per_unit_rate,valid_from,valid_to,source\nEUR,{given['eur_gbp']},,,\n" if "eur_gbp" in given else ""
    rates = read_exchange_rates(published) if published else UK.law.exchange_rates
    return replace(UK.law, exchange_rates=rates, tariff=UK.law.tariff.replaced_by(measures))


def _goods(given: dict[str, Any]) -> option.Goods:
    return option.Goods(
        code=CODE,
        origin="CN",
        price=Decimal(next((given[name] for name in ("goods", "value", "customs_value") if name in given), "0")),
        currency="GBP",
        freight=_number(given, "shipping"),
        insurance=_number(given, "insurance"),
        quantities={unit.upper(): Decimal(amount) for unit, amount in given.get("measure_amount", {}).items()},
        statements=("NIIMP",) if "xi_duty" in given else (),
    )


def _number(given: dict[str, Any], name: str) -> Decimal | None:
    return Decimal(given[name]) if name in given else None


def _whole_run(case: dict[str, Any]) -> Iterator[tuple[object, object]]:
    given, expected = case["input"], case["expected"]
    answer = (COMMODITIES / Path(given["measures_json"]).name).read_text()
    read = document.read_document(answer, UK.measure_types, narrowed_to=given["origin"])
    law = replace(UK.law, tariff=UK.law.tariff.joined_by([read.commodity], read.memberships).replaced_by(read.measures))
    goods = option.Goods(
        code=given["commodity"],
        origin=given["origin"],
        price=Decimal(given["goods"]),
        currency="GBP",
        freight=Decimal(given["shipping"]),
        insurance=Decimal(given["insurance"]),
        quantities={f"TNE{qualifier}": Decimal(given["tonnes"]) for qualifier in ("", "#I")},
        additional_codes=tuple(given["additional_code"].values()),
    )
    found = option.options(goods.declaration(), law, on=date.fromisoformat(given["import_date"])).options
    wanted = [name.split()[0] for name, *_ in expected["lines"]]
    ours = next(each for each in found if each.measure_types == (wanted[0],))
    yield ours.total, Decimal(expected["total"])
    by_type = {"VAT" if line.tax == "B00" else line.measure_type: line for line in ours.lines}
    yield sorted(by_type), sorted(wanted)
    for name, rate, amount in expected["lines"]:
        line = by_type[name.split()[0]]
        yield line.amount, Decimal(amount)
        if " x " in rate:
            yield line.base, Decimal(rate.rpartition(" x ")[2])
    yield round(by_type[wanted[0]].unrounded or Decimal(0), 9), round(Decimal(expected["raw_duty"]), 9)


def _is_goods(path: Path) -> bool:
    """Whether the file answers about goods: the folder holds lists of areas, schemes and exchange rates too."""
    content = json.loads(path.read_text())
    about = content.get("data", content) if isinstance(content, dict) else []
    return isinstance(about, dict) and "goods_nomenclature_item_id" in about.get("attributes", about)


def test_the_sentences_of_the_tariff_manager_are_read_as_their_components() -> None:
    for case in json.loads((CASES / "tamato-duty-sentences.json").read_text())["cases"]:
        components = case["components"]
        rate = read_rate(case["text"])
        if any(component[0] == 99 for component in components):
            assert rate.unreadable, "a supplementary unit is no duty"
        else:
            assert _shape(rate) == {_term(*component) for component in components if component[1]} | _named(components), case["text"]


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
