"""TARIC3 document: the envelope in which the European Union and others exchange tariff records, read as a stream.

An envelope holds transactions, a transaction messages, a message one record with its update type: 1 update, 2 delete, 3 insert
(TARIC3 message specification). No more than one message is held in memory.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import IO

from lxml import etree

from customhouse.tariff.loading.source import UnreadableSourceError

_TECHNICAL = {"transaction.id", "record.code", "subrecord.code", "record.sequence.number", "update.type"}
_HOLDERS = {"app.message", "transaction", "transmission"}


class Update(StrEnum):
    """What a message does with its record."""

    UPDATE = "1"
    DELETE = "2"
    INSERT = "3"


@dataclass(frozen=True, slots=True)
class Record:
    """One record: its place in the document, what is done with it, its name and its fields by theirs."""

    place: int
    update: Update
    name: str
    fields: dict[str, str]


def read_records(stream: IO[bytes]) -> Iterator[Record]:
    """The records of a document, in order; refuses with `UnreadableSourceError` what is no such document, or brings a DOCTYPE."""
    place = 0
    try:
        parsing = etree.iterparse(
            stream, events=("start", "end"), resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
        )
        for event, element in parsing:
            name = _local(element)
            if event == "start":
                if element.getparent() is None:
                    _refuse_foreign(element, name)
            elif name == "record":
                place += 1
                yield _record(element, place)
                element.clear()
            elif name in _HOLDERS:
                _let_go(element)
    except etree.XMLSyntaxError as error:
        raise UnreadableSourceError("the file is not well-formed XML: {error}", error=error) from error


def _refuse_foreign(root: etree._Element, name: str) -> None:
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableSourceError("the file has a DOCTYPE, which no TARIC3 document brings")
    if name != "envelope":
        raise UnreadableSourceError("the file is no TARIC3 envelope: its root is {name}", name=name)


def _record(element: etree._Element, place: int) -> Record:
    technical: dict[str, str] = {}
    held: etree._Element | None = None
    for child in element.iterchildren(etree.Element):
        name = _local(child)
        if name in _TECHNICAL:
            technical[name] = (child.text or "").strip()
        else:
            held = child
    try:
        update = Update(technical.get("update.type", ""))
    except ValueError:
        raise UnreadableSourceError(
            "record {place}: the update type is {kind!r}, not 1, 2 or 3", place=place, kind=technical.get("update.type")
        ) from None
    if held is None:
        raise UnreadableSourceError("record {place} is empty", place=place)
    return Record(place, update, _local(held), {_local(each): (each.text or "").strip() for each in held.iterchildren(etree.Element)})


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _let_go(element: etree._Element) -> None:
    """Forget an element that is done with, and those before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
