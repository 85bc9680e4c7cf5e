"""TARIC3 records: what stands after every insert, update and delete, each record under its key."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from customhouse.kernel import Finding
from customhouse.tariff.edition.table import Line
from customhouse.tariff.loading.source import UnreadableSourceError, day_after, told
from customhouse.tariff.loading.taric3_document import Record, Update

Fields = Mapping[str, str]

_SID = {
    name: (f"{name}.sid",)
    for name in (
        "additional.code",
        "geographical.area",
        "goods.nomenclature",
        "goods.nomenclature.description.period",
        "measure",
        "measure.condition",
        "quota.definition",
        "quota.order.number",
        "quota.order.number.origin",
    )
}
KEYS: Mapping[str, tuple[str, ...]] = {
    **_SID,
    "additional.code.description": ("additional.code.description.period.sid", "language.id"),
    "base.regulation": ("base.regulation.role", "base.regulation.id"),
    "geographical.area.membership": ("geographical.area.sid", "geographical.area.group.sid", "validity.start.date"),
    "goods.nomenclature.description": ("goods.nomenclature.description.period.sid", "language.id"),
    "goods.nomenclature.indents": ("goods.nomenclature.indent.sid",),
    "measure.component": ("measure.sid", "duty.expression.id"),
    "measure.condition.component": ("measure.condition.sid", "duty.expression.id"),
    "measure.excluded.geographical.area": ("measure.sid", "excluded.geographical.area"),
    "measure.type": ("measure.type.id",),
    "modification.regulation": ("modification.regulation.role", "modification.regulation.id"),
    "quota.order.number.origin.exclusions": ("quota.order.number.origin.sid", "excluded.geographical.area.sid"),
}
_DATES = ("validity.start.date", "validity.end.date", "effective.end.date")


@dataclass(slots=True)
class Records:
    """The standing records by name and key, what was wrong on the way, and how many records of other names were passed over."""

    standing: dict[str, dict[str, Fields]] = field(default_factory=lambda: {name: {} for name in KEYS})
    findings: list[Finding] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)

    def named(self, name: str) -> Iterable[Fields]:
        """The standing records of a name."""
        return self.standing[name].values()

    def apply(self, record: Record) -> None:
        """Insert, update or delete one record; what does not fit what stands is done all the same, and told."""
        if record.name not in KEYS:
            self.passed_over[record.name] += 1
            return
        key = " ".join(record.fields.get(name, "") for name in KEYS[record.name])
        fault = _fault(record)
        if fault:
            self._tell(record, f"{fault}; the record is left out")
            return
        standing = self.standing[record.name]
        before = standing.get(key)
        if record.update is Update.DELETE:
            if standing.pop(key, None) is None:
                self._tell(record, "there is nothing to delete")
            return
        if record.update is Update.UPDATE and before is None:
            self._tell(record, "there is nothing to update; it is inserted")
        if record.update is Update.INSERT and before is not None and before != record.fields:
            self._tell(record, "it stands already; it is updated")
        standing[key] = record.fields

    def lines(self) -> Iterator[Line]:
        """The records as rows of the plain set, to which the next increment is applied."""
        for name, held in self.standing.items():
            for key, fields in held.items():
                yield {"record": name, "key": key, "content": json.dumps(fields, ensure_ascii=False, sort_keys=True)}

    def _tell(self, record: Record, what: str) -> None:
        key = " ".join(record.fields.get(name, "") for name in KEYS[record.name])
        place = f"Record {record.place}, {record.name} {key}"
        self.findings.append(told("TRF-03", f"record[{record.place}]/{record.name}", params={"place": place, "what": what}))


def standing_records(lines: Iterable[Line]) -> Records:
    """The records that rows of the plain set hold; refuses with `UnreadableSourceError` rows that hold none."""
    records = Records()
    for line in lines:
        try:
            content = json.loads(line["content"])
        except (json.JSONDecodeError, RecursionError) as error:
            raise UnreadableSourceError("taric3_records.csv, {key}: {error}", key=line["key"], error=error) from error
        if line["record"] not in KEYS or not isinstance(content, dict):
            raise UnreadableSourceError(
                "taric3_records.csv, {key}: {record} is no record of a TARIC3", key=line["key"], record=line["record"]
            )
        records.standing[line["record"]][line["key"]] = {str(name): str(value) for name, value in content.items()}
    return records


def _fault(record: Record) -> str:
    missing = [name for name in KEYS[record.name] if not record.fields.get(name)]
    if missing:
        return f"{missing[0]} is missing"
    for name in _DATES:
        try:
            day_after(record.fields.get(name, ""))
        except ValueError as refusal:
            return f"{name}: {refusal}"
    return ""
