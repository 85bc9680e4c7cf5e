from pathlib import Path
from typing import Any

import msgspec
import pytest
import yaml

from customhouse.assessment import Law, read_exchange_rates, read_regime, valuation
from customhouse.tariff import Tariff

ROOT = Path(__file__).resolve().parents[3]
CASES = sorted((ROOT / "tests" / "cases").glob("valuation_*.yaml"))


def law_of(told: dict[str, Any]) -> Law:
    rates = "".join(f"{currency},{rate},,,\n" for currency, rate in told.get("exchange_rates", {}).items())
    regime = read_regime((ROOT / "countries" / told["country"] / "regime.toml").read_text("utf-8"))
    return Law(Tariff(()), regime, read_exchange_rates(f"currency,per_unit_rate,valid_from,valid_to,source\n{rates}"))


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_a_worked_case_of_value_comes_out_as_the_agreement_says(path: Path) -> None:
    told = yaml.safe_load(path.read_text("utf-8"))
    case = msgspec.convert(told["case"], valuation.ValuationCase, strict=False)
    chains = valuation.values_of(case, law_of(told), on=told["day"])
    found = [{"amount": None if each.amount is None else str(each.amount), "article": each.article} for each in chains]
    assert found == told["expected"], [each.explanation for each in chains]
    assert all(each.told()[-1].startswith("Customs value") for each in chains)
