"""A small TARIC3 document: two commodities under a heading, areas, a preference, a quota and an anti-dumping duty with conditions."""

from collections.abc import Iterable
from xml.sax.saxutils import escape

ENVELOPE = "urn:publicid:-:DGTAXUD:GENERAL:ENVELOPE:1.0"
MESSAGE = "urn:publicid:-:DGTAXUD:TARIC:MESSAGE:1.0"
UPDATE, DELETE, INSERT = "1", "2", "3"

Entry = tuple[str, str, dict[str, str]]


def envelope(entries: Iterable[Entry]) -> bytes:
    """The document of these records, one message each, in one transaction."""
    messages = "".join(_message(number, *entry) for number, entry in enumerate(entries, start=1))
    names = f'xmlns="{MESSAGE}" xmlns:env="{ENVELOPE}"'
    return f'<env:envelope {names} id="260001"><env:transaction id="1">{messages}</env:transaction></env:envelope>'.encode()


def _message(number: int, update: str, name: str, fields: dict[str, str]) -> str:
    technical = {"transaction.id": "1", "record.code": "430", "subrecord.code": "00", "record.sequence.number": str(number)}
    heads = "".join(f"<{tag}>{text}</{tag}>" for tag, text in {**technical, "update.type": update}.items())
    body = "".join(f"<{tag}>{escape(text)}</{tag}>" for tag, text in fields.items())
    record = f"<record>{heads}<{name}>{body}</{name}></record>"
    return f'<env:app.message id="{number}"><transmission>{record}</transmission></env:app.message>'


def goods(sid: str, code: str, suffix: str, indent: str, words: str) -> list[Entry]:
    """A line of the nomenclature with its indent and its words."""
    line = {"goods.nomenclature.sid": sid}
    named = {"goods.nomenclature.item.id": code, "productline.suffix": suffix}
    start = {"validity.start.date": "2020-01-01"}
    own = {**line, "goods.nomenclature.item.id": code, "producline.suffix": suffix, **start, "statistical.indicator": "0"}
    period = {"goods.nomenclature.description.period.sid": sid}
    return [
        (INSERT, "goods.nomenclature", own),
        (INSERT, "goods.nomenclature.indents", {"goods.nomenclature.indent.sid": sid, **line, **start, "number.indents": indent, **named}),
        (INSERT, "goods.nomenclature.description.period", {**period, **line, **start, **named}),
        (INSERT, "goods.nomenclature.description", {**period, "language.id": "EN", **line, **named, "description": words}),
    ]


def area(sid: str, code: str, sort: str) -> Entry:
    """A country (sort 0) or a group of countries (sort 1)."""
    named = {"geographical.area.sid": sid, "geographical.area.id": code}
    return (INSERT, "geographical.area", {**named, "validity.start.date": "1984-01-01", "geographical.code": sort})


def member(sid: str, group: str) -> Entry:
    """A country in a group."""
    named = {"geographical.area.sid": sid, "geographical.area.group.sid": group}
    return (INSERT, "geographical.area.membership", {**named, "validity.start.date": "2004-05-01"})


def measure(sid: str, kind: str, place: str, code: str, more: dict[str, str] | None = None) -> Entry:
    """A measure of a regulation; `more` brings its additional code, order number or end."""
    more = more or {}
    fields = {"measure.sid": sid, "measure.type": kind, "geographical.area": place, "goods.nomenclature.item.id": code}
    fields |= {name: more[name] for name in ("additional.code.type", "additional.code", "ordernumber") if name in more}
    fields |= {
        "validity.start.date": "2021-01-01",
        "measure.generating.regulation.role": "1",
        "measure.generating.regulation.id": "C2100001",
    }
    fields |= {name: more[name] for name in ("validity.end.date",) if name in more}
    return (INSERT, "measure", {**fields, "stopped.flag": "0"})


