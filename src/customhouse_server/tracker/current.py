"""Current: the agreements as data, read once in each process, and what is known of this installation today."""

from collections.abc import Mapping
from functools import cache

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import NoReverseMatch, resolve, reverse

from customhouse import pipeline
from customhouse.performance import indicator
from customhouse.saying import saying
from customhouse.shipped import shipped
from customhouse.strategy import commitment, digital, implementation
from customhouse_server.performance.current import event_store, known_indicators
from customhouse_server.tariff.country import current_country

INSTRUMENTS = ("tfa", "kyoto", "safe", "digital")
_OK = 200
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


def indicators() -> dict[str, indicator.Indicator]:
    """The indicators that prove anything, by code."""
    wanted = frozenset().union(*(each.indicators for each in instruments().values()))
    return {code: each for code, each in known_indicators().items() if code in wanted}


def observed() -> dict[str, implementation.Observation]:
    """What the product and this installation show without an event."""
    per_mille = current_country().profiles.random.per_mille
    seen = implementation.observed(legal_bases=legal_bases_of_rules(), random_per_mille=per_mille)
    return seen | {check: _open_to_all(page) for check, page in _OPEN_PAGES.items()}


def is_made_up() -> bool:
    """Whether the events behind the figures are of a simulated year, which each page that rests on them says."""
    return event_store().is_made_up


def _open_to_all(page: str) -> implementation.Observation:
    """Whether the page answers somebody who is not signed in, tried by calling it as such a person would."""
    request = HttpRequest()
    request.method, request.user = "GET", AnonymousUser()
    request.META.update({"SERVER_NAME": "localhost", "SERVER_PORT": "80"})
    try:
        request.path = reverse(page)
        found = resolve(request.path)
    except NoReverseMatch:
        return implementation.Observation(holds=False, reason=saying("there is no page {page}", page=page))
    answer = found.func(request, *found.args, **found.kwargs)
    if answer.status_code != _OK:
        return implementation.Observation(holds=False, reason=saying("{page} is not open to all", page=request.path))
    return implementation.Observation(holds=True, reason=saying("{page} answers everybody", page=request.path))
