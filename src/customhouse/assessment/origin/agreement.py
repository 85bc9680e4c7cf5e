"""Agreement: the rules of origin of one agreement, or of a country's own law, as data: product rules, auxiliary rules and proofs.

One TOML file an agreement in the folder `agreements` of a country package; `[[rules]]` gives for each range of HS codes the alternatives
between which an exporter chooses, in the form of `rule_text`. The narrowest range that covers a product has its rule.
"""

import tomllib
from datetime import date
from decimal import Decimal
from functools import lru_cache

import msgspec
from msgspec import Struct

from customhouse.assessment.origin.hs_range import HsRange, UnreadableCodeError, read_range
from customhouse.assessment.origin.refusal import UnreadableOriginError
from customhouse.assessment.origin.rule import AnyOf, Category, Price, Process, Rule, Statement, WhollyObtained, criteria
from customhouse.assessment.origin.rule_text import UnreadableRuleError, parse, render
from customhouse.saying import saying


class UnreadableAgreementError(UnreadableOriginError):
    """A file is no agreement; the message lists every fault."""


class _Part(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    pass


class Tolerance(_Part, frozen=True, kw_only=True):
    """How much non-originating material may miss a change of classification: per cent of a price, or of the mass in some chapters."""

    value_share: Decimal | None = None
    price: Price = Price.EX_WORKS
    weight_share: Decimal | None = None
    weight_codes: tuple[str, ...] = ()
    except_codes: tuple[str, ...] = ()


class Partner(_Part, frozen=True, kw_only=True):
    """A territory whose originating materials count as one's own, but for some codes."""

    territory: str
    except_codes: tuple[str, ...] = ()


class Cumulation(_Part, frozen=True, kw_only=True):
    """Bilateral among the parties, diagonal with partners, full where working itself counts."""

    bilateral: bool = True
    diagonal: tuple[Partner, ...] = ()
    full: tuple[str, ...] = ()


class ProofKind(_Part, frozen=True, kw_only=True):
    """A proof that the agreement accepts; above the ceiling only of an approved exporter, where there is one."""

    type: str
    title: str
    valid_months: int = 12
    ceiling: Decimal | None = None
    currency: str = ""
    approved_exporter_above: bool = True
    retrospective: bool = True


class VerificationTerms(_Part, frozen=True, kw_only=True):
    """How long the authority that is asked has to reply, and when it is reminded."""

    reply_months: int = 10
    reminder_months: int = 6


class ProductRule(_Part, frozen=True, kw_only=True):
    """What holds for some HS codes: one of the alternatives."""

    codes: tuple[str, ...]
    alternatives: tuple[str, ...]

    @property
    def rule(self) -> Rule:
        """The alternatives as one rule."""
        read = tuple(_parsed(each) for each in self.alternatives)
        return read[0] if len(read) == 1 else AnyOf(read)


class Agreement(_Part, frozen=True, kw_only=True):
    """An agreement; `preferential = false` makes it the non-preferential rules.

    Their parties may be `*`, every territory, and with `residual_by_value` goods that meet no rule originate where the greatest value of
    their materials does.
    """

    name: str
    title: str
    parties: tuple[str, ...]
    hs_edition: str
    legal_basis: str = ""
    preferential: bool = True
    valid_from: date | None = None
    valid_to: date | None = None
    tolerance: Tolerance = Tolerance()
    cumulation: Cumulation = Cumulation()
    absorption: bool = True
    unknown_origin_is_non_originating: bool = False
    own_costs_in_build_up: bool = False
    retail_packing_in_value: bool = True
    accessories_in_value: bool = True
    insufficient_operations: dict[str, str] = {}
    fungible_methods: tuple[str, ...] = ("segregation",)
    transport_evidence: tuple[str, ...] = ()
    no_drawback: bool = False
    set_share: Decimal | None = None
    added_abroad_share: Decimal = Decimal(0)
    residual_by_value: bool = False
    proofs: tuple[ProofKind, ...] = ()
    waiver_value: Decimal | None = None
    waiver_currency: str = ""
    verification: VerificationTerms = VerificationTerms()
    rules: tuple[ProductRule, ...] = ()

    def is_party(self, territory: str) -> bool:
        """Whether the territory is a party."""
        return bool(territory) and (territory in self.parties or "*" in self.parties)

    def rule_for(self, hs_code: str) -> Rule | None:
        """The rule of the narrowest range that covers the code, or nothing."""
        found = [(_width(each), rule) for rule in self.rules for each in ranges(rule.codes) if each.covers(hs_code)]
        return min(found, key=lambda each: each[0])[1].rule if found else None

    def questions_for(self, hs_code: str) -> "Questions":
        """What the maker is asked for the product rule of a code."""
        rule = self.rule_for(hs_code) if hs_code else None
        asked = criteria(rule) if rule else ()
        return Questions(
            rule=render(rule) if rule else "",
            processes=tuple(dict.fromkeys(each.name for each in asked if isinstance(each, Process))),
            statements=tuple(dict.fromkeys(each.text for each in asked if isinstance(each, Statement))),
            wholly_obtained=any(isinstance(each, WhollyObtained) for each in asked),
        )


class Questions(Struct, frozen=True, kw_only=True):
    """The rule in its text, and what it asks that figures do not answer."""

    rule: str = ""
    processes: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()
    wholly_obtained: bool = False
    categories: tuple[str, ...] = tuple(each.value for each in Category)


def read_agreement(text: str) -> Agreement:
    """The agreement of a TOML text; refuses with `UnreadableAgreementError`."""
    try:
        agreement = msgspec.convert(tomllib.loads(text), Agreement, strict=False)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UnreadableAgreementError("{why}", why=error) from error
    tolerance, diagonal = agreement.tolerance, agreement.cumulation.diagonal
    listed = [each.codes for each in agreement.rules] + [tolerance.weight_codes, tolerance.except_codes]
    faults = [fault for codes in (*listed, *(each.except_codes for each in diagonal)) if (fault := _code_fault(codes))]
    faults += [fault for each in agreement.rules if (fault := _rule_fault(each))]
    if not faults:
        widths = [(each.first, each.last) for rule in agreement.rules for each in ranges(rule.codes)]
        faults += [f"{'-'.join(each)}: two rules for the same codes" for each in sorted(set(widths)) if widths.count(each) > 1]
    if faults:
        told = [saying("{name}: {fault}", name=agreement.name, fault=each) for each in faults]
        raise UnreadableAgreementError("{faults}", between="\n", faults=told)
    return agreement


@lru_cache(maxsize=4096)
def ranges(codes: tuple[str, ...]) -> tuple[HsRange, ...]:
    """The texts of codes as ranges."""
    return tuple(read_range(each) for each in codes)


_parsed = lru_cache(maxsize=65_536)(parse)


def _width(each: HsRange) -> tuple[int, int]:
    return (-len(each.first), int(each.last) - int(each.first))


def _code_fault(codes: tuple[str, ...]) -> str:
    try:
        ranges(codes)
    except UnreadableCodeError as error:
        return str(error)
    return ""


def _rule_fault(rule: ProductRule) -> str:
    try:
        return "" if rule.codes and rule.alternatives and rule.rule else f"{', '.join(rule.codes)}: no codes or no alternative"
    except UnreadableRuleError as error:
        return f"{', '.join(rule.codes)}: {error}"
