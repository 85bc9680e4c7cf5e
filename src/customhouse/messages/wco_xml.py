"""WCO Data Model XML: elements into values and back, by the table of names, without losing a leaf."""

import re
import types
import typing
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cache

import msgspec
from lxml import etree

from customhouse.declaration import Amount, Measure, StampedTime, UnmappedLeaf
from customhouse.kernel import Finding
from customhouse.messages import syntax
from customhouse.messages.length import LONGEST
from customhouse.messages.wco_names import StructType, fields_by_path, unit_attribute

_NUMBER = re.compile(r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})", re.ASCII)
StructT = typing.TypeVar("StructT", bound=msgspec.Struct)
_XSI = "{http://www.w3.org/2001/XMLSchema-instance}"


@dataclass(slots=True)
class Lost:
    """What did not find a field while one document was read, and what is wrong with it."""

    unmapped: list[UnmappedLeaf] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    def whole(self, element: etree._Element, code: str) -> None:
        """Keep every leaf of an element that the model has no place for."""
        self.findings.append(syntax.finding(code, path_of(element), element=element))
        for leaf in leaves(element):
            self.unmapped.append(UnmappedLeaf(path_of(leaf), (leaf.text or "").strip(), _plain(leaf)))

    def attribute(self, element: etree._Element, name: str, *, value: str) -> None:
        """Keep an attribute that the model has no place for."""
        self.unmapped.append(UnmappedLeaf(f"{path_of(element)}/@{etree.QName(name).localname}", value))


def local_name(tag: str) -> str:
    """The name of an element without its namespace."""
    return tag.rpartition("}")[2]


def leaves(element: etree._Element) -> Iterator[etree._Element]:
    """The elements below that have no element inside, in document order; the element itself if it is one."""
    return (each for each in element.iter(etree.Element) if next(each.iterchildren(etree.Element), None) is None)


def path_of(element: etree._Element) -> str:
    """The path from the declaration or response down to an element, counting those of one name that stand side by side."""
    steps: list[str] = []
    here: etree._Element | None = element
    while here is not None and local_name(str(here.tag)) not in ("Declaration", "Response"):
        steps.append(_step(here))
        here = here.getparent()
    return "/".join(reversed(steps))


def _step(element: etree._Element) -> str:
    before = sum(1 for _ in element.itersiblings(element.tag, preceding=True))
    alone = before == 0 and next(element.itersiblings(element.tag), None) is None
    return local_name(str(element.tag)) if alone else f"{local_name(str(element.tag))}[{before + 1}]"


def _plain(element: etree._Element) -> dict[str, str]:
    return {local_name(str(name)): str(value) for name, value in element.attrib.items() if not str(name).startswith(_XSI)}


@dataclass(frozen=True, slots=True)
class Slot:
    """Where one element goes: the field, the type of its value, whether it repeats, or the slots of a class kept as one field."""

    field: str
    kind: type
    repeats: bool = False
    inner: "dict[str, Slot] | None" = None


@cache
def slots_of(struct: StructType) -> dict[str, Slot]:
    """The slots of a class by element name, in schema order."""
    hints = typing.get_type_hints(struct)
    slots: dict[str, Slot] = {}
    for path, name in fields_by_path(struct).items():
        _place(slots, path.split("/"), _slot(name, hints[name]))
    return slots


def _place(slots: dict[str, Slot], steps: list[str], slot: Slot) -> None:
    if len(steps) == 1:
        slots[steps[0]] = slot
        return
    outer = slots.setdefault(steps[0], Slot("", type(None), inner={}))
    assert outer.inner is not None, f"{steps[0]} is both a class and a leaf"
    _place(outer.inner, steps[1:], slot)


def _slot(name: str, hint: object) -> Slot:
    if typing.get_origin(hint) is tuple:
        return Slot(name, typing.get_args(hint)[0], repeats=True)
    kinds = [each for each in typing.get_args(hint) if each is not types.NoneType]
    return Slot(name, kinds[0] if kinds else typing.cast("type", hint))


def decoded(struct: type[StructT], element: etree._Element, *, lost: Lost) -> StructT:
    """The value of one element and all below it."""
    values: dict[str, object] = {}
    _collect(slots_of(struct), element, values, lost)
    return struct(**{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()})


