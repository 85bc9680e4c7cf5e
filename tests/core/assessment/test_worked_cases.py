from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from customhouse import pipeline
from customhouse.assessment import Assessment, Law, assess, read_exchange_rates, read_regime
from customhouse.declaration import Declaration
from customhouse.tariff import read_tariff

ROOT = Path(__file__).resolve().parents[3]
CASES = sorted((ROOT / "tests" / "cases").glob("assessment_*.yaml"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_worked_case_comes_out_as_the_law_says(path: Path) -> None:
    case = yaml.safe_load(path.read_text())
    assessment = assess(_declaration(case["declaration"]), _law(case), on=case["day"])
    expected = case["expected"]
    assert len(assessment.items) == len(expected["items"])
    for item, wanted in zip(_printed(assessment)["items"], expected["items"], strict=True):
        assert item["customs_value"] == wanted["customs_value"]
        assert [{key: line[key] for key in wish} for line, wish in zip(item["lines"], wanted["lines"], strict=True)] == wanted["lines"]
    printed = _printed(assessment)
    for total in ("customs_value", "payable"):
        assert printed["totals"][total] == expected.get(total, printed["totals"][total])
    assert [finding.code for finding in assessment.findings] == expected.get("findings", [])


def _printed(assessment: Assessment) -> Any:  # noqa: ANN401 - JSON
    return msgspec.json.decode(msgspec.json.encode(assessment))


def _law(case: dict[str, Any]) -> Law:
    """The law of the country package, or where the case gives measures of its own, those under the regime of the country."""
    folder = ROOT / "countries" / case["country"]
    package = pipeline.load_country(str(folder))
    if "measures" not in case:
        return package.law
    rates = "".join(f"{currency},{rate},,,\n" for currency, rate in case.get("exchange_rates", {}).items())
    areas = "area,member,valid_from,valid_to\n1011,*,,\n" + case.get("areas", "")
    return Law(
        read_tariff(measures=case["measures"], areas=areas, rates=package.rates),
        read_regime((folder / "regime.toml").read_text()),
        read_exchange_rates(f"currency,per_unit_rate,valid_from,valid_to,source\n{rates}"),
    )


def _declaration(told: dict[str, Any]) -> Declaration:
    shipment = {
        "trade_terms": {"condition_code": told.get("incoterm")},
        "customs_valuation": {
            "freight_charge_amount": _amount(told.get("freight")),
            "insurance_charge_amount": _amount(told.get("insurance")),
            "charge_deductions": [{"charges_type_code": code, "amount": _amount(sum_)} for code, sum_ in told.get("charges", {}).items()],
        },
        "items": [_item(place, item) for place, item in enumerate(told["items"], start=1)],
    }
    border = {"mode_code": told.get("border_mode")}
    return msgspec.convert({"goods_shipment": shipment, "border_transport_means": border}, Declaration, strict=False)


def _item(place: int, told: dict[str, Any]) -> dict[str, Any]:
    origins = [{"country_code": told.get("origin"), "type_code": "1"}, {"country_code": told.get("preferential_origin"), "type_code": "2"}]
    procedure = told.get("procedure", "4000")
    additional = [{"current_code": code} for code in told.get("additional_procedures", ["000"])]
    return {
        "sequence_numeric": place,
        "commodity": {
            "classifications": [{"id": told["commodity"], "identification_type_code": "TSP"}]
            + [{"id": code, "identification_type_code": "TRA"} for code in told.get("additional_codes", [])],
            "duty_tax_fees": [{"duty_regime_code": told.get("preference", "100"), "quota_order_id": told.get("quota")}]
            + [{"specific_tax_base_quantity": _measure(number, unit)} for unit, number in told.get("quantities", {}).items()],
            "goods_measure": {
                "gross_mass": _measure(told.get("gross_kg"), "KGM"),
                "net_mass": _measure(told.get("net_kg"), "KGM"),
                "tariff_quantity": _measure(told.get("supplementary"), told.get("supplementary_unit")),
            },
            "invoice_line": {"item_charge_amount": _amount(told["price"])},
        },
        "government_procedures": [{"current_code": procedure[:2], "previous_code": procedure[2:]}, *additional],
        "origins": [each for each in origins if each["country_code"]],
        "additional_documents": [{"category_code": code[0], "type_code": code[1:]} for code in told.get("documents", [])],
    }


def _amount(text: str | None) -> dict[str, str] | None:
    if text is None:
        return None
    value, currency = text.split()
    return {"value": value, "currency": currency}


def _measure(value: str | None, unit: str | None) -> dict[str, str | None] | None:
    return None if value is None else {"value": value, "unit": unit}
