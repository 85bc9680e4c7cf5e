"""Writer: a document as WCO Data Model XML, or as our JSON form of the same model."""

from typing import cast

import msgspec
from lxml import etree

from customhouse.declaration import UnmappedLeaf
from customhouse.messages.document import ELEMENTS, Document
from customhouse.messages.wco_xml import encode

_METADATA = "urn:wco:datamodel:WCO:DocumentMetaData-DMS:2"
_DECLARATION = "urn:wco:datamodel:WCO:DEC-DMS:2"
_DECLARATION_TIMES = "urn:wco:datamodel:WCO:Declaration_DS:DMS:2"
_RESPONSE = "urn:wco:datamodel:WCO:RES-DMS:2"
_RESPONSE_TIMES = "urn:wco:datamodel:WCO:Response_DS:DMS:2"


def render_json(document: Document) -> bytes:
    """The document in our JSON form: the model's own field names, numbers as strings, nothing that is empty; findings stay out."""
    return msgspec.json.encode(msgspec.structs.replace(document, findings=()))


def render_xml(document: Document) -> bytes:
    """The document as WCO Data Model XML in UTF-8, elements in schema order.

    What the model had no field for is written back at its path inside the declaration; what stood outside it is not.
    """
    root = etree.Element(f"{{{_METADATA}}}MetaData", nsmap={"md": _METADATA})
    for element, name in ELEMENTS.items():
        text = getattr(document.metadata, name)
        if text is not None:
            etree.SubElement(root, f"{{{_METADATA}}}{element}").text = text
    if document.response is not None:
        answer = etree.SubElement(root, f"{{{_RESPONSE}}}Response", nsmap=_prefixes(_RESPONSE, _RESPONSE_TIMES))
        encode(document.response, answer, times=_RESPONSE_TIMES)
    if document.declaration is not None:
        declared = etree.SubElement(root, f"{{{_DECLARATION}}}Declaration", nsmap=_prefixes(_DECLARATION, _DECLARATION_TIMES))
        encode(document.declaration, declared, times=_DECLARATION_TIMES)
        for leaf in document.declaration.unmapped:
            _put_back(leaf, declared)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8")


def _prefixes(default: str, times: str) -> dict[str, str]:
    return cast("dict[str, str]", {None: default, "ds": times})


def _put_back(leaf: UnmappedLeaf, declaration: etree._Element) -> None:
    here = declaration
    *steps, last = leaf.path.split("/")
    for step in steps:
        here = _step(step, here)
    if last.startswith("@"):
        here.set(last[1:], leaf.text)
        return
    element = _step(last, here)
    element.text = leaf.text
    for name, value in leaf.attributes.items():
        element.set(name, value)


def _step(step: str, parent: etree._Element) -> etree._Element:
    """The child that a step of a path names, made with those before it if it is not there."""
    name, _, position = step.partition("[")
    place = int(position.rstrip("]") or 1)
    tag = f"{{{etree.QName(parent).namespace}}}{name}"
    same = parent.findall(tag)
    while len(same) < place:
        same.append(etree.SubElement(parent, tag))
    return same[place - 1]