def _collect(slots: dict[str, Slot], element: etree._Element, values: dict[str, object], lost: Lost) -> None:
    for child in element.iterchildren(etree.Element):
        slot = slots.get(local_name(child.tag))
        if slot is None:
            lost.whole(child, "SYN-01")
        elif slot.inner is not None:
            _collect(slot.inner, child, values, lost)
        elif slot.repeats:
            typing.cast("list[object]", values.setdefault(slot.field, [])).append(_value(slot.kind, child, lost))
        elif slot.field in values:
            lost.whole(child, "SYN-02")
        elif (value := _value(slot.kind, child, lost)) is not None:
            values[slot.field] = value
    _note_strays(element, lost)


def _note_strays(element: etree._Element, lost: Lost) -> None:
    """Text and attributes on an element that should only hold others."""
    if element.text and (text := element.text.strip()):
        lost.findings.append(syntax.finding("SYN-03", path_of(element), element=element))
        lost.unmapped.append(UnmappedLeaf(path_of(element), text))
    for name, value in element.attrib.items():
        if not str(name).startswith(_XSI):
            lost.attribute(element, str(name), value=str(value))


def _value(kind: type, element: etree._Element, lost: Lost) -> object:
    if kind is StampedTime:
        return _time(element, lost)
    if not issubclass(kind, msgspec.Struct) or kind in (Amount, Measure):
        return _leaf(kind, element, lost)
    return decoded(kind, element, lost=lost)


def _leaf(kind: type, element: etree._Element, lost: Lost) -> object:
    if len(element) and next(element.iterchildren(etree.Element), None) is not None:
        lost.whole(element, "SYN-04")
        return None
    text = _text(element)
    unit = unit_attribute(kind) if kind in (Amount, Measure) else None
    for name, attribute in element.attrib.items():
        if name != unit and not str(name).startswith(_XSI):
            lost.attribute(element, str(name), value=str(attribute))
    if kind is str:
        _note_length(element, text, lost)
        return text
    if not _NUMBER.fullmatch(text) or (kind is int and not text.lstrip("+-").isdigit()):
        lost.whole(element, "SYN-05")
        return None
    if unit is None:
        return kind(text)
    return kind(Decimal(text), element.get(unit))


def _note_length(element: etree._Element, text: str, lost: Lost) -> None:
    parent = element.getparent()
    limit = LONGEST.get((local_name(str(parent.tag)), local_name(str(element.tag)))) if parent is not None else None
    if limit is not None and len(text) > limit:
        found = syntax.finding("SYN-09", path_of(element), element=element)
        lost.findings.append(msgspec.structs.replace(found, params={**found.params, "length": str(len(text)), "limit": str(limit)}))


def _text(element: etree._Element) -> str:
    """The text of a leaf, comments inside it left out."""
    if len(element):
        return "".join(element.xpath("text()")).strip()  # type: ignore[arg-type]
    return (element.text or "").strip()


def _time(element: etree._Element, lost: Lost) -> StampedTime | None:
    children = list(element.iterchildren(etree.Element))
    if [local_name(child.tag) for child in children] != ["DateTimeString"] or len(children[0]):
        lost.whole(element, "SYN-06")
        return None
    for name, value in children[0].attrib.items():
        if name != "formatCode":
            lost.attribute(children[0], str(name), value=str(value))
    return StampedTime((children[0].text or "").strip(), children[0].get("formatCode"))


def encode(value: msgspec.Struct, element: etree._Element, *, times: str) -> None:
    """Write a value's fields below an element, in schema order; `times` is the namespace of date strings."""
    _write(slots_of(type(value)), value, element, times=times)


def _write(slots: dict[str, Slot], value: msgspec.Struct, element: etree._Element, *, times: str) -> None:
    for name, slot in slots.items():
        if slot.inner is not None:
            group = etree.Element(_beside(element, name))
            _write(slot.inner, value, group, times=times)
            if len(group):
                element.append(group)
            continue
        held = getattr(value, slot.field)
        for each in held if slot.repeats else () if held is None else (held,):
            _write_one(each, etree.SubElement(element, _beside(element, name)), times=times)


def _write_one(value: object, element: etree._Element, *, times: str) -> None:
    if isinstance(value, StampedTime):
        child = etree.SubElement(element, f"{{{times}}}DateTimeString")
        child.text = value.text
        if value.format_code is not None:
            child.set("formatCode", value.format_code)
    elif isinstance(value, Amount | Measure):
        element.text = f"{value.value:f}"
        unit = value.currency if isinstance(value, Amount) else value.unit
        if unit is not None:
            element.set(unit_attribute(type(value)), unit)
    elif isinstance(value, msgspec.Struct):
        encode(value, element, times=times)
    else:
        element.text = f"{value:f}" if isinstance(value, Decimal) else str(value)


def _beside(element: etree._Element, name: str) -> str:
    return f"{{{etree.QName(element).namespace}}}{name}"
