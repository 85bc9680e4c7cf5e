"""TARIC3 rows: what the standing records of a TARIC3 come to as rows of the plain set.

Lines between the commodities (suffixes other than 80) lend their words to what stands under them. A measure without an end ends with
its regulation (TARIC data model, implicit end date). The area 1011, erga omnes, is every country.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from customhouse.tariff.edition.table import Line
from customhouse.tariff.loading.component import SUPPLEMENTARY_UNIT, Component, duty_text
from customhouse.tariff.loading.condition_line import ConditionLine, compact
from customhouse.tariff.loading.measure_extract import undetermined
from customhouse.tariff.loading.source import Loaded, MeasureTypes, day_after, first_day, told
from customhouse.tariff.loading.taric3_records import Fields, Records

_ERGA_OMNES, _EVERY_COUNTRY = "1011", "*"
_COMMODITY_SUFFIX = "80"
_NO_DUTY = "2"  # measure components are not permitted on measures of the type
_CHAPTER_ZEROS = "0" * 8
_LANGUAGE = "EN"


def plain_rows(records: Records, types: MeasureTypes) -> Loaded:
    """The rows of every table that the records make, and the records themselves for the next increment."""
    loaded = Loaded(findings=records.findings, passed_over=records.passed_over)
    measures = _Measures(records, types, loaded)
    loaded.lines = {
        "measures": list(measures.rows()),
        "areas": list(_areas(records)),
        "quotas": list(_quotas(records)),
        "additional_codes": list(_additional_codes(records)),
        "taric3_records": list(records.lines()),
    }
    loaded.lines["commodities"] = list(_commodities(records, measures.units))
    return loaded


class _Measures:
    """The measures, each joined with its components, conditions and excluded areas; supplementary units aside, by commodity."""

    def __init__(self, records: Records, types: MeasureTypes, loaded: Loaded) -> None:
        self.records, self.types, self.loaded = records, types, loaded
        self.units: dict[str, str] = {}
        self._components = _joined(records.named("measure.component"), "measure.sid")
        self._conditions = _joined(records.named("measure.condition"), "measure.sid")
        self._condition_components = _joined(records.named("measure.condition.component"), "measure.condition.sid")
        self._excluded = _joined(records.named("measure.excluded.geographical.area"), "measure.sid")
        self._without_duty = {
            each["measure.type.id"] for each in records.named("measure.type") if each.get("measure.component.applicable.code") == _NO_DUTY
        }
        self._ends = {
            (each[f"{kind}.role"], each[f"{kind}.id"]): each.get("effective.end.date") or each.get("validity.end.date", "")
            for kind in ("base.regulation", "modification.regulation")
            for each in records.named(kind)
        }

    def rows(self) -> Iterator[Line]:
        for each in self.records.named("measure"):
            components = [_component(one) for one in self._components[each["measure.sid"]]]
            if components and all(one.expression == SUPPLEMENTARY_UNIT for one in components):
                self.units[each.get("goods.nomenclature.item.id", "")] = components[0].counted_in
                continue
            yield self._row(each, components)

    def _row(self, each: Fields, components: list[Component]) -> Line:
        kind, regulation = each.get("measure.type", ""), each.get("measure.generating.regulation.id", "")
        additional_code = each.get("additional.code.type", "") + each.get("additional.code", "")
        held = compact(self._lines(each["measure.sid"]))
        if held.gap:
            place = f"Measure {each['measure.sid']}"
            self.loaded.findings.append(told("TRF-03", f"measure[{each['measure.sid']}]", params={"place": place, "what": held.gap}))
        duty = duty_text(components) or ("NIHIL" if kind in self._without_duty else "")
        end = each.get("validity.end.date") or self._ends.get((each.get("measure.generating.regulation.role", ""), regulation), "")
        start = first_day(each.get("validity.start.date", ""))
        return {
            "id": each["measure.sid"],
            "commodity": each.get("goods.nomenclature.item.id", ""),
            "area": each.get("geographical.area", ""),
            "excludes": " ".join(sorted(one["excluded.geographical.area"] for one in self._excluded[each["measure.sid"]])),
            "kind": self.types.kind(kind, additional_code),
            "additional_code": additional_code,
            "preference": self.types.claims(kind),
            "quota": each.get("ordernumber", ""),
            "rate": undetermined(duty, held.gap),
            "conditions": held.text,
            "legal_basis": regulation,
            "valid_from": start,
            "valid_to": max(day_after(end), start) if end else "",
        }

    def _lines(self, sid: str) -> list[ConditionLine]:
        found = sorted(self._conditions[sid], key=lambda each: (each.get("condition.code", ""), _number(each, "component.sequence.number")))
        return [
            ConditionLine(
                code=each.get("condition.code", ""),
                document=each.get("certificate.type.code", "") + each.get("certificate.code", ""),
                action=each.get("action.code", ""),
                amount=each.get("condition.duty.amount", ""),
                currency=each.get("condition.monetary.unit.code", ""),
                unit=each.get("condition.measurement.unit.code", "") + each.get("condition.measurement.unit.qualifier.code", ""),
                duty=duty_text(_component(one) for one in self._condition_components[each["measure.condition.sid"]]),
            )
            for each in found
        ]


@dataclass(slots=True)
class _Place:
    """A line of the nomenclature while its commodity is sought: how deep it stands, and what stands under it."""

    line: Fields
    depth: int
    words: str
    under: list[Fields]

    @property
    def is_commodity(self) -> bool:
        return self.line.get("producline.suffix") == _COMMODITY_SUFFIX


def _commodities(records: Records, units: Mapping[str, str]) -> Iterator[Line]:
    indents = _latest(records.named("goods.nomenclature.indents"), "number.indents")
    words = _descriptions(records)
    above: list[_Place] = []
    for each in sorted(records.named("goods.nomenclature"), key=_order):
        code, sid = each.get("goods.nomenclature.item.id", ""), each["goods.nomenclature.sid"]
        depth = -1 if code.endswith(_CHAPTER_ZEROS) else _whole(indents.get(sid, ""))
        while above and above[-1].depth >= depth:
            yield from _commodity(above, units)
            above.pop()
        if above:
            above[-1].under.append(each)
        above.append(_Place(each, depth, words.get(sid, ""), []))
    while above:
        yield from _commodity(above, units)
        above.pop()


def _commodity(above: list[_Place], units: Mapping[str, str]) -> Iterator[Line]:
    """The commodity at the end of its line of descent; a line between commodities is none of its own."""
    last = above[-1]
    if not last.is_commodity:
        return
    code = last.line.get("goods.nomenclature.item.id", "")
    parent = next((each.line.get("goods.nomenclature.item.id", "") for each in reversed(above[:-1]) if each.is_commodity), "")
    between: list[str] = []
    for each in reversed(above[:-1]):
        if each.is_commodity:
            break
        between.insert(0, each.words)
    end = last.line.get("validity.end.date", "")
    yield {
        "code": code,
        "parent": parent,
        "description": " > ".join([*between, last.words]),
        "valid_from": first_day(last.line.get("validity.start.date", "")),
        "valid_to": day_after(end),
        "declarable": "false" if any(_stands_at(each, end) for each in last.under) else "true",
        "unit": units.get(code, ""),
    }


def _stands_at(each: Fields, end: str) -> bool:
    """Whether a line still stands on the last day of another."""
    own = each.get("validity.end.date", "")
    return not own or (bool(end) and own >= end)


def _descriptions(records: Records) -> dict[str, str]:
    """The latest description of each line, in English where there is one."""
    by_period: dict[str, str] = {}
    for each in records.named("goods.nomenclature.description"):
        period = each["goods.nomenclature.description.period.sid"]
        if period not in by_period or each.get("language.id") == _LANGUAGE:
            by_period[period] = each.get("description", "")
    periods = _latest(records.named("goods.nomenclature.description.period"), "goods.nomenclature.description.period.sid")
    return {sid: " ".join(by_period.get(period, "").replace("|", " ").split()) for sid, period in periods.items()}


def _latest(found: Iterable[Fields], name: str) -> dict[str, str]:
    """A field of the records that started last, by the line of the nomenclature that they speak of."""
    latest: dict[str, Fields] = {}
    for each in found:
        sid = each.get("goods.nomenclature.sid", "")
        if sid not in latest or latest[sid].get("validity.start.date", "") <= each.get("validity.start.date", ""):
            latest[sid] = each
    return {sid: each.get(name, "") for sid, each in latest.items()}


def _areas(records: Records) -> Iterator[Line]:
    names = {each["geographical.area.sid"]: each for each in records.named("geographical.area")}
    for area in names.values():
        code = area.get("geographical.area.id", "")
        days = {"valid_from": first_day(area.get("validity.start.date", "")), "valid_to": day_after(area.get("validity.end.date", ""))}
        if code == _ERGA_OMNES:
            yield {"area": code, "member": _EVERY_COUNTRY}
        elif area.get("geographical.code") != "1":
            yield {"area": code, "member": code, **days}
    for each in records.named("geographical.area.membership"):
        group, member = names.get(each["geographical.area.group.sid"]), names.get(each["geographical.area.sid"])
        if group and member and group.get("geographical.area.id") != _ERGA_OMNES:
            yield {
                "area": group.get("geographical.area.id", ""),
                "member": member.get("geographical.area.id", ""),
                "valid_from": first_day(each.get("validity.start.date", "")),
                "valid_to": day_after(each.get("validity.end.date", "")),
            }


def _quotas(records: Records) -> Iterator[Line]:
    origins = _joined(records.named("quota.order.number.origin"), "quota.order.number.sid")
    for each in records.named("quota.definition"):
        unit = each.get("measurement.unit.code", "") + each.get("measurement.unit.qualifier.code", "")
        yield {
            "order_number": each.get("quota.order.number.id", ""),
            "origins": " ".join(sorted({one.get("geographical.area.id", "") for one in origins[each.get("quota.order.number.sid", "")]})),
            "valid_from": first_day(each.get("validity.start.date", "")),
            "valid_to": day_after(each.get("validity.end.date", "")),
            "volume": each.get("initial.volume") or each.get("volume", ""),
            "unit": unit or each.get("monetary.unit.code", ""),
        }


def _additional_codes(records: Records) -> Iterator[Line]:
    words = {each.get("additional.code.sid", ""): each.get("description", "") for each in records.named("additional.code.description")}
    for each in records.named("additional.code"):
        yield {
            "code": each.get("additional.code.type.id", "") + each.get("additional.code", ""),
            "description": " ".join(words.get(each["additional.code.sid"], "").split()),
            "valid_from": first_day(each.get("validity.start.date", "")),
            "valid_to": day_after(each.get("validity.end.date", "")),
        }


def _component(fields: Fields) -> Component:
    return Component(
        expression=fields.get("duty.expression.id", ""),
        amount=fields.get("duty.amount", ""),
        currency=fields.get("monetary.unit.code", ""),
        unit=fields.get("measurement.unit.code", ""),
        qualifier=fields.get("measurement.unit.qualifier.code", ""),
    )


def _joined(found: Iterable[Fields], name: str) -> defaultdict[str, list[Fields]]:
    joined: defaultdict[str, list[Fields]] = defaultdict(list)
    for each in found:
        joined[each.get(name, "")].append(each)
    return joined


def _order(each: Fields) -> tuple[str, str, str]:
    return (each.get("goods.nomenclature.item.id", ""), each.get("producline.suffix", ""), each.get("validity.start.date", ""))


def _number(each: Fields, name: str) -> int:
    return _whole(each.get(name, ""))


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004 - no such number has more digits
