"""Rate text against the UK Global Tariff beside the Common External Tariff: 23,660 expressions as published."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from customhouse.tariff.taric import read_rate, read_seasonal_rate

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared" / "data" / "tariff" / "uk"

pytestmark = pytest.mark.skipif(not SHARED.exists(), reason="the United Kingdom tariff is not beside the repository")


def test_nearly_every_expression_of_two_tariffs_is_read_and_the_rest_is_refused_with_its_reason(capsys: pytest.CaptureFixture[str]) -> None:
    with (SHARED / "global-uk-tariff_2021-01.csv").open(encoding="utf-8-sig") as file:
        texts = [row[column] for row in csv.DictReader(file) for column in ("cet_duty_rate", "ukgt_duty_rate")]
    refused: Counter[str] = Counter()
    entry_price = 0
    for text in texts:
        reasons = {rate.unreadable for _, rate in read_seasonal_rate(text)} - {""}
        entry_price += any("entry price" in reason for reason in reasons)
        refused.update(reason for reason in reasons if "entry price" not in reason)
    with capsys.disabled():
        computable = len(texts) - entry_price - refused.total()
        print(f"\n{len(texts)} expressions: {computable} computable, {entry_price} entry price, {dict(refused)} unread")
    assert len(texts) == 23_660
    assert refused.total() <= len(texts) * 0.0005
    assert entry_price == 29


def test_every_expression_reads_back_from_what_it_writes() -> None:
    with (SHARED / "global-uk-tariff_2021-01.csv").open(encoding="utf-8-sig") as file:
        texts = {row[column] for row in csv.DictReader(file) for column in ("cet_duty_rate", "ukgt_duty_rate")}
    rates = [rate for text in texts for _, rate in read_seasonal_rate(text) if not rate.unreadable]
    again = [read_rate(rate.written) for rate in rates]
    assert [(each.base, each.floor, each.cap) for each in again] == [(each.base, each.floor, each.cap) for each in rates]


def test_the_duty_of_every_published_measure_is_read_or_is_no_duty() -> None:
    with (SHARED / "uk_measures_flat.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    unread = {row["duty_base"] for row in rows if row["duty_base"] and row["series"] != "O" and read_rate(row["duty_base"]).unreadable}
    assert len(rows) == 1_294
    assert unread == set()
