"""Syntax findings: what a document itself does wrong, before anything it declares is looked at."""

from types import MappingProxyType

from lxml import etree

from customhouse.declaration import Rule
from customhouse.kernel import Finding, Severity

SYNTAX_RULES = MappingProxyType(
    {
        rule.code: rule
        for rule in (
            Rule(
                "SYN-01",
                layer="syntax",
                wording="The element {element} (line {line}) has no place here; what it says is kept but not used.",
                legal_basis="WCO Data Model, class structure",
                fix="Remove the element, or write it under the class it belongs to.",
                severity=Severity.WARNING,
            ),
            Rule(
                "SYN-02",
                layer="syntax",
                wording="The element {element} (line {line}) stands here a second time; only the first is used.",
                legal_basis="WCO Data Model, cardinality",
                fix="Keep one of them.",
            ),
            Rule(
                "SYN-03",
                layer="syntax",
                wording="The element {element} (line {line}) holds text where it should hold other elements.",
                legal_basis="WCO Data Model, class structure",
                fix="Move the text into the element it is meant for.",
            ),
            Rule(
                "SYN-04",
                layer="syntax",
                wording="The element {element} (line {line}) holds other elements where it should hold a value.",
                legal_basis="WCO Data Model, data types",
                fix="Write the value alone.",
            ),
            Rule(
                "SYN-05",
                layer="syntax",
                wording="{element} (line {line}) should be a number, and {text} is none.",
                legal_basis="WCO Data Model, data types",
                fix="Write digits with at most one decimal point, without spaces or thousands separators.",
            ),
            Rule(
                "SYN-06",
                layer="syntax",
                wording="{element} (line {line}) should hold one DateTimeString with its formatCode.",
                legal_basis="UNCL 2379; WCO Data Model, data types",
                fix='Write, for a day, <DateTimeString formatCode="102">20260131</DateTimeString>.',
            ),
            Rule(
                "SYN-07",
                layer="syntax",
                wording="The document is not a WCO Data Model message: its root is {element}.",
                legal_basis="WCO Data Model, document metadata",
                fix="Send a MetaData document with a Declaration or a Response inside.",
            ),
            Rule(
                "SYN-09",
                layer="syntax",
                wording="{element} is {length} characters long; the most it may have is {limit}.",
                legal_basis="WCO Data Model, element formats",
                fix="Shorten it.",
            ),
            Rule(
                "SYN-10",
                layer="syntax",
                wording="The document is wrapped in {element} (line {line}), which is no part of it; what is inside was read.",
                legal_basis="WCO Data Model, document metadata",
                fix="Send the MetaData document alone.",
                severity=Severity.INFORMATION,
            ),
            Rule(
                "SYN-11",
                layer="syntax",
                wording="The amendment does not say what it changes: it has no Amendment with a Pointer.",
                legal_basis="WCO Data Model, class Amendment; RKC GA 3.27",
                fix="Name each part that changes by an Amendment with its reason and its pointer.",
            ),
            Rule(
                "SYN-12",
                layer="syntax",
                wording="The pointer {text} names no part that a declaration could have.",
                legal_basis="WCO Data Model, class Pointer",
                fix="Write the class and tag numbers of the WCO Data Model, from the declaration (42A) down.",
            ),
        )
    }
)


def finding(code: str, pointer: str, *, element: etree._Element) -> Finding:
    """A syntax finding about one element, with its name, its line and the start of its text."""
    name = etree.QName(element).localname
    text = (element.text or "").strip()[:60]
    params = {"element": name, "line": str(element.sourceline), "text": text}
    return Finding(code=code, pointer=pointer, severity=SYNTAX_RULES[code].severity, params=params)


def finding_in_words(code: str, pointer: str, *, text: str = "") -> Finding:
    """A syntax finding that no element of the document shows."""
    return Finding(code=code, pointer=pointer, severity=SYNTAX_RULES[code].severity, params={"text": text})
