"""Regime: how a country turns a customs value and measures into what is owed: all of it data of the country package.

The file `regime.toml` states the valuation basis and charges (WTO Valuation Agreement, Article 8), the tax cascade, the effect of
procedures (RKC Specific Annexes) and reliefs, and what a preference claim needs.
"""

import tomllib
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import lru_cache

import msgspec

from customhouse.assessment.valuation_rules import ValuationRules
from customhouse.assessment.value_element import ValueElement
from customhouse.kernel import Rounding, RoundingMode, Validity


class UnreadableRegimeError(ValueError):
    """A regime file is not TOML, or does not have the form of a regime."""


class ValuationBasis(StrEnum):
    """Whether carriage and insurance to the place of importation belong to the customs value (Article 8.2)."""

    CIF = "CIF"
    FOB = "FOB"


class ChargeEffect(StrEnum):
    """What a charge does to the customs value."""

    ADD = "add"
    DEDUCT = "deduct"
    CARRIAGE = "carriage"
    TAX_BASE_ONLY = "tax_base_only"


class Share(StrEnum):
    """By what a charge of the whole shipment is shared over its items."""

    VALUE = "value"
    GROSS_MASS = "gross_mass"


class TaxStatus(StrEnum):
    """What became of a tax: owed, outside the law, deferred under a procedure, waived by a relief, or not to be told."""

    DUE = "due"
    EXEMPT = "exempt"
    SUSPENDED = "suspended"
    RELIEVED = "relieved"
    UNDETERMINED = "undetermined"


class Unrounded(msgspec.Struct, frozen=True):
    """In place of a rounding: an amount is left as it is, because only the sum that it goes into is rounded."""

    step: Decimal = Decimal("0.01")

    def of(self, exact: Decimal) -> Decimal:
        """The exact amount."""
        return exact

    def __str__(self) -> str:
        """As a trace shows it."""
        return "not before the total"


class RoundingRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A rounding rule as the file writes it; no file leaves amounts unrounded, only an estimate does on its way to the total."""

    mode: RoundingMode = RoundingMode.HALF_UP
    step: Decimal = Decimal("0.01")
    is_left_to_the_total: bool = False

    @property
    def rule(self) -> Rounding | Unrounded:
        """The rule that rounds."""
        return Unrounded() if self.is_left_to_the_total else _rounding(self.mode, self.step)


_NO_ROUNDING = RoundingRule(is_left_to_the_total=True)


@lru_cache(maxsize=64)
def _rounding(mode: RoundingMode, step: Decimal) -> Rounding:
    return Rounding(mode, step)


class Charge(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one kind of charge does: `carriage` is freight or insurance, which the basis and the Incoterm decide on.

    `element` names what the charge is in the words of the Valuation Agreement.
    """

    effect: ChargeEffect
    share: Share = Share.VALUE
    description: str = ""
    element: ValueElement | None = None


