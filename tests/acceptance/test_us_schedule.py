"""The whole schedule of the United States under the country package: every line assessed, every link resolved or refused."""

import csv
from collections import Counter
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pyarrow as pa
import pytest

from customhouse import pipeline
from customhouse.assessment import Law, assess, batch
from customhouse.declaration import Declaration
from customhouse.tariff import heading, hts

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "tariff" / "us"
DAY = date(2026, 8, 3)
GOODS = 97
PRODUCTS = ("KGM*degrees", "NAR*line")

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the schedule of the United States is not beside the repository")


def lines_of(name: str) -> list[hts.ScheduleLine]:
    return list(hts.read_schedule((SHARED / name).read_text("utf-8-sig")))


@cache
def law() -> Law:
    return pipeline.with_tariff(pipeline.load_country("us"), (SHARED / "htsdata_2023.csv").read_text("utf-8-sig")).law


def declarable() -> list[str]:
    return [each.code for each in law().tariff.nomenclature if each.is_declarable and int(each.code[:2]) <= GOODS]


@cache
def quantities() -> dict[str, Decimal]:
    """Some of everything that any rate asks for; barrels and proof litres follow from litres."""
    measures = (*law().tariff.supplied, *law().tariff.measures)
    asked = {part for each in measures for name in each.rate.needs for part in name.split("*")} | {"LTR", "ASV", "KGM", "LPA"}
    named = sorted(asked - {"value", "item", "BLL", "PFL"})
    return {name: Decimal("10.00") if name.startswith("value:") else Decimal("96.000") for name in named}


def table(codes: list[str], origin: str, given: dict[str, Decimal]) -> pa.Table:
    size = len(codes)
    columns: dict[str, Any] = {
        "commodity": codes,
        "origin": [origin] * size,
        "border_mode": ["1"] * size,
        "additional_codes": ["W16"] * size,
    }
    columns["value"] = pa.array([Decimal("10000.00")] * size, pa.decimal128(18, 2))
    products = {name: given[first] * given[second] for name in PRODUCTS for first, second in [name.split("*")]}
    for name, number in (given | products).items():
        columns[name] = pa.array([number.quantize(Decimal("0.001"))] * size, pa.decimal128(18, 3))
    return pa.table(columns)


def declared(code: str, origin: str, given: dict[str, Decimal]) -> Declaration:
    goods = {
        "commodity": {
            "classifications": [
                {"id": code, "identification_type_code": "TSP"},
                {"id": "W16", "identification_type_code": "TRA"},
            ],
            "duty_tax_fees": [{"specific_tax_base_quantity": {"value": str(number), "unit": name}} for name, number in given.items()],
            "invoice_line": {"item_charge_amount": {"value": "10000.00", "currency": "USD"}},
        },
        "government_procedures": [{"current_code": "40", "previous_code": "00"}],
        "origins": [{"country_code": origin, "type_code": "1"}],
    }
    told = {"goods_shipment": {"items": [goods]}, "border_transport_means": {"mode_code": "1"}}
    return msgspec.convert(told, Declaration, strict=False)


@pytest.mark.parametrize(("origin", "every"), [("BR", 1), ("CU", 10)])
def test_every_line_is_assessed_or_says_why_not_alike_one_by_one_and_in_bulk(
    origin: str, every: int, capsys: pytest.CaptureFixture[str]
) -> None:
    codes, given = declarable(), quantities()
    told = batch.assess_table(table(codes, origin, given), law(), on=DAY).to_pylist()
    duties = [each for each in told if each["tax"] == "DUTY"]
    reasons = Counter((each["reason"] or "").rpartition(": ")[2][:60] for each in duties if each["amount"] is None)
    with capsys.disabled():
        print(f"\n{origin}: {len(codes)} lines, {len(duties) - reasons.total()} determined; undetermined: {dict(reasons)}")
    assert {each["item"] for each in duties} == set(range(len(codes)))
    assert not any("not declared" in (each["reason"] or "") for each in duties)
    assert reasons.total() < len(codes) / 50
    in_bulk = Counter(
        (each["item"], each["tax"], each["base"], each["amount"], each["payable"], each["status"])
        for each in told
        if each["item"] % every == 0
    )
    singly = Counter(
        (place, line.tax, line.base, line.amount, line.payable, line.status.value)
        for place, code in list(enumerate(codes))[::every]
        for line in assess(declared(code, origin, given), law(), on=DAY).items[0].lines
    )
    assert in_bulk == singly


def test_every_link_to_a_heading_is_resolved_or_refused_with_its_words(capsys: pytest.CaptureFixture[str]) -> None:
    lines = lines_of("htsdata_2023.csv")
    provisions = heading.read_provisions([*lines, *lines_of("hts_ch99_2026-04.json")])
    with (SHARED / "usitc_rates_2025.csv").open(encoding="latin-1") as file:
        noted = [
            hts.ScheduleLine(number=row["hts8"], indent=0, description="", footnotes=(row["footnote_comment"],))
            for row in csv.DictReader(file)
            if row["footnote_comment"]
        ]
    counted = {name: list(heading.links(each, provisions)) for name, each in (("special column", lines), ("footnotes", noted))}
    with capsys.disabled():
        for name, found in counted.items():
            refused = Counter(each.refusal for each in found if each.refusal)
            print(f"\n{name}: {len(found)} links, {len(found) - refused.total()} resolved, {refused.total()} refused: {dict(refused)}")
    assert all(bool(each.refusal) or each.heading in provisions for found in counted.values() for each in found)
    assert all(each.text for found in counted.values() for each in found)
    assert sum(not each.refusal for each in counted["special column"]) > 500


def test_every_rate_that_points_elsewhere_in_the_schedule_is_resolved_or_undetermined(capsys: pytest.CaptureFixture[str]) -> None:
    lines = [each for each in lines_of("htsdata_2023.csv") if each.number and each.number < "98"]
    pointing = {each.number.replace(".", "") for each in lines if each.general and hts.read_rate(each.general).unreadable}
    resolved = Counter(each.commodity for each in heading.measures_of_named_lines(lines) if not each.area)
    with capsys.disabled():
        print(f"\n{len(pointing)} general rates point elsewhere: {len(resolved)} resolved by the line that is declared, the others refused")
    assert resolved.keys() <= pointing
    juice = law().tariff.applicable("2106905200", "BR", on=DAY)
    assert {each.measure.additional_code for each in juice if each.measure.id.endswith("@2106.90.52.00")} >= {"20091100"}


@pytest.mark.parametrize("name", ["hts_ch99_2026-02.json", "hts_ch99_2026-04.json"])
def test_the_headings_of_chapter_99_say_what_they_add_and_what_they_give_way_to(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    provisions = {key: each for key, each in heading.read_provisions(lines_of(name)).items() if key.startswith("9903")}
    kinds = Counter(
        "refused" if each.refusal else "exception" if each.is_exception else "adds" if each.adds else "in place"
        for each in provisions.values()
    )
    naming = sum(bool(each.gives_way_to) for each in provisions.values())
    with capsys.disabled():
        print(f"\n{name}: {len(provisions)} headings 9903 with a rate: {dict(kinds)}; {naming} name what they give way to")
    assert kinds["adds"] > kinds["refused"]
    assert {"99038869", "99038868"} <= set(provisions["99038803"].gives_way_to)
    content = provisions["99038191"]
    assert content.rate.needs == {"value:steel content"}
    assert content.gives_way_to == ("99038192",)
    assert provisions["99038869"].validity.end == date(2026, 11, 10)
