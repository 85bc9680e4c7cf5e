"""Publication: what everybody may read of a ruling (TFA 3.8): no holder, and no word that the applicant marked as confidential.

What is secret is kept by its words: each word of a marked passage or a confidential field is blotted out wherever it stands, also in what
the officers wrote, unless the applicant himself used it openly. Words that carry no meaning ("of", "the") stay.
"""

import re
from collections.abc import Iterable, Iterator
from datetime import date

import msgspec

from customhouse.tariff.classification import words
from customhouse.tariff.interpretation import read_aloud
from customhouse.tariff.register.issued import issued
from customhouse.tariff.ruling import Application, Case, Decision
from customhouse.tariff.ruling.application import MARKED
from customhouse.tariff.ruling.scope import Scope

BLOT = "[…]"
_WORD = re.compile(r"[^\W_]+")
_BLOTS = re.compile(re.escape(BLOT) + r"(?:[\s,;.:/-]*" + re.escape(BLOT) + ")+")
_NEVER_PUBLISHED = ("applicant", "enclosures", "prior_rulings", "proceedings")
_NO_TEXT = ("scope", "confidential", "office")


class Published(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A ruling as the register shows it; the reasoning is a sentence a rule."""

    reference: str
    office: str
    code: str
    goods: str
    reasons: str
    start: date
    scope: Scope = Scope.CLASSIFICATION
    origin: str = ""
    end: date | None = None
    grace_until: date | None = None
    annulled: bool = False
    edition: str = ""
    keywords: tuple[str, ...] = ()
    reasoning: tuple[str, ...] = ()


def published(case: Case, application: Application, *, decision: Decision) -> Published:
    """The form of a ruling that leaves the house."""
    hidden = secret_words(application)
    ruling = issued(case, application, decision=decision)
    return Published(
        reference=ruling.reference,
        office=ruling.office,
        code=ruling.code,
        goods=_blotted(decision.goods, hidden),
        reasons=_blotted(decision.reasons, hidden),
        start=ruling.start,
        scope=ruling.scope,
        origin="" if "origin" in application.confidential else decision.origin,
        end=ruling.end,
        grace_until=ruling.grace_until,
        annulled=ruling.annulled,
        edition=decision.edition,
        keywords=tuple(each for each in decision.keywords if _blotted(each, hidden) == each),
        reasoning=tuple(_blotted(each, hidden) for each in read_aloud(decision.walk)) if decision.walk else (),
    )


def secret_words(application: Application) -> frozenset[str]:
    """The words that must not leave, in the form in which they are compared."""
    told = {name: text for name, text in msgspec.structs.asdict(application).items() if name not in _NO_TEXT}
    closed = {name for name in told if name in application.confidential or name in _NEVER_PUBLISHED}
    secret = {word for name in closed for text in _texts(told[name]) for word in _keys(text)}
    marked = {word for text in told.values() for each in _texts(text) for span in MARKED.findall(each) for word in _keys(span)}
    used_openly = {word for name in told.keys() - closed for text in _texts(told[name]) for word in _keys(MARKED.sub(" ", text))}
    return frozenset((secret | marked) - used_openly)


def _texts(value: object) -> Iterator[str]:
    """Every text in a field, also where it holds several."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, msgspec.Struct):
        yield from _texts(msgspec.structs.astuple(value))
    elif isinstance(value, Iterable):
        for each in value:
            yield from _texts(each)


def _keys(text: str) -> Iterator[str]:
    return (key for word in _WORD.findall(text) if (key := _key(word)))


def _key(word: str) -> str:
    """A word as it is compared: case, accents and plural folded; nothing for a word that carries no meaning."""
    return " ".join(words(word.casefold())) or ("" if word.isascii() else word.casefold())


def _blotted(text: str, hidden: frozenset[str]) -> str:
    plain = MARKED.sub(BLOT, text)
    return _BLOTS.sub(BLOT, _WORD.sub(lambda found: BLOT if _key(found.group()) in hidden else found.group(), plain))
