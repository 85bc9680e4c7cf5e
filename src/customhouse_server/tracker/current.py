"""Current: the agreements as data, read once in each process, and what is known of this installation today."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache, lru_cache
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse

from customhouse import pipeline
from customhouse.performance import EventStore, indicator
from customhouse.shipped import shipped
from customhouse.strategy import commitment, digital, implementation
from customhouse_server.tariff.country import current_country

INSTRUMENTS = ("tfa", "kyoto", "safe", "digital")
_OK = 200
_YEAR = timedelta(days=365)
_OPEN_PAGES = {
    "tariff is public": "tariff:browse",
    "duties can be worked out by anybody": "tariff:calculator",
    "rules are published": "portal:index",
    "questions can be asked by anybody": "enquiry:ask",
    "drafts can be commented by anybody": "consultation:calendar",
    "release times are public": "performance:dashboard",
    "the interface describes itself": "api:openapi-json",
}


@cache
def instruments() -> dict[str, implementation.Instrument]:
    """The agreements by name."""
    return {name: implementation.read_instrument((shipped("commitments") / f"{name}.toml").read_text("utf-8")) for name in INSTRUMENTS}


@cache
def terms() -> commitment.Terms:
    """The clocks of the WTO Trade Facilitation Agreement."""
    return commitment.read_terms((shipped("commitments") / "tfa_terms.toml").read_text("utf-8"))


@cache
def shipped_legal_bases() -> dict[str, digital.LegalBasis]:
    """The legal basis of each decision without a person as the product proposes it, by its code."""
    return {each.code: each for each in digital.read_legal_bases((shipped("commitments") / "legal_basis.toml").read_text("utf-8"))}


@cache
def shipped_portfolio() -> dict[str, digital.DigitalInstrument]:
    """The product's own digital instruments by their codes."""
    return {each.code: each for each in digital.read_portfolio((shipped("commitments") / "portfolio.toml").read_text("utf-8"))}


@cache
def legal_bases_of_rules() -> Mapping[str, str]:
    """What each rule of the catalogue rests on, by its code."""
    return {code: rule.legal_basis for code, rule in pipeline.ALL_RULES.items()}


@cache
def citations_of(name: str) -> tuple[implementation.citation.Citation, ...]:
    """Where our own rules cite an agreement: the Revised Kyoto Convention, by the numbers of its provisions."""
    return implementation.citations(legal_bases_of_rules()) if name == "kyoto" else ()


@cache
def decisions() -> dict[str, str]:
    """Every decision that the code takes without a person, with its module."""
    return digital.decisions(rule.layer for rule in pipeline.ALL_RULES.values())


@cache
def indicators() -> dict[str, indicator.Indicator]:
    """The indicators that prove anything, by code."""
    wanted = frozenset().union(*(each.indicators for each in instruments().values()))
    sets = [indicator.read_indicators((shipped("indicators") / f"{name}.toml").read_text("utf-8")) for name in ("customs", "tfa")]
    return {each.code: each for found in sets for each in found.indicators if each.code in wanted}


def measured(*, on: date) -> implementation.Facts:
    """Figures and events of the 365 days that end with this one; kept until the event store has new events."""
    folder = Path(settings.EVENT_STORE)
    return _measured(folder, _stamp(folder), on + timedelta(days=1))


def monthly(code: str, *, on: date) -> tuple[indicator.Figure, ...]:
    """The figures of an indicator for the twelve months that end with the one of this day."""
    folder = Path(settings.EVENT_STORE)
    return _monthly(folder, _stamp(folder), code, (on.replace(day=1) + timedelta(days=32)).replace(day=1))


def observed() -> dict[str, implementation.Observation]:
    """What the product and this installation show without an event."""
    per_mille = current_country().profiles.random.per_mille
    seen = implementation.observed(legal_bases=legal_bases_of_rules(), random_per_mille=per_mille)
    return seen | {check: _open_to_all(page) for check, page in _OPEN_PAGES.items()}


def is_made_up() -> bool:
    """Whether the events behind the figures are of a simulated year, which each page that rests on them says."""
    return EventStore(Path(settings.EVENT_STORE)).is_made_up


def _stamp(folder: Path) -> tuple[int, int]:
    """Something that differs once the store has more: how many days it has, and when the last of them was written."""
    days = sorted(folder.glob("day=*"))
    return len(days), max((each.stat().st_mtime_ns for each in days), default=0)


@lru_cache(maxsize=2)
def _measured(folder: Path, _stamp: tuple[int, int], end: date) -> implementation.Facts:
    connection = EventStore(folder).connect()
    return implementation.facts_from(connection, indicators().values(), start=end - _YEAR, end=end)


@lru_cache(maxsize=64)
def _monthly(folder: Path, _stamp: tuple[int, int], code: str, first: date) -> tuple[indicator.Figure, ...]:
    connection, found = EventStore(folder).connect(), []
    for _ in range(12):
        start = (first - timedelta(days=1)).replace(day=1)
        found.append(indicator.evaluated(connection, indicators()[code], start=start, end=first))
        first = start
    return tuple(reversed(found))


def _open_to_all(page: str) -> implementation.Observation:
    """Whether the page answers somebody who is not signed in, tried by calling it as such a person would."""
    request = HttpRequest()
    request.method, request.user = "GET", AnonymousUser()
    request.META.update({"SERVER_NAME": "localhost", "SERVER_PORT": "80"})
    try:
        request.path = reverse(page)
        found = resolve(request.path)
    except NoReverseMatch:
        return implementation.Observation(holds=False, reason=implementation.Reason("there is no page {page}", {"page": page}))
    answer = found.func(request, *found.args, **found.kwargs)
    if answer.status_code != _OK:
        return implementation.Observation(holds=False, reason=implementation.Reason("{page} is not open to all", {"page": request.path}))
    return implementation.Observation(holds=True, reason=implementation.Reason("{page} answers everybody", {"page": request.path}))
