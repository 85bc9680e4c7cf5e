"""Scenario: how trade and customs behave in a simulated year: a file of the country package, every number of it made up."""

import tomllib
from collections.abc import Collection

import msgspec


class UnreadableScenarioError(ValueError):
    """A scenario file is not TOML, or does not have the form of a scenario."""


class TradeDelay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long trade takes, as medians in minutes."""

    lodging: int
    documents: int
    answer: int
    payment: int
    removal: int


class Trade(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Who imports, through whom, and how carefully; shares in a thousand."""

    importers: int
    brokers: tuple[str, ...]
    prelodged: int
    mistaken: int
    amended: int
    withdrawn: int
    most_items: int
    secured: int
    vague: int
    relieved: int
    careless: int
    small_importer: int
    risky_chapters: tuple[str, ...]
    risky: int
    delay: TradeDelay


class Detection(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How much of what is wrong each control finds, in a thousand."""

    examination: int
    documents: int


class CustomsDelay(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How long officers take once their office is open, as medians in minutes, and how often they ask or lighten, in a thousand."""

    documents: int
    examination: int
    assessment: int
    seizure: int
    queried: int
    rerouted: int


class Customs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How customs works."""

    delay: CustomsDelay


class Officer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An officer, with habits that a review would look into: questions that ask nothing, a broker whose controls seldom find anything."""

    name: str
    empty_queries: int = 0
    favours: str = ""


class Office(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An office: its mode of transport, its share of the trade in parts, its places, its people."""

    code: str
    mode: str
    share: int
    unloading: int
    location: str
    place: str
    supervisor: str
    officers: tuple[Officer, ...]


class Agency(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Another agency at the border: the chapters whose goods it looks at where customs controls them, and its median in minutes."""

    name: str
    chapters: tuple[str, ...]
    decision: int


class Enquiries(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The questions of a year: how many, on what in parts, the office that answers, its median in minutes, and shares in a thousand."""

    questions: int
    topics: dict[str, int]
    office: str
    answer: int
    routed: int
    published: int
    unanswered: int


class Consultations(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The draft rules of a year: how many, the most comments on one, medians in minutes, and shares in a thousand."""

    drafts: int
    most_comments: int
    office: str
    disposal: int
    decision: int
    withdrawn: int
    urgent: int


class Rulings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The applications for advance rulings of a year: how many, medians in minutes, and shares in a thousand."""

    applications: int
    office: str
    acceptance: int
    drafting: int
    issue: int
    answer: int
    asked: int
    refused: int
    withdrawn: int


class Dialogue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the public and customs say to each other outside of any declaration."""

    enquiries: Enquiries
    consultations: Consultations
    rulings: Rulings


class Scenario(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of it; `irregular` says what is wrong with goods of which something is wrong, in parts; without `dialogue` nobody asks."""

    trade: Trade
    irregular: dict[str, int]
    detection: Detection
    customs: Customs
    offices: tuple[Office, ...]
    agencies: tuple[Agency, ...] = ()
    dialogue: Dialogue | None = None

    def agency_for(self, chapters: Collection[str]) -> Agency | None:
        """The first agency that looks at goods of one of the chapters, if any does."""
        return next((each for each in self.agencies if not set(each.chapters).isdisjoint(chapters)), None)

    def office(self, code: str) -> Office:
        """The office of that code."""
        return next(each for each in self.offices if each.code == code)


def read_scenario(text: str) -> Scenario:
    """The scenario that a TOML text states; refuses with `UnreadableScenarioError` any other."""
    try:
        found = msgspec.convert(tomllib.loads(text), Scenario)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableScenarioError(f"the scenario cannot be read: {refusal}") from refusal
    told = found.dialogue
    named = {told.enquiries.office, told.consultations.office, told.rulings.office} if told else set()
    if unknown := sorted(named - {each.code for each in found.offices}):
        raise UnreadableScenarioError(f"the scenario cannot be read: it has no office {', '.join(unknown)}")
    return found
