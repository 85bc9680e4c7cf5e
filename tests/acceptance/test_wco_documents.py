"""Real WCO Data Model documents: each leaf is kept, nearly all are mapped, what the schema refuses gets a finding with its place."""

from collections import Counter
from functools import cache
from pathlib import Path

import msgspec
import pytest
from lxml import etree

from customhouse import messages
from customhouse.declaration import Amount, Measure, StampedTime
from customhouse.messages import Document, UnreadableMessageError

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
SCHEMAS = DATA / "wco_dm_xsd" / "3.0" / "schemas" / "wco"
DECLARATION = "{urn:wco:datamodel:WCO:DEC-DMS:2}Declaration"

pytestmark = pytest.mark.skipif(not DATA.is_dir(), reason="the collection of real documents is not beside the checkout")


def documents() -> list[Path]:
    return sorted((*DATA.glob("wco_dm_xml/**/*.xml"), *DATA.glob("cds/declarations/**/*.xml")))


def notifications() -> list[Path]:
    return sorted((*DATA.glob("wco_dm_xml/**/*.xml"), *DATA.glob("cds/notifications/**/*.xml")))


@cache
def schema(name: str) -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMAS / name / "_driver.xsd"))


def parsed(path: Path) -> etree._Element | None:
    try:
        return etree.parse(path).getroot()
    except etree.XMLSyntaxError:
        return None


def leaf_texts(root: etree._Element) -> Counter[str]:
    """The texts of all leaves of the document, attributes besides those that only locate schemas included."""
    texts: Counter[str] = Counter()
    for element in root.iter(etree.Element):
        if next(element.iterchildren(etree.Element), None) is None:
            texts["".join(element.itertext(tag=etree.Element)).strip() or (element.text or "").strip()] += 1
        for name, value in element.attrib.items():
            if "XMLSchema-instance" not in name:
                texts[value] += 1
    return texts


def value_texts(value: object) -> Counter[str]:
    """The same texts as a parsed value holds them."""
    texts: Counter[str] = Counter()
    if isinstance(value, Amount | Measure | StampedTime):
        texts.update(str(each) for each in msgspec.structs.astuple(value) if each is not None)
    elif isinstance(value, msgspec.Struct):
        held = [getattr(value, name) for name in value.__struct_fields__ if name not in ("findings", "unmapped")]
        if all(each is None or each == () for each in held):
            texts[""] += 1
        for each in held:
            texts += value_texts(each)
    elif isinstance(value, tuple):
        for each in value:
            texts += value_texts(each)
    elif value is not None:
        texts[str(value)] += 1
    return texts


def unmapped_texts(document: Document) -> Counter[str]:
    texts: Counter[str] = Counter()
    for leaf in document.unmapped + (document.declaration.unmapped if document.declaration else ()):
        texts[leaf.text] += 1
        texts.update(leaf.attributes.values())
    return texts


def numbers_made_plain(texts: Counter[str]) -> Counter[str]:
    """Numbers compared as numbers: 007 and 7 are one."""
    plain: Counter[str] = Counter()
    for text, count in texts.items():
        plain[(text.lstrip("0") or "0") if text.isdigit() else text] += count
    return plain


def accepted() -> list[tuple[Path, etree._Element]]:
    found = []
    for path in sorted({*documents(), *notifications()}):
        root = parsed(path)
        if root is None:
            continue
        if any(schema(name).validate(root) for name in ("declaration", "notification")) or root.tag == "MetaData":
            found.append((path, root))
    return found


def test_every_leaf_is_kept_and_at_least_95_of_100_are_mapped() -> None:
    kept = mapped = total = 0
    lost: list[tuple[str, Counter[str]]] = []
    for path, root in accepted():
        document = messages.read(path.read_bytes())
        there = numbers_made_plain(leaf_texts(root))
        held = numbers_made_plain(value_texts(document))
        aside = numbers_made_plain(unmapped_texts(document))
        missing = there - (held + aside)
        total += there.total()
        kept += there.total() - missing.total()
        mapped += (there - aside).total()
        if missing:
            lost.append((path.name, missing))
    print(f"{len(accepted())} documents, {total} leaves: {kept} kept, {mapped} mapped ({mapped / total:.2%})")
    assert lost == []
    assert mapped / total >= 0.95


def test_what_the_schema_refuses_gets_a_finding_that_names_the_place() -> None:
    silent = []
    refused = 0
    for path in documents():
        root = parsed(path)
        if root is not None and (schema("declaration").validate(root) or etree.QName(root).namespace is None):
            continue
        refused += 1
        try:
            document = messages.read(path.read_bytes())
        except UnreadableMessageError as unreadable:
            if "line" not in str(unreadable):
                silent.append((path.name, str(unreadable)))
            continue
        if not any(finding.pointer or finding.params.get("line") for finding in document.findings):
            log = schema("declaration").error_log
            silent.append((path.name, str(log[0].message if len(log) else "")))
    print(f"{refused} documents refused by the schema, each with a finding: {not silent}")
    assert silent == []


def test_what_is_written_is_what_the_schema_accepts() -> None:
    written = refused = 0
    for path, root in accepted():
        if next(root.iter(DECLARATION), None) is None:
            continue
        document = messages.read(path.read_bytes())
        if document.declaration is None or document.declaration.unmapped:
            continue
        written += 1
        again = messages.render_xml(document)
        if not schema("declaration").validate(etree.fromstring(again)):
            refused += 1
        assert messages.read(again).declaration == document.declaration
    print(f"{written} declarations written again, {refused} refused by the schema")
    assert refused == 0
