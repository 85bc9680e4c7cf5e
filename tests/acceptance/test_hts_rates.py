"""Rate texts of the Harmonized Tariff Schedule against the commission's own split of each rate."""

import csv
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from customhouse.tariff import Rate, hts

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "tariff" / "us"
COLUMNS = ("General Rate of Duty", "Column 2 Rate of Duty", "Special Rate of Duty", "Additional Duties")
NOT_SPLIT = 9_999  # what the commission writes where its three numbers cannot hold the rate
STATISTICAL_UNIT = {("T", "KGM"): 1000, ("DOZ", "NAR"): 12, ("GM", "KGM"): Decimal("0.001")}  # of the first quantity, in units of ours

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the schedule of the United States is not beside the repository")


def status(rate: Rate) -> str:
    return "computable" if not rate.unreadable else "reference" if rate.refers_to else "unparsed"


def schedule() -> Iterator[dict[str, str]]:
    with (SHARED / "htsdata_2023.csv").open(encoding="utf-8-sig") as file:
        yield from csv.DictReader(file)


def test_every_rate_of_the_schedule_is_read_and_nearly_all_can_be_computed(
    capsys: pytest.CaptureFixture[str],
) -> None:
    counted = {column: Counter[str]() for column in COLUMNS}
    general: Counter[str] = Counter()
    for row in schedule():
        for column in COLUMNS:
            if row[column].strip():
                counted[column].update(status(each.rate) for each in hts.read_program_rates(row[column]))
        text = row["General Rate of Duty"].strip()
        if text and row["HTS Number"] < "98":
            general[status(hts.read_rate(text))] += 1
    with capsys.disabled():
        print(f"\n{counted}; chapters 1-97, general: {dict(general)}")
    assert not any(each["unparsed"] for each in counted.values())
    assert (general.total(), general["computable"]) == (11_414, 11_369)


def split(row: dict[str, str], column: str) -> tuple[Decimal, list[Decimal]] | None:
    """What the commission makes of the rate: the share of the value, and the amounts for a unit; nothing where it makes none."""
    numbers = [Decimal(row[f"{column}_{part}_rate"] or 0) for part in ("ad_val", "specific", "other")]
    return None if max(numbers) >= NOT_SPLIT else (numbers[0], sorted(each for each in numbers[1:] if each))


def ours(rate: Rate, unit: str) -> list[tuple[Decimal, list[Decimal]]]:
    """Our reading of the rate, for a unit of ours and for the statistical unit: the commission prints now one, now the other."""
    share = sum((term.for_one for term in rate.base.terms if term.quantity == "value"), Decimal(0))
    specific = [(term.for_one, term.quantity.partition(":")[0]) for term in rate.base.terms if term.quantity != "value"]
    in_their_unit = [amount * STATISTICAL_UNIT.get((unit, quantity), 1) for amount, quantity in specific]
    return [(share, sorted(amount for amount, _ in specific)), (share, sorted(in_their_unit))]


def is_same(one: tuple[Decimal, list[Decimal]], other: tuple[Decimal, list[Decimal]]) -> bool:
    left, right = (one[0], *one[1]), (other[0], *other[1])
    return len(left) == len(right) and all(abs(a - b) <= Decimal("1e-6") for a, b in zip(left, right, strict=True))


def test_our_reading_is_the_split_of_the_commission(capsys: pytest.CaptureFixture[str]) -> None:
    compared: Counter[str] = Counter()
    apart: list[tuple[str, str, str]] = []
    with (SHARED / "usitc_rates_2025.csv").open(encoding="latin-1") as file:
        for row in csv.DictReader(file):
            for column in ("mfn", "col2"):
                text, theirs = row[f"{column}_text_rate"].strip(), split(row, column)
                if not text or theirs is None or row["hts8"] >= "98":
                    continue
                rate = hts.read_rate(text)
                compared[column] += 1
                if rate.unreadable or not any(is_same(theirs, each) for each in ours(rate, row["quantity_1_code"])):
                    apart.append((column, row["hts8"], text))
    with capsys.disabled():
        print(f"\n{dict(compared)} compared; apart: {apart}")
    assert min(compared.values()) > 5_000
    assert [each for each in apart if each[0] == "mfn"] == []
    assert {text for _, _, text in apart} <= {"33.33%"}  # the commission keeps 0.333 of it; see docs/explanation/rates.md
