"""Reader: bytes of unknown origin into a document, or one clear sentence why not; hostile input costs little and leaves nothing."""

import re
from decimal import Decimal
from typing import BinaryIO

import msgspec
from lxml import etree

from customhouse.declaration import Declaration, UnmappedLeaf
from customhouse.messages import syntax
from customhouse.messages.document import ELEMENTS, Document, MetaData
from customhouse.messages.response import Response
from customhouse.messages.wco_xml import Lost, decoded, leaves, local_name
from customhouse.saying import Refusal

MAX_BYTES = 10_000_000
MAX_ELEMENTS = 400_000
MAX_ATTRIBUTES = 1_000
MAX_DEPTH = 100
_MAX_EXPONENT = 60
_DOCTYPE = re.compile(rb"<!\s*(DOCTYPE|ENTITY)", re.IGNORECASE)
_ENVELOPES = ("MetaData", "Declaration", "Response")


class UnreadableMessageError(Refusal, ValueError):
    """The bytes are no document at all: too large, not well-formed, or of a form that is refused for safety."""


def read(source: bytes | BinaryIO) -> Document:
    """The document in WCO Data Model XML or in our JSON form; refuses with `UnreadableMessageError`, saying what, where and what to do."""
    data = source if isinstance(source, bytes) else source.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise UnreadableMessageError("the message has more than {most} bytes, the most that is read: split it", most=MAX_BYTES)
    start = data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1]
    if not start:
        raise UnreadableMessageError("the message is empty: send a WCO Data Model document")
    return _read_json(data) if start == b"{" else _read_xml(data)


def _read_json(data: bytes) -> Document:
    try:
        document = msgspec.json.decode(data, type=Document)
    except RecursionError:
        raise UnreadableMessageError("the JSON is nested too deeply to be a declaration") from None
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise UnreadableMessageError("the JSON cannot be read: {error}; compare it with the published schema", error=error) from error
    if document.declaration is None and document.response is None:
        raise UnreadableMessageError("the JSON holds neither `declaration` nor `response`: put the document under one of them")
    _refuse_wild_numbers(document)
    return document


def _refuse_wild_numbers(value: object) -> None:
    """A number of absurd size costs minutes once it is computed with: stop it at the door."""
    if isinstance(value, Decimal) and (not value.is_finite() or abs(value.adjusted()) > _MAX_EXPONENT):
        raise UnreadableMessageError("the number {value} is beyond any amount or quantity: write it in plain digits", value=value)
    if isinstance(value, msgspec.Struct):
        value = tuple(getattr(value, name) for name in value.__struct_fields__)
    if isinstance(value, tuple):
        for each in value:
            _refuse_wild_numbers(each)


def _read_xml(data: bytes) -> Document:
    if _DOCTYPE.search(data.replace(b"\x00", b"")):
        raise UnreadableMessageError("the XML has a DOCTYPE or an entity declaration, which is refused: remove it")
    root = _parsed(data)
    _refuse_bombs(root)
    return _document(root)


def _parsed(data: bytes) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise UnreadableMessageError("the XML is not well-formed: {error}; mend it there and send it again", error=error.msg) from error
    except (LookupError, ValueError) as error:
        raise UnreadableMessageError("the XML cannot be decoded: {error}; send it in UTF-8", error=error) from error


def _refuse_bombs(root: etree._Element) -> None:
    count = depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        count += event == "start"
        if depth > MAX_DEPTH:
            raise UnreadableMessageError(
                "line {line}: more than {most} elements one inside the other", line=element.sourceline, most=MAX_DEPTH
            )
        if len(element.attrib) > MAX_ATTRIBUTES:
            raise UnreadableMessageError(
                "line {line}: an element with more than {most} attributes",
                line=element.sourceline,
                most=MAX_ATTRIBUTES,
            )
        if count > MAX_ELEMENTS:
            raise UnreadableMessageError("more than {most} elements: split the message", most=MAX_ELEMENTS)


def _document(root: etree._Element) -> Document:
    found = next(root.iter("{*}Declaration", "{*}Response"), None)
    outside = _outside(root, found)
    metadata = {ELEMENTS[name]: text for name, text, _ in outside if name in ELEMENTS}
    unmapped = tuple(leaf for name, _, leaf in outside if name not in ELEMENTS)
    if found is None:
        return Document(metadata=MetaData(**metadata), unmapped=unmapped, findings=(syntax.finding("SYN-07", "", element=root),))
    lost = Lost(findings=[] if local_name(str(root.tag)) in _ENVELOPES else [syntax.finding("SYN-10", "", element=root)])
    if local_name(str(found.tag)) == "Response":
        response = decoded(Response, found, lost=lost)
        return Document(
            metadata=MetaData(**metadata), response=response, unmapped=unmapped + tuple(lost.unmapped), findings=tuple(lost.findings)
        )
    declaration = msgspec.structs.replace(decoded(Declaration, found, lost=lost), unmapped=tuple(lost.unmapped))
    return Document(metadata=MetaData(**metadata), declaration=declaration, unmapped=unmapped, findings=tuple(lost.findings))


def _outside(root: etree._Element, found: etree._Element | None) -> list[tuple[str, str, UnmappedLeaf]]:
    """The leaves outside the declaration or response: name, text, and the leaf with its path from the root."""
    inside = set() if found is None else set(found.iter(etree.Element))
    outside = []
    for leaf in leaves(root):
        if leaf in inside:
            continue
        name, text = local_name(str(leaf.tag)), (leaf.text or "").strip()
        path = "/".join(local_name(str(each.tag)) for each in (*reversed(list(leaf.iterancestors())), leaf))
        attributes = {local_name(str(key)): str(value) for key, value in leaf.attrib.items()}
        outside.append((name, text, UnmappedLeaf(path, text, attributes)))
    return outside
