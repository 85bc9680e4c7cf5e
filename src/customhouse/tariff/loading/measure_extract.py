"""Measure extract: the CSV files in which the tariff of the United Kingdom is published, one row a measure, read row by row.

Three headers are known: the measures as they are defined or on each declarable commodity (`measure__sid`, ...), the commodities
(`commodity__code`, ...), and flat measures (`sid`, `type`, `geo`, ...) with their components and conditions in files of their own.
"""

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from customhouse.kernel import Severity
from customhouse.tariff.edition.table import Line
from customhouse.tariff.loading.component import SUPPLEMENTARY_UNIT, Component, duty_text
from customhouse.tariff.loading.condition_line import ConditionLine, Conditions, compact
from customhouse.tariff.loading.source import Loaded, MeasureTypes, UnreadableSourceError, csv_rows, day_after, first_day, told

_NOTHING = {"#NA", "NULL", "None", "nan"}
_PARTS = re.compile(r"[|\s;,]+")
_SUPPLEMENTARY_UNIT_TYPES = ("109", "110", "111")
_TAG = re.compile(r"<[^<>]{0,200}>")
_FLAT_COMPONENT, _FLAT_CONDITION, _FLAT_MEASURE = "duty_expression_id", "condition_code", "type_desc"
_MOST_CONDITIONS = 10_000
_ACTIONS = {"Apply the amount": "01", "Apply the mentioned duty": "27", "Measure not applicable": "07"}


class MeasureExtract:
    """The files of one extract while they are read: details first or last, whatever the order they come in."""

    def __init__(self, types: MeasureTypes) -> None:
        """Read with the map of a country package from measure types to kinds of tax."""
        self.types = types
        self.loaded = Loaded()
        self._flat: dict[tuple[str, str], dict[str, str]] = {}
        self._components: defaultdict[str, dict[tuple[str, str], Component]] = defaultdict(dict)
        self._conditions: defaultdict[str, dict[str, ConditionLine]] = defaultdict(dict)
        self._seen: set[str] = set()

    def read(self, lines: Iterator[str]) -> None:
        """Take in one file; refuses with `UnreadableSourceError` one of an unknown header."""
        rows = csv_rows(lines)
        first = next(rows, None)
        if first is None:
            raise UnreadableSourceError("the file has no rows")
        header = set(first[1])
        for number, row in chain((first,), rows):
            cells = {name: "" if cell in _NOTHING else cell for name, cell in row.items()}
            if "measure__sid" in header:
                self._add_measure(number, _of_extract(cells))
            elif {"commodity__code", "productline__suffix"} <= header:
                self._add_commodity(number, cells)
            elif {_FLAT_MEASURE, "sid", "geo"} <= header:
                self._flat[(cells.get("commodity", ""), cells.get("sid", ""))] = {**cells, "number": str(number)}
            elif {_FLAT_CONDITION, "sid"} <= header:
                self._conditions[cells.get("sid", "")][cells.get("n", "")] = _flat_condition(cells)
            elif {_FLAT_COMPONENT, "sid"} <= header:
                self._components[cells.get("sid", "")][(cells.get("n", ""), cells[_FLAT_COMPONENT])] = component_of(cells)
            else:
                raise UnreadableSourceError("the header is neither of measures nor of commodities, components or conditions")

    def finished(self) -> Loaded:
        """Everything that the files said."""
        for cells in self._flat.values():
            self._add_measure(int(cells["number"]), self._of_flat(cells))
        self._flat.clear()
        return self.loaded

    def _of_flat(self, cells: Mapping[str, str]) -> dict[str, str]:
        sid = cells.get("sid", "")
        lines = [line for _, line in sorted(self._conditions[sid].items(), key=lambda each: int(each[0] or 0))]
        held = compact(lines)
        components = self._components.get(sid, {}).values()
        return {
            "sid": sid,
            "type": cells.get("type", "") if cells.get("direction", "import") == "import" else f"{cells.get('type', '')}-export",
            "commodity": cells.get("commodity", ""),
            "area": cells.get("geo", ""),
            "excludes": cells.get("excluded", ""),
            "additional_code": cells.get("additional_code", ""),
            "quota": cells.get("order_number", ""),
            "duty": duty_text(components) or ("" if components else cells.get("duty_base", "")),
            "is_unit": "1" if any(each.expression == SUPPLEMENTARY_UNIT for each in components) else "",
            "preference": cells.get("preference_code", ""),
            "conditions": held.text,
            "gap": held.gap,
            "legal_basis": cells.get("legal_acts", ""),
            "start": cells.get("start", ""),
            "end": cells.get("end", ""),
        }

    def _add_measure(self, number: int, said: Mapping[str, str]) -> None:
        if said["type"] in _SUPPLEMENTARY_UNIT_TYPES or said.get("is_unit"):
            self.loaded.passed_over["supplementary unit"] += 1
            return
        try:
            start, end = first_day(said["start"]), day_after(said["end"])
        except ValueError as refusal:
            self._object(number, str(refusal))
            return
        if not said["sid"] or not said["type"]:
            self._object(number, "the measure has no number or no type")
            return
        identity = said["sid"] if said["sid"] not in self._seen else f"{said['sid']}/{said['commodity']}"
        if identity in self._seen:
            self._object(number, f"measure {identity} stands already in the file")
            return
        self._seen.add(identity)
        if said["gap"]:
            self._object(number, f"{said['gap']}: the duty is undetermined", severity=Severity.INFORMATION)
        self.loaded.lines.setdefault("measures", []).append(
            {
                "id": identity,
                "commodity": said["commodity"],
                "area": said["area"],
                "excludes": " ".join(part for part in _PARTS.split(said["excludes"]) if part),
                "kind": self.types.kind(said["type"], said["additional_code"]),
                "additional_code": said["additional_code"],
                "preference": self.types.claims(said["type"]) or said["preference"],
                "quota": said["quota"],
                "rate": undetermined(said["duty"], said["gap"]),
                "conditions": said["conditions"],
                "legal_basis": said["legal_basis"],
                "valid_from": start,
                "valid_to": end,
            }
        )

    def _add_commodity(self, number: int, cells: Mapping[str, str]) -> None:
        if cells["productline__suffix"] not in {"80", ""}:
            self.loaded.passed_over["line between commodities"] += 1
            return
        try:
            start, end = first_day(cells.get("start__date", "")), day_after(cells.get("end__date", ""))
        except ValueError as refusal:
            self._object(number, str(refusal))
            return
        declarable = "true" if cells.get("end__line", "1") in {"1", "true", "True", "TRUE"} else "false"
        line: Line = {"code": cells["commodity__code"], "description": cells.get("description", ""), "declarable": declarable}
        self.loaded.lines.setdefault("commodities", []).append({**line, "valid_from": start, "valid_to": end})

    def _object(self, number: int, what: str, *, severity: Severity = Severity.WARNING) -> None:
        self.loaded.findings.append(told("TRF-03", f"row[{number}]", params={"place": f"Row {number}", "what": what}, severity=severity))