def component(sid: str, expression: str, amount: str, currency: str = "", unit: str = "") -> Entry:
    """A part of the duty of a measure."""
    fields = {"measure.sid": sid, "duty.expression.id": expression, "duty.amount": amount}
    fields |= {"monetary.unit.code": currency} if currency else {}
    return (INSERT, "measure.component", fields | ({"measurement.unit.code": unit} if unit else {}))


def condition(sid: str, of: str, place: str, action: str, certificate: str = "") -> Entry:
    """A condition of a measure, satisfied by a certificate or by nothing."""
    fields = {"measure.condition.sid": sid, "measure.sid": of, "condition.code": "A", "component.sequence.number": place}
    fields |= {"action.code": action}
    shown = {"certificate.type.code": certificate[0], "certificate.code": certificate[1:]} if certificate else {}
    return (INSERT, "measure.condition", fields | shown)


def condition_component(sid: str, amount: str) -> Entry:
    """The duty that a condition applies."""
    return (INSERT, "measure.condition.component", {"measure.condition.sid": sid, "duty.expression.id": "01", "duty.amount": amount})


def small_tariff() -> list[Entry]:
    """The whole document, in the order of the records."""
    order = {"quota.order.number.sid": "71", "quota.order.number.id": "098201", "validity.start.date": "2021-01-01"}
    origin = {"quota.order.number.origin.sid": "72", "quota.order.number.sid": "71", "geographical.area.id": "2001"}
    definition = {"quota.definition.sid": "73", "quota.order.number.id": "098201", "validity.start.date": "2021-01-01"}
    definition |= {"validity.end.date": "2021-12-31", "quota.order.number.sid": "71", "volume": "5000.000", "initial.volume": "6000.000"}
    definition |= {"measurement.unit.code": "KGM", "maximum.precision": "3", "critical.state": "N", "critical.threshold": "90"}
    code = {"additional.code.sid": "81", "additional.code.type.id": "C", "additional.code": "999", "validity.start.date": "2020-01-01"}
    return [
        *goods("1", "0200000000", "80", "00", "Meat"),
        *goods("2", "0201000000", "80", "00", "Meat of bovine animals"),
        *goods("3", "0201100000", "10", "01", "Carcasses"),
        *goods("4", "0201100010", "80", "02", "Carcasses & halves, young"),
        *goods("5", "0201100090", "80", "02", "Other"),
        area("11", "1011", "1"),
        area("12", "2001", "1"),
        area("13", "AR", "0"),
        area("14", "BR", "0"),
        member("13", "12"),
        member("14", "12"),
        (INSERT, "additional.code", code),
        (INSERT, "quota.order.number", order),
        (INSERT, "quota.order.number.origin", origin | {"validity.start.date": "2021-01-01", "geographical.area.sid": "12"}),
        (INSERT, "quota.definition", definition),
        measure("101", "103", "1011", "0201000000"),
        component("101", "01", "12.800"),
        component("101", "04", "176.800", "EUR", "DTN"),
        measure("102", "143", "2001", "0201100010", {"ordernumber": "098201", "validity.end.date": "2021-12-31"}),
        component("102", "01", "0.000"),
        (INSERT, "measure.excluded.geographical.area", excluded("102", "BR", "14")),
        measure("103", "552", "1011", "0201100090", {"additional.code.type": "C", "additional.code": "999"}),
        condition("201", "103", "1", "01", "D008"),
        condition_component("201", "4.500"),
        condition("202", "103", "2", "01"),
        condition_component("202", "20.000"),
        measure("104", "109", "1011", "0201100090"),
        (INSERT, "measure.component", {"measure.sid": "104", "duty.expression.id": "99", "measurement.unit.code": "NAR"}),
    ]


def excluded(sid: str, code: str, area_sid: str) -> dict[str, str]:
    """A country that a measure leaves out."""
    return {"measure.sid": sid, "excluded.geographical.area": code, "geographical.area.sid": area_sid}
