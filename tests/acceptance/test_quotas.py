"""Quotas that the United Kingdom published, as our rows: every definition is read, and stands as it was said to stand."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from customhouse.tariff import quota
from customhouse.tariff.quota import State

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "tariff" / "uk"
HEADER = "order_number,valid_from,valid_to,volume,unit,step,origins,method,documents,critical,blocked,suspended"
UNITS = {"Kilogram (kg)": "KGM"}


def documents() -> Iterator[dict[str, Any]]:
    """The quota document, and the commodity documents that tell of quotas on the way."""
    yield json.loads((DATA / "reference" / "quota_example.json").read_text("utf-8"))
    for path in sorted((DATA / "commodities").glob("*.json")):
        read = json.loads(path.read_text("utf-8"))
        if isinstance(read, dict):
            yield read


def definitions() -> dict[str, dict[str, Any]]:
    """By order number, what was published of its period and balance."""
    told: dict[str, dict[str, Any]] = {}
    for read in documents():
        data = read.get("data", [])
        data = data if isinstance(data, list) else [data]
        every = [*data, *read.get("included", [])]
        kept = {each["id"]: each["attributes"] for each in every if each["type"] == "definition"}
        told |= {each["quota_order_number_id"]: each for each in kept.values() if "quota_order_number_id" in each}
        for each in every:
            definition = each.get("relationships", {}).get("definition", {}).get("data") if each["type"] == "order_number" else None
            if definition and definition["id"] in kept:
                told[each["attributes"]["number"]] = kept[definition["id"]]
    return told


def row(number: str, told: dict[str, Any]) -> str:
    """The published period, whose last day is included, as a row of ours."""

    def period(kind: str) -> str:
        first, last = told[f"{kind}_start_date"], told[f"{kind}_end_date"]
        return f"{first[:10]}/{_day(last) + timedelta(days=1)}" if first else ""

    after = _day(told["validity_end_date"]) + timedelta(days=1)
    cells = [number, told["validity_start_date"][:10], str(after), told["initial_volume"], UNITS[told["measurement_unit"]]]
    return ",".join([*cells, "", "", "", "", "", period("blocking_period"), period("suspension_period")])


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


@pytest.mark.skipif(not DATA.is_dir(), reason="the shared data are not there")
def test_every_published_quota_is_read_and_stands_as_it_was_said_to_stand() -> None:
    told = definitions()
    quotas = quota.read_quotas("\n".join([HEADER, *(row(number, each) for number, each in told.items())]))
    standing = 0
    for number, each in told.items():
        first, last = _day(each["validity_start_date"]), _day(each["validity_end_date"])
        found = quotas.find(number, on=last)
        assert found
        assert found == quotas.find(number, on=first)
        assert quotas.find(number, on=last + timedelta(days=1)) is None
        state = quotas.state(found, {found.account: Decimal(each["balance"])}, on=_day(each["last_allocation_date"] or str(first)))
        assert state is State(each["status"].lower()), number
        standing += 1
    print(f"{standing} published quotas stand as told")
    assert standing >= 20
