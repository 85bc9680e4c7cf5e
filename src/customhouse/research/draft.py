"""Draft: the law as a reform would make it, beside the law in force, to be asked what it would have brought.

A draft is a whole edition of the tariff, some measures that take the place of those in force, or another regime. Since a reform begins
after the history that it is tried on, its measures are taken as if they had always been.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256

from customhouse.assessment import Law, read_regime
from customhouse.kernel import ALWAYS, Severity
from customhouse.saying import Refusal, saying
from customhouse.tariff import Measure, read_measures

EDITION, AMENDING, REGIME = "measures.csv", "amending.csv", "regime.toml"
"""What a draft may consist of: an edition in place of the whole, measures in place of some, a regime in place of the whole."""


class UnreadableDraftError(Refusal, ValueError):
    """A draft cannot be read, or changes nothing; the message says why."""


def drafted(law: Law, texts: Mapping[str, str], *, on: date | None) -> Law:
    """The law in force with the texts of a draft in place of its own, named as `EDITION`, `AMENDING` and `REGIME` are.

    The measures of the texts hold for the whole of history as they stand on the day; where none is named, as their own dates say, or
    for amending measures as they stand when the last of them has begun. Refuses with `UnreadableDraftError`, and with the error of a
    regime that cannot be read.
    """
    if not texts or texts.keys() - {EDITION, AMENDING, REGIME}:
        raise UnreadableDraftError(
            "a draft consists of {edition}, {amending} or {regime}", edition=EDITION, amending=AMENDING, regime=REGIME
        )
    if EDITION in texts:
        edition = _measures(texts[EDITION])
        law = replace(law, tariff=replace(law.tariff, measures=tuple(edition if on is None else standing(edition, on=on)), supplied=()))
    if AMENDING in texts:
        amending = _measures(texts[AMENDING])
        day = on or max((each.validity.start for each in amending if each.validity.start), default=None)
        standing_then = amending if day is None else standing(amending, on=day)
        law = replace(law, tariff=law.tariff.amended_by(standing_then))
    return replace(law, regime=read_regime(texts[REGIME])) if REGIME in texts else law


def standing(measures: Iterable[Measure], *, on: date) -> list[Measure]:
    """The measures in force on the day, as if they had always been and stayed; their seasons remain."""
    return [replace(each, validity=ALWAYS) for each in measures if each.validity.includes(on)]


def fingerprint(law: Law) -> str:
    """A digest that two laws share only if nothing of them differs."""
    parts = (law.tariff.measures, law.tariff.supplied, tuple(law.tariff.nomenclature), tuple(law.tariff.areas), law.regime)
    digest = sha256()
    for part in (*parts, tuple(law.exchange_rates)):
        digest.update(repr(part).encode())
    return digest.hexdigest()


def _measures(text: str) -> tuple[Measure, ...]:
    sheet = read_measures(text)
    errors = [each.params for each in sheet.findings if each.severity is Severity.ERROR]
    if errors:
        rows = [saying("row {row}, {column}: {what}", **each) for each in errors]
        raise UnreadableDraftError("{rows}", between="; ", rows=rows)
    if not sheet.measures:
        raise UnreadableDraftError("the draft holds no measure")
    return sheet.measures
