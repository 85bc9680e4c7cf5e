"""Rule of origin: an expression tree of the criteria by which goods originate (RKC Specific Annex K, Chapter 1)."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from customhouse.assessment.origin.hs_range import HsRange

Codes = tuple[HsRange, ...]


class Category(StrEnum):
    """The ways in which goods are wholly obtained (RKC Specific Annex K, Chapter 1, Practice 2)."""

    MINERAL = "mineral"
    PLANT = "plant"
    LIVE_ANIMAL = "live_animal"
    ANIMAL_PRODUCT = "animal_product"
    HUNTING_OR_FISHING = "hunting_or_fishing"
    SEA_FISHING = "sea_fishing"
    FACTORY_SHIP = "factory_ship"
    SEABED = "seabed"
    WASTE = "waste"
    MADE_OF_THOSE = "made_of_those"


class Level(StrEnum):
    """How deep a change of tariff classification must go."""

    CHAPTER = "CC"
    HEADING = "CTH"
    SUBHEADING = "CTSH"

    @property
    def digits(self) -> int:
        """How many digits of the code must change."""
        return {Level.CHAPTER: 2, Level.HEADING: 4, Level.SUBHEADING: 6}[self]


class Method(StrEnum):
    """How a regional value content is worked out."""

    BUILD_DOWN = "build-down"
    BUILD_UP = "build-up"
    NET_COST = "net cost"
    FOCUSED = "focused"


class Price(StrEnum):
    """The price that a limit is a share of."""

    EX_WORKS = "ex-works"
    FOB = "FOB"


@dataclass(frozen=True, slots=True)
class WhollyObtained:
    """Grown, born, mined or gathered in the territory, in one of the categories or in any."""

    categories: tuple[Category, ...] = ()


@dataclass(frozen=True, slots=True)
class MaterialsWhollyObtained:
    """All materials of the codes are themselves wholly obtained."""

    codes: Codes


@dataclass(frozen=True, slots=True)
class ExclusivelyOriginating:
    """Made from originating materials alone."""


@dataclass(frozen=True, slots=True)
class AnyHeading:
    """Made from materials of any heading: every working that suffices at all."""


@dataclass(frozen=True, slots=True)
class ChangeOfTariff:
    """Every non-originating material is of another chapter, heading or subheading than the product, and of none of the exceptions."""

    level: Level
    exceptions: Codes = ()


@dataclass(frozen=True, slots=True)
class NotFrom:
    """No non-originating material is of these codes."""

    codes: Codes


@dataclass(frozen=True, slots=True)
class ValueContent:
    """The regional value content is at least a percentage; `codes` are the materials that the focused method looks at."""

    percent: Decimal
    method: Method
    codes: Codes = ()

    def __post_init__(self) -> None:
        """Refuse codes without the focused method, and the method without codes."""
        if (self.method is Method.FOCUSED) != bool(self.codes):
            raise ValueError("the focused method names the codes that it looks at, and no other method does")


@dataclass(frozen=True, slots=True)
class MaxNonOriginating:
    """The value of non-originating materials, of some codes or of all, is at most a percentage of the price."""

    percent: Decimal
    price: Price = Price.EX_WORKS
    codes: Codes = ()


@dataclass(frozen=True, slots=True)
class MaxWeight:
    """The mass of non-originating materials, of some codes or of all, is at most a percentage of the mass of the product."""

    percent: Decimal
    codes: Codes = ()


@dataclass(frozen=True, slots=True)
class Process:
    """A specific process was carried out in the territory; the maker claims it and shows it."""

    name: str


@dataclass(frozen=True, slots=True)
class Statement:
    """A rule in prose that nobody computes: the maker answers yes or no."""

    text: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Every one of the rules."""

    rules: tuple["Rule", ...]

    def __post_init__(self) -> None:
        """Refuse a combination of fewer than two."""
        if len(self.rules) <= 1:
            raise ValueError("a combination has at least two rules")


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the rules, at the choice of the exporter."""

    rules: tuple["Rule", ...]

    def __post_init__(self) -> None:
        """Refuse a choice of fewer than two."""
        if len(self.rules) <= 1:
            raise ValueError("a choice has at least two rules")


Criterion = (
    WhollyObtained
    | MaterialsWhollyObtained
    | ExclusivelyOriginating
    | AnyHeading
    | ChangeOfTariff
    | NotFrom
    | ValueContent
    | MaxNonOriginating
    | MaxWeight
    | Process
    | Statement
)
Rule = Criterion | AllOf | AnyOf


def criteria(rule: Rule) -> tuple[Criterion, ...]:
    """Every criterion of the tree, in the order in which it is read."""
    if isinstance(rule, AllOf | AnyOf):
        return tuple(found for each in rule.rules for found in criteria(each))
    return (rule,)
