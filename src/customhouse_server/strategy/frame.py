"""Frame: what an operational plan counts in, without which no list of it takes an amount: currency, rounding step, year, directorates."""

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from customhouse.saying import Saying, saying
from customhouse.strategy import StrategicPlan, UnreadablePlanError
from customhouse_server.tariff.country import current_country

FIELDS = ("currency", "rounding_step", "year_begins", "directorates")


def typed_of(plan: StrategicPlan) -> dict[str, str]:
    """The frame of a plan as one types it; a directorate a line, its code before its name."""
    frame = plan.operation
    told = {"currency": frame.currency, "rounding_step": f"{frame.rounding_step:f}", "year_begins": frame.year_begins}
    return told | {"directorates": "\n".join(f"{code}: {name}" for code, name in frame.directorates.items())}


def read(typed: Mapping[str, str]) -> dict[str, object]:
    """The frame that was typed; refuses with `UnreadablePlanError` directorates that are none, or stand twice."""
    lines = [[part.strip() for part in line.partition(":")[::2]] for line in typed["directorates"].splitlines() if line.strip()]
    faults = [
        saying("directorates: “{line}” is no directorate, as PFD: Procedures", line=each[0] or each[1]) for each in lines if not all(each)
    ]
    twice = [code for code, count in Counter(code for code, _ in lines).items() if count > 1]
    faults += [saying("directorates: {code} stands twice", code=code) for code in twice]
    if faults:
        raise UnreadablePlanError(faults)
    return {name: typed[name].strip() for name in FIELDS if name != "directorates"} | {"directorates": dict(lines)}


def changed(plan: StrategicPlan, frame: Mapping[str, object], *, on: dt.date) -> object:
    """The whole text with another frame; refuses with `UnreadablePlanError` a currency that is none, and another for what is entered."""
    faults = list(_currency_faults(plan, str(frame["currency"]), on=on))
    if faults:
        raise UnreadablePlanError(faults)
    raw: dict[str, Any] = msgspec.json.decode(msgspec.json.encode(plan))
    raw["operation"] |= {name: frame[name] for name in FIELDS}
    return raw


def _currency_faults(plan: StrategicPlan, currency: str, *, on: dt.date) -> Iterator[Saying]:
    before, has_amounts = plan.operation.currency, plan.operation.costs or plan.operation.attache_rates
    if currency and not current_country().lists.allows("currencies", currency, on=on):
        yield saying("{code} is no currency of ISO 4217, as EUR", code=currency)
    if before and has_amounts and currency != before:
        yield saying("amounts are entered in {currency}: take them out before the plan counts in another", currency=before)
