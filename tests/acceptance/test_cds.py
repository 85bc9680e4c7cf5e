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
from customhouse.assessment import Assessment, Law, TaxLine, TaxStatus, assess, read_exchange_rates, read_regime
from customhouse.assessment.quota_split import split_by_allotment
from customhouse.declaration import Declaration
from customhouse.tariff import read_measures, read_tariff

ROOT = Path(__file__).resolve().parents[2]
CDS = ROOT / ".." / "shared" / "data" / "cds"
AMENDMENTS = ROOT / ".." / "shared" / "data" / "wco_dm_xml"
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
        return "rate" not in self.expected

    @property
    def is_equal(self) -> bool:
        return self.ours is not None and _is_equal(self.ours, self.expected)


def _is_equal(ours: TaxLine, expected: dict[str, Any]) -> bool:
    """To the penny: what is paid, and what is assessed with what is deducted; for a waiver HMRC may print neither."""
    assessed, deducted, paid = (_amount(expected, field) for field in ("assessed", "deduct", "payment"))
    waived = assessed == deducted == 0 and ours.status in {TaxStatus.EXEMPT, TaxStatus.RELIEVED}
    return ours.payable == paid and (waived or ours.amount == assessed + deducted)


@dataclass(frozen=True)
class Result:
    """One tax result of HMRC beside our assessment of what it answers."""

    case: dict[str, Any]
    assessment: Assessment

    def lines(self, sequence: str) -> list[TaxLine]:
        return [line for item in self.assessment.items if str(item.sequence) == sequence for line in item.lines]


def test_duty_and_vat_lines_are_equal_to_the_penny(capsys: pytest.CaptureFixture[str]) -> None:
    compared = [each for each in _compared() if each.expected["type"] in {"A00", "B00"}]
    judged = [each for each in compared if not each.is_given]
    unequal = [each for each in judged if not each.is_equal]
    with capsys.disabled():
        print(f"\n{len(judged) - len(unequal)} of {len(judged)} lines A00 and B00 equal;", end=" ")
        print(f"{len(compared) - len(judged)} more have no printed rate")
    assert len(unequal) <= len(judged) / 10


def test_tax_lines_of_every_type_are_equal_to_the_penny(capsys: pytest.CaptureFixture[str]) -> None:
    compared = list(_compared())
    unequal = [each for each in compared if not each.is_equal]
    with capsys.disabled():
        print(f"\n{len(compared) - len(unequal)} of {len(compared)} lines of every tax equal;", end=" ")
        print(f"{sum(each.is_given for each in compared)} of them have no printed rate, so that the amount was put in as it stands")
        for each in unequal:
            print(f"  {each.case} item {each.item}: {_told(each)}")
    assert len(unequal) <= len(compared) * 0.02


def test_each_line_that_differs_is_explained() -> None:
    text = EXPLAINED.read_text()
    assert [each.case for each in _compared() if not each.is_equal and each.case not in text] == []


def test_what_is_held_as_security_under_inward_processing_is_what_is_suspended() -> None:
    for result in _results():
        for item in result.case["items"]:
            held = sorted(_amount(line, "assessed") for line in item["expected"] if line["type"] == "IPR")
            if held:
                assert held == sorted(line.secured for line in result.lines(item["seq"]) if line.secured), result.case["id"]


def _compared() -> Iterator[Compared]:
    for result in _results():
        for item in result.case["items"]:
            ours = result.lines(item["seq"])
            for expected in item["expected"]:
                if A_TAX.fullmatch(expected["type"]):
                    own = [line for line in ours if line.tax == expected["type"]]
                    found = next((line for line in own if _is_equal(line, expected)), own[0] if own else None)
                    ours = [line for line in ours if line is not found]
                    yield Compared(result.case["id"], item["seq"], expected, found)


def _results() -> Iterator[Result]:
    regime = read_regime((UK / "regime.toml").read_text())
    tariff = read_tariff(measures=(UK / "measures.csv").read_text(), areas=(UK / "areas.csv").read_text())
    rates = read_exchange_rates((UK / "exchange_rates.csv").read_text())
    for case in json.loads((CDS / "dmstax_cases.json").read_text())["cases"]:
        declaration = _answered(case)
        sheet = read_measures(_measures(case, declaration))
        assert [finding for finding in sheet.findings if finding.severity == "error"] == []
        issued = case["issued"]
        on = date(int(issued[:4]), int(issued[4:6]), int(issued[6:8]))
        yield Result(case, assess(declaration, Law(tariff.replaced_by(sheet.measures), regime, rates), on=on))


def _answered(case: dict[str, Any]) -> Declaration:
    """The declaration as the notification has it: amended where it answers a later version, split where a quota was allotted in part."""
    declaration = messages.read((CDS / case["declaration_path"]).read_bytes()).declaration
    assert declaration is not None
    scenario = case["id"].partition("#")[0]
    notification = CDS / "notifications" / scenario / Path(case["tax_file"]).name
    answer = messages.read(notification.read_bytes()).response
    assert answer is not None
    if answer.declaration and answer.declaration.version_id not in {None, "1"}:
        for amendment in AMENDMENTS.glob(f"**/*{scenario}_Amendment*.xml"):
            changed = messages.read(amendment.read_bytes()).applied_to(declaration).declaration
            assert changed is not None
            declaration = changed
    return split_by_allotment(declaration, _allotted(case, declaration), outside_preference="100")


def _allotted(case: dict[str, Any], declaration: Declaration) -> dict[int, Decimal]:
    """The share of a quota that HMRC allotted, an input that its balance alone can tell: seen by an item more than was declared."""
    if len(case["items"]) <= len(declaration.items):
        return {}
    first = case["items"][0]
    price = Decimal(first["input"]["item_price"]["value"])
    return {int(first["seq"]): _amount(first["expected"][0], "base_amount") / price}


def _measures(case: dict[str, Any], declaration: Declaration) -> str:
    """The rates that HMRC printed, as measures on all countries; an amount without a rate stands as a flat amount."""
    rows = [HEADER]
    codes = {str(each.sequence_numeric): each.commodity_code() for each in declaration.items}
    claims_differ = len(set(codes.values())) < len(codes)
    for item in case["items"]:
        for place, line in enumerate(item["expected"]):
            if A_TAX.fullmatch(line["type"]) and item["seq"] in codes:
                rate = f"{line['rate']} %" if "rate" in line else f"{_amount(line, 'assessed') + _amount(line, 'deduct')} GBP"
                claim = line.get("preference", "") if claims_differ and line["type"] == "A00" else ""
                rows.append(f"{item['seq']}-{place},{codes[item['seq']]},1011,,{line['type']},,{claim},,{rate},,HMRC,,")
    return "\n".join(rows)


def _amount(line: dict[str, Any], field: str) -> Decimal:
    return Decimal((line.get(field) or {}).get("value", "0"))


def _told(each: Compared) -> str:
    theirs = ", ".join(f"{field} {_amount(each.expected, field)}" for field in ("assessed", "deduct", "payment"))
    ours = f"amount {each.ours.amount}, payable {each.ours.payable}, {each.ours.explanation}" if each.ours else "no line"
    return f"{each.expected['type']} HMRC {theirs}; ours {ours}"
