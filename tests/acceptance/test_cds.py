"""Tax lines against those that HMRC's Customs Declaration Service computed, on its own declarations."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from customhouse import messages
from customhouse.assessment import Assessment, Law, TaxLine, assess, read_exchange_rates, read_regime
from customhouse.declaration import Declaration
from customhouse.tariff import read_measures, read_tariff

ROOT = Path(__file__).resolve().parents[2]
CDS = ROOT / ".." / "shared" / "data" / "cds"
UK = ROOT / "countries" / "uk"
EXPLAINED = ROOT / "docs" / "explanation" / "cds.md"
HEADER = "id,commodity,area,excludes,kind,additional_code,preference,quota,rate,conditions,legal_basis,valid_from,valid_to"
A_TAX = re.compile(r"[AB][0-9]{2}|[1-9][0-9]{2}")

pytestmark = pytest.mark.skipif(not CDS.exists(), reason="the tax results of the Customs Declaration Service are not beside the repository")


@dataclass(frozen=True)
class Compared:
    case: str
    item: str
    expected: dict[str, Any]
    ours: TaxLine | None

    @property
    def is_given(self) -> bool:
        """HMRC prints no rate for it, so that the amount itself was put in and nothing is shown by its coming out."""
        return "rate" not in self.expected and self.expected["type"] in {"A00", "B00"}

    @property
    def is_equal(self) -> bool:
        if self.ours is None or self.ours.amount is None:
            return False
        assessed, deducted, paid = (_amount(self.expected, field) for field in ("assessed", "deduct", "payment"))
        return self.ours.amount == assessed + deducted and self.ours.payable == paid


def test_nine_in_ten_duty_and_vat_lines_are_equal_to_the_penny(capsys: pytest.CaptureFixture[str]) -> None:
    compared = list(_compared())
    judged = [each for each in compared if not each.is_given]
    unequal = [each for each in judged if not each.is_equal]
    with capsys.disabled():
        print(f"\n{len(judged) - len(unequal)} of {len(judged)} lines A00 and B00 equal;", end=" ")
        print(f"{len(compared) - len(judged)} more have no printed rate")
        for each in unequal:
            print(f"  {each.case} item {each.item}: {_told(each)}")
    assert len(unequal) <= len(judged) / 10


def test_each_line_that_differs_is_explained() -> None:
    text = EXPLAINED.read_text()
    assert [each.case for each in _compared() if not each.is_equal and not each.is_given and each.case not in text] == []


def test_amounts_given_as_they_stand_come_out_as_they_stand() -> None:
    assert [each.case for each in _compared() if each.is_given and not each.is_equal and each.case not in EXPLAINED.read_text()] == []


def _compared() -> Iterator[Compared]:
    regime = read_regime((UK / "regime.toml").read_text())
    tariff = read_tariff(measures=(UK / "measures.csv").read_text(), areas=(UK / "areas.csv").read_text())
    for case in json.loads((CDS / "dmstax_cases.json").read_text())["cases"]:
        declaration = messages.read((CDS / case["declaration_path"]).read_bytes()).declaration
        assert declaration is not None
        sheet = read_measures(_measures(case, declaration))
        assert [finding for finding in sheet.findings if finding.severity == "error"] == []
        law = Law(tariff.replaced_by(sheet.measures), regime, read_exchange_rates((UK / "exchange_rates.csv").read_text()))
        issued = case["issued"]
        assessment = assess(declaration, law, on=date(int(issued[:4]), int(issued[4:6]), int(issued[6:8])))
        for item in case["items"]:
            for expected in item["expected"]:
                if expected["type"] in {"A00", "B00"}:
                    yield Compared(case["id"], item["seq"], expected, _ours(assessment, int(item["seq"]), expected["type"]))


def _measures(case: dict[str, Any], declaration: Declaration) -> str:
    """The rates that HMRC printed, as measures on all countries; an amount without a rate stands as a flat amount."""
    rows = [HEADER]
    codes = {str(each.sequence_numeric): each.commodity_code() for each in declaration.items}
    for item in case["items"]:
        for place, line in enumerate(item["expected"]):
            if A_TAX.fullmatch(line["type"]) and item["seq"] in codes:
                rate = f"{line['rate']} %" if "rate" in line else f"{_amount(line, 'assessed') + _amount(line, 'deduct')} GBP"
                rows.append(f"{item['seq']}-{place},{codes[item['seq']]},1011,,{line['type']},,,,{rate},,HMRC,,")
    return "\n".join(rows)


def _ours(assessment: Assessment, sequence: int, tax: str) -> TaxLine | None:
    lines = [line for item in assessment.items if item.sequence == sequence for line in item.lines if line.tax == tax]
    return lines[0] if len(lines) == 1 else None


def _amount(line: dict[str, Any], field: str) -> Decimal:
    return Decimal((line.get(field) or {}).get("value", "0"))


def _told(each: Compared) -> str:
    theirs = ", ".join(f"{field} {_amount(each.expected, field)}" for field in ("assessed", "deduct", "payment"))
    ours = f"amount {each.ours.amount}, payable {each.ours.payable}, {each.ours.explanation}" if each.ours else "no line"
    return f"{each.expected['type']} HMRC {theirs}; ours {ours}"
