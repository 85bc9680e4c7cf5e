"""Scheme: rules of origin as a government publishes them in JSON, read into agreements.

A rule that carries a class in double braces (`{{CC}}`, `{{CTH}}`, `{{WO}}`, ...) and no qualifying words becomes that criterion; every
other rule stays the text it is, to be answered with yes or no, and is never computed.
"""

import html
import json
import re
from collections import defaultdict

import msgspec
from msgspec import Struct

from customhouse.assessment.origin.agreement import Agreement, ProductRule, ProofKind, UnreadableAgreementError
from customhouse.assessment.origin.hs_range import UnreadableCodeError, read_range
from customhouse.assessment.origin.rule import Statement
from customhouse.assessment.origin.rule_text import render

_CLASS = re.compile(r"\{\{([^}]*)\}\}")
_PLAIN = {"CC": "CC", "CTH": "CTH", "CTSH": "CTSH", "WO": "WO", "PE": "PE"}
_PLACE = re.compile(r"(?:(?:sub)?headings?|chapters?|ex)?\s*(\d[\d.\s]*?)(?:\s*(?:-|to|and)\s*(\d[\d.\s]*?))?\s*", re.IGNORECASE)


class _Rule(Struct, frozen=True):
    heading: str | None = ""
    description: str | None = ""
    rule: str | None = ""
    alternate_rule: str | None = ""


class _Proof(Struct, frozen=True):
    id: str
    summary: str = ""


class _Scheme(Struct, frozen=True):
    scheme_code: str
    title: str = ""
    countries: tuple[str, ...] = ()
    rules: tuple[_Rule, ...] = ()
    proofs: tuple[_Proof, ...] = ()


def read_schemes(text: str, *, party: str, hs_edition: str = "") -> dict[str, Agreement]:
    """The agreements of a list of schemes by their code; `party` is the publishing territory. Refuses with `UnreadableAgreementError`."""
    try:
        schemes = msgspec.convert(json.loads(text), tuple[_Scheme, ...])
    except (ValueError, RecursionError) as error:
        raise UnreadableAgreementError(f"no list of schemes of rules of origin: {error}") from error
    return {each.scheme_code: _agreement(each, party, hs_edition) for each in schemes}


def rule_text(published: str) -> str:
    """The compact text of one published rule: computed where its class says all of it, else a statement."""
    plain = html.unescape(re.sub(r"<[^>]*>", " ", published)).replace("\xa0", " ")
    classes = [each.strip().upper() for each in _CLASS.findall(plain)]
    prose = " ".join(_CLASS.sub("", plain).split())
    if len(classes) == 1 and classes[0] in _PLAIN and _says_no_more(prose):
        return _PLAIN[classes[0]]
    return render(Statement(prose or " ".join(classes)))


def _says_no_more(prose: str) -> bool:
    """Whether the words beside a class are the plain name of it, or none."""
    return prose.casefold().strip(" .;") in {
        "",
        "wholly obtained",
        "a change to any other chapter",
        "a change from any other chapter",
        "a change from any other heading",
        "a change from any other subheading",
        "change in chapter",
        "change in tariff heading",
        "change in tariff subheading",
        "cc",
        "cth",
        "ctsh",
    }


def _agreement(scheme: _Scheme, party: str, hs_edition: str) -> Agreement:
    found: dict[str, list[str]] = defaultdict(list)
    for each in scheme.rules:
        codes = _codes(html.unescape(each.heading or ""))
        for published in (each.rule, each.alternate_rule):
            if codes and published and (text := rule_text(published)) not in found[codes]:
                found[codes].append(text)
    rules = tuple(ProductRule(codes=(codes,), alternatives=tuple(texts)) for codes, texts in found.items() if texts)
    proofs = tuple(ProofKind(type=each.id, title=each.summary) for each in scheme.proofs)
    parties = (party, *(each for each in scheme.countries if each != party))
    return Agreement(name=scheme.scheme_code, title=scheme.title, parties=parties, hs_edition=hs_edition, rules=rules, proofs=proofs)


def _codes(heading: str) -> str:
    """The range that a published heading names, or nothing where it is none."""
    place = _PLACE.fullmatch(heading.replace("\xa0", " ").strip())
    if not place:
        return ""
    first, last = (re.sub(r"[.\s]", "", each or "") for each in place.groups())
    try:
        return str(read_range(f"{first.zfill(2)}-{(last or first).zfill(2)}"))
    except UnreadableCodeError:
        return ""
