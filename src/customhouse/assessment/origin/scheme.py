"""Scheme: rules of origin as a government publishes them in JSON, read into agreements.

A rule becomes a criterion where its class (`{{CTH}}` in the text, or a list beside it) stands with the plain words of that class or with
none; every other stays the text it is, to be answered with yes or no, and is never computed. So do rules joined in a way that the file does
not tell. Where several rules are for parts of the same codes, each begins with the statement that the goods are of that part.
"""

import html
import json
import re
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import msgspec
from msgspec import Struct

from customhouse.assessment.origin.agreement import Agreement, ProductRule, ProofKind, UnreadableAgreementError
from customhouse.assessment.origin.hs_range import HsRange, UnreadableCodeError, read_range
from customhouse.assessment.origin.rule import Statement
from customhouse.assessment.origin.rule_text import render

_CLASS = re.compile(r"\{\{([^}]*)\}\}")
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_PLACE = re.compile(r"(ex\s+)?(?:(?:sub)?headings?|chapters?)?\s*(\d[\d.\s]*?)(?:\s*(?:-|to)\s*(\d[\d.\s]*?))?\s*", re.IGNORECASE)
_OF_ANY = "manufacture from materials of any {}, except that of the product"
_PLAIN = {
    "CC": ("CC", {_OF_ANY.format("chapter"), "a change to any other chapter", "a change from any other chapter", "cc"}),
    "CTH": ("CTH", {_OF_ANY.format("heading"), "a change to any other heading", "a change from any other heading", "cth"}),
    "CTSH": ("CTSH", {_OF_ANY.format("subheading"), "a change to any other subheading", "a change from any other subheading", "ctsh"}),
    "WO": ("WO", {"wholly obtained", "wo"}),
    "PE": ("PE", {"pe"}),
    "AH": ("any heading", {"manufacture from materials of any heading"}),
}
_NINES, _ZEROS = "9" * 10, "0" * 10
_CODE_DIGITS, _FINEST = 10, 6


class _Rule(Struct, frozen=True):
    heading: str | None = ""
    description: str | None = ""
    rule: str | None = ""
    alternate_rule: str | None = ""


class _SetRule(Struct, frozen=True, rename={"classes": "class"}):
    rule: str | None = ""
    classes: tuple[str, ...] = ()
    operator: str | None = None


class _RuleSet(Struct, frozen=True):
    min: str | None = None
    max: str | None = None
    subdivision: str | None = ""
    rules: tuple[_SetRule, ...] = ()
    valid: bool = True


class _Proof(Struct, frozen=True):
    id: str
    summary: str = ""


class _Scheme(Struct, frozen=True):
    scheme_code: str
    title: str = ""
    countries: tuple[str, ...] = ()
    rules: tuple[_Rule, ...] = ()
    proofs: tuple[_Proof, ...] = ()
    rule_sets: tuple[_RuleSet, ...] = ()


class _Published(NamedTuple):
    """The alternatives for some codes, and the part of the codes that they are for, where they are not for all."""

    codes: str
    part: str
    is_partial: bool
    alternatives: tuple[str, ...]


def read_schemes(text: str, *, party: str, hs_edition: str = "") -> dict[str, Agreement]:
    """The agreements of a list of schemes by their code; `party` is the publishing territory.

    A file of the rule sets of one scheme alone gives one agreement, `scheme`, with any party. Refuses with `UnreadableAgreementError`.
    """
    try:
        told = json.loads(text)
        alone = isinstance(told, dict) and "rule_sets" in told
        schemes = msgspec.convert([told | {"scheme_code": "scheme", "countries": ["*"]}] if alone else told, tuple[_Scheme, ...])
    except (ValueError, RecursionError) as error:
        raise UnreadableAgreementError("no list of schemes of rules of origin: {error}", error=error) from error
    return {each.scheme_code: _agreement(each, party, hs_edition) for each in schemes}


def _agreement(scheme: _Scheme, party: str, hs_edition: str) -> Agreement:
    published = [each for each in (*map(_of_heading, scheme.rules), *map(_of_set, scheme.rule_sets)) if each and each.alternatives]
    by_codes: dict[str, list[_Published]] = defaultdict(list)
    for each in published:
        by_codes[each.codes].append(each)
    rules = tuple(ProductRule(codes=(codes,), alternatives=_alternatives(found)) for codes, found in by_codes.items())
    proofs = tuple(ProofKind(type=each.id, title=each.summary) for each in scheme.proofs)
    parties = (party, *(each for each in scheme.countries if each != party))
    return Agreement(name=scheme.scheme_code, title=scheme.title, parties=parties, hs_edition=hs_edition, rules=rules, proofs=proofs)


def _alternatives(found: list[_Published]) -> tuple[str, ...]:
    """One set for the whole codes as it is; parts of the codes each under the statement that the goods are of that part."""
    if len({each.part for each in found}) == 1 and not any(each.is_partial for each in found):
        return tuple(dict.fromkeys(text for each in found for text in each.alternatives))
    stated = ((render(Statement(f"The goods are: {each.part}")), text) for each in found for text in each.alternatives)
    return tuple(dict.fromkeys(f"{part} and ({text})" for part, text in stated))


def _of_heading(rule: _Rule) -> _Published | None:
    """The rule of a heading in words; nothing where its heading is no code."""
    place = _PLACE.fullmatch(_plain(rule.heading or ""))
    if not place:
        return None
    ex, *ends = place.groups()
    first, last = (re.sub(r"[.\s]", "", each or "") for each in ends)
    try:
        codes = str(read_range(f"{first.zfill(2)}-{(last or first).zfill(2)}"))
    except UnreadableCodeError:
        return None
    texts = (_text(each, _CLASS.findall(each)) for each in (rule.rule, rule.alternate_rule) if each)
    return _Published(codes, _plain(rule.description or ""), bool(ex), tuple(dict.fromkeys(texts)))


def _of_set(each: _RuleSet) -> _Published | None:
    """A set of rules between two codes of ten digits; where nothing says how its rules are joined, they are one statement."""
    first, last = each.min or "", each.max or ""
    is_range = first.isdecimal() and last.isdecimal() and len(first) == len(last) == _CODE_DIGITS and first <= last
    if not each.valid or not each.rules or not is_range:
        return None
    level = next((level for level in (2, 4, 6) if first[level:] == _ZEROS[level:] and last[level:] == _NINES[level:]), None)
    digits = level or _FINEST
    codes = str(HsRange(first[:digits], last[:digits]))
    if len(each.rules) == 1 or sum(rule.operator == "or" for rule in each.rules) >= len(each.rules) - 1:
        texts = tuple(dict.fromkeys(_text(rule.rule or "", rule.classes) for rule in each.rules))
    else:
        joined = " ".join(f"{_plain(rule.rule or '')} {rule.operator or ''}".strip() for rule in each.rules)
        texts = (render(Statement(joined)),)
    return _Published(codes, _plain(each.subdivision or ""), level is None, texts)


def _text(published: str, classes: Sequence[str]) -> str:
    """The compact text of one published rule: computed where its class says all of it, else a statement."""
    named, prose = [each.strip().upper() for each in classes], _plain(published)
    if len(named) == 1 and named[0] in _PLAIN:
        text, words = _PLAIN[named[0]]
        if prose.casefold().strip(" .;") in words | {""}:
            return text
    return render(Statement(prose or " ".join(named)))


def _plain(published: str) -> str:
    """The words alone, without marks of pages."""
    words = html.unescape(re.sub(r"<[^>]*>", " ", published))
    return " ".join(_LINK.sub(r"\1", _CLASS.sub("", words)).replace("**", "").split())