class EntryBounds(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a fee comes to at least and at most for all the goods of one declaration, for a period (from, until the day before)."""

    minimum: Decimal
    maximum: Decimal
    valid_from: date | None = None
    valid_to: date | None = None
    legal_basis: str = ""


class Displacement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Measures of some kinds that give way to those of others, wholly, or for the part of the value that `part` names."""

    kinds: tuple[str, ...]
    by: tuple[str, ...]
    part: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    legal_basis: str = ""


class Tax(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One step of the cascade: the measures that feed it, what it is levied on, and how its lines come about.

    `kinds` are patterns over the tax codes of measures; `base` lists `value`, `charges`, and codes or names of earlier taxes. A
    `required` tax without a measure is undetermined; only a tax `by_preference` asks which preference its measures name and the
    declarant claims; of the kinds that it `cumulates`, equally specific measures all apply, and those of different types are no
    rivals; a `provisional` duty is secured and not collected; an amount under `minimum` is not collected. Measures of the types
    `not_within_quota` do not apply to goods that a tariff quota takes in. A tax that names `procedures`, or `modes` of transport
    at the border, is levied under those alone; one `claimed_by_code` takes of the measures with an additional code only those
    declared; one with bounds `by_entry` is held within them over all items of the declaration.
    """

    name: str
    kinds: tuple[str, ...]
    base: tuple[str, ...] = ("value",)
    description: str = ""
    payer: str = "declarant"
    required: bool = False
    by_preference: bool = False
    cumulates: tuple[str, ...] = ()
    not_within_quota: tuple[str, ...] = ()
    provisional: bool = False
    minimum: Decimal = Decimal(0)
    procedures: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    claimed_by_code: bool = False
    by_entry: tuple[EntryBounds, ...] = ()
    rounding: RoundingRule | None = None
    standard_rate: str = ""
    legal_basis: str = ""

    def takes(self, kind: str) -> bool:
        """Whether measures of this kind feed the tax."""
        return any(kind == pattern or fnmatchcase(kind, pattern) for pattern in self.kinds)

    def is_levied(self, procedure: str, border_mode: str) -> bool:
        """Whether goods under the procedure and by the mode of transport meet the tax; they may where the mode is not known."""
        return (not self.procedures or procedure in self.procedures) and (not self.modes or border_mode in {"", *self.modes})

    def adds_up(self, kind: str) -> bool:
        """Whether equally specific measures of this kind all apply, each a line of its own."""
        return any(fnmatchcase(kind, pattern) for pattern in self.cumulates)


class Effect(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a procedure or a relief does to taxes: the status it gives, to which taxes, and for what share of the amount.

    A relief that names `documents` is granted only with one of them, one that names `areas` only for goods that originate there, and one
    without codes for all such goods, unasked.
    """

    codes: tuple[str, ...] = ()
    status: TaxStatus = TaxStatus.DUE
    taxes: tuple[str, ...] = ("*",)
    share: Decimal = Decimal(1)
    is_charged: bool = True
    value_limit: Decimal | None = None
    documents: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    valid_from: date | None = None
    valid_to: date | None = None
    description: str = ""
    legal_basis: str = ""

    def reaches(self, tax: Tax, kind: str) -> bool:
        """Whether it touches a line of this tax."""
        return any(pattern in {"*", tax.name, kind} for pattern in self.taxes)


class Preference(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a preference code claims: by which origin, with which proofs (any one of them)."""

    codes: tuple[str, ...]
    is_preferential: bool = False
    documents: tuple[str, ...] = ()
    description: str = ""


class Postponement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A tax that a registered person accounts for later: shown by a party in that role on the declaration."""

    taxes: tuple[str, ...]
    party_role: str
    description: str = ""
    legal_basis: str = ""


class Estimate(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How what is shown to a trader is rounded: each line as it is when levied, or only the total, and lines as they are shown.

    The rule of one tax may be its own, by the name of the tax.
    """

    rounds_lines: bool = True
    rounding: RoundingRule = RoundingRule()
    by_tax: dict[str, RoundingRule] = {}


class TwoTariffs(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Two tariffs for one territory: that of the country applies where the other exceeds or undercuts it by at most a share of the value.

    A declaration is of the territory if it makes one of the `statements`; `own` and `other` are the kinds of the two tariffs, and
    `other_for` gives the kind that a kind of the one is in the other.
    """

    name: str
    statements: tuple[str, ...]
    other_for: dict[str, str]
    share: Decimal
    legal_basis: str = ""

    @property
    def own(self) -> frozenset[str]:
        """The kinds of the country's own tariff."""
        return frozenset(self.other_for)

    @property
    def other(self) -> frozenset[str]:
        """The kinds of the other tariff."""
        return frozenset(self.other_for.values())


class Regime(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The whole of it for one country; taxes stand in the order in which they are computed."""

    currency: str
    valuation: ValuationBasis
    taxes: tuple[Tax, ...]
    valuation_rules: ValuationRules = ValuationRules()
    value_rounding: RoundingRule = RoundingRule()
    tax_rounding: RoundingRule = RoundingRule()
    charges: dict[str, Charge] = {}
    incoterms: dict[str, tuple[str, ...]] = {}
    counted_in_base: tuple[TaxStatus, ...] = (TaxStatus.DUE, TaxStatus.SUSPENDED)
    default_preference: str = "100"
    preferences: tuple[Preference, ...] = ()
    procedures: tuple[Effect, ...] = ()
    reliefs: tuple[Effect, ...] = ()
    displacements: tuple[Displacement, ...] = ()
    postponements: tuple[Postponement, ...] = ()
    override_statements: tuple[str, ...] = ()
    estimate: Estimate = Estimate()
    two_tariffs: tuple[TwoTariffs, ...] = ()

    def rounded_in_total(self) -> "Regime":
        """The same regime with no line rounded by itself."""
        shown = {tax.name: tax.rounding for tax in self.taxes if tax.rounding}
        taxes = tuple(msgspec.structs.replace(tax, rounding=None) for tax in self.taxes)
        estimate = msgspec.structs.replace(self.estimate, by_tax=shown)
        return msgspec.structs.replace(self, taxes=taxes, value_rounding=_NO_ROUNDING, tax_rounding=_NO_ROUNDING, estimate=estimate)

    def shown_by(self, kind: str) -> RoundingRule:
        """The rule by which a line of an estimate is shown: that of its tax where it has one."""
        rules = (self.estimate.by_tax[tax.name] for tax in self.taxes if tax.takes(kind) and tax.name in self.estimate.by_tax)
        return next(rules, self.estimate.rounding)


def is_in_force(dated: EntryBounds | Displacement | Effect, *, on: date) -> bool:
    """Whether a dated part of the regime holds on the day."""
    return Validity(dated.valid_from, dated.valid_to).includes(on)


def read_regime(text: str) -> Regime:
    """The regime that a TOML text states; refuses with `UnreadableRegimeError` what is not one, or names a tax before it exists."""
    try:
        regime = msgspec.convert(tomllib.loads(text), Regime, strict=False)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableRegimeError(f"the regime cannot be read: {refusal}") from refusal
    rules = [regime.value_rounding, regime.tax_rounding, regime.estimate.rounding, *(tax.rounding for tax in regime.taxes if tax.rounding)]
    if any(rule.is_left_to_the_total for rule in rules):
        raise UnreadableRegimeError("every amount has to be rounded by a rule")
    for place, tax in enumerate(regime.taxes):
        earlier = {known for each in regime.taxes[:place] for known in (each.name, *each.kinds)}
        unknown = [part for part in tax.base if part not in earlier | {"value", "charges"}]
        if unknown:
            raise UnreadableRegimeError(f"the base of {tax.name} names {', '.join(unknown)}, which no earlier tax is")
        bounded = {part for each in regime.taxes[:place] if each.by_entry for part in (each.name, *each.kinds)}
        if bounded.intersection(tax.base):
            raise UnreadableRegimeError(f"the base of {tax.name} counts a fee that is known only when all items are")
    return regime