def undetermined(duty: str, gap: str) -> str:
    """The duty; where its conditions cannot be said, a text that no reader takes for a rate."""
    return f"[{gap}] {duty}".strip() if gap else duty


def component_of(cells: Mapping[str, str]) -> Component:
    """The component of these cells, named as the public documents of the tariff name them."""
    return Component(
        expression=cells.get("duty_expression_id", ""),
        amount=cells.get("duty_amount", ""),
        currency=cells.get("monetary_unit_code", ""),
        unit=cells.get("measurement_unit_code", ""),
        qualifier=cells.get("measurement_unit_qualifier_code", ""),
    )


def _of_extract(cells: Mapping[str, str]) -> dict[str, str]:
    held = _conditions(cells.get("measure__conditions", ""))
    return {
        "sid": cells["measure__sid"],
        "type": cells.get("measure__type__id", ""),
        "commodity": cells.get("commodity__code", ""),
        "area": cells.get("measure__geographical_area__id", ""),
        "excludes": cells.get("measure__excluded_geographical_areas__ids", ""),
        "additional_code": cells.get("measure__additional_code__code", ""),
        "quota": cells.get("measure__quota__order_number", ""),
        "duty": _TAG.sub("", cells.get("measure__duty_expression", "")),
        "preference": "",
        "conditions": held.text,
        "gap": held.gap,
        "legal_basis": cells.get("measure__regulation__id", ""),
        "start": cells.get("measure__effective_start_date", ""),
        "end": cells.get("measure__effective_end_date", ""),
    }


def _conditions(text: str) -> Conditions:
    """The conditions of a cell such as `condition:B,certificate:C644,action:29|condition:B,action:09`."""
    lines = []
    for part in text.split("|") if text else ():
        said = dict(pair.split(":", 1) for pair in part.split(",") if ":" in pair)
        named = {name.strip(): value.strip().replace("-", "") for name, value in said.items()}
        lines.append(ConditionLine(code=named.get("condition", ""), document=named.get("certificate", ""), action=named.get("action", "")))
    if len(lines) > _MOST_CONDITIONS:
        return Conditions(gap="there are too many conditions")
    return compact(lines)


def _flat_condition(cells: Mapping[str, str]) -> ConditionLine:
    unit = f"{cells.get('unit', '')}{cells.get('qual', '')}"
    return ConditionLine(
        code=cells["condition_code"],
        document=cells.get("document_code", ""),
        action=cells.get("action_code") or _action_in_words(cells.get("action", "")),
        amount=cells.get("condition_duty_amount", "") if unit else "",
        currency=cells.get("monetary", ""),
        unit=unit,
        duty=duty_text(_listed_components(cells.get("components", ""))),
    )


def _action_in_words(words: str) -> str:
    """The code of an action that a flat file tells in words alone."""
    if "not allowed" in words:
        return "09"
    return next((code for start, code in _ACTIONS.items() if words.startswith(start)), "29" if "allowed" in words else "")


def _listed_components(text: str) -> Iterable[Component]:
    try:
        listed = json.loads(text) if text else []
    except (json.JSONDecodeError, RecursionError):
        listed = []
    for each in listed if isinstance(listed, list) else []:
        if isinstance(each, dict):
            yield component_of({name: "" if value is None else str(value) for name, value in each.items()})
