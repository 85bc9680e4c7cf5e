"""Levy: one measure applied to one item: base, quantities, exact amount, rounding, and what procedure and relief make of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fnmatch import fnmatchcase

from customhouse.assessment.customs_value import CustomsValue
from customhouse.assessment.explanation import explained
from customhouse.assessment.goods_facts import GoodsFacts
from customhouse.assessment.measure_choice import Chosen
from customhouse.assessment.regime import Effect, Regime, Tax, TaxStatus
from customhouse.assessment.tax_line import QuantityUsed, TaxLine
from customhouse.kernel import Rounding

NOTHING = Decimal("0.00")


@dataclass(frozen=True, slots=True)
class Treatment:
    """What becomes of a tax once computed: the status, the share that is not payable, and by which code and law."""

    status: TaxStatus
    share: Decimal = Decimal(0)
    code: str = ""
    words: str = ""
    is_secured: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One item on its way through the cascade."""

    facts: GoodsFacts
    value: CustomsValue
    regime: Regime
    exchange: Mapping[str, Decimal]
    supplementary_unit: str
    procedure: Effect | None
    reliefs: tuple[tuple[str, Effect], ...]

    def base(self, tax: Tax, lines: Iterable[TaxLine], names: Mapping[str, str]) -> tuple[Decimal | None, str]:
        """What the tax is levied on, or why that is unknown: value, charges, and the earlier taxes that the tax names."""
        total = NOTHING
        if "value" in tax.base:
            if self.value.amount is None:
                return None, f"the customs value is unknown: {self.value.reason}"
            total += self.value.amount
        if "charges" in tax.base:
            total += self.value.tax_base_charges
        for line in lines:
            if names[line.tax] in tax.base or any(fnmatchcase(line.tax, part) for part in tax.base):
                if line.amount is None or line.payable is None:
                    return None, f"it is levied on {line.tax}, which is undetermined"
                total += line.amount if line.status in self.regime.counted_in_base else line.payable
        return total, ""

    def levied(self, tax: Tax, chosen: Chosen, base: Decimal | None, reason: str) -> TaxLine:
        """The line that the chosen measure makes of the base; undetermined with its reason where something is missing."""
        rate, kind = chosen.rate, chosen.measure.kind
        if rate.is_zero:
            return self._settled(tax, chosen, base, NOTHING, ())
        if rate.unreadable:
            return undetermined(tax, kind, base, f"the rate {rate.text!r} cannot be computed: {rate.unreadable}", chosen)
        quantities: dict[str, Decimal] = {}
        for name in sorted(rate.needs):
            quantity = base if name == "value" else self.facts.quantity(name, self.supplementary_unit)
            if quantity is None:
                why = reason if name == "value" else f"the rate {rate.text!r} needs the quantity {name}, which is not declared"
                return undetermined(tax, kind, base, why, chosen)
            quantities[name] = quantity
        unpublished = sorted(rate.currencies - self.exchange.keys())
        if unpublished:
            return undetermined(tax, kind, base, f"no exchange rate is published for {', '.join(unpublished)} on the day", chosen)
        used = tuple(QuantityUsed(name, value) for name, value in quantities.items() if name not in {"value", "item"})
        return self._settled(tax, chosen, base, rate.of(quantities, self.exchange), used)

    def overridden(self, tax: Tax, kind: str, base: Decimal | None, amount: Decimal) -> TaxLine:
        """The line for an amount that the declarant worked out, where the regime lets a statement say so."""
        rounded = self._rounding(tax).of(amount)
        words = f"{kind} of {rounded:,f} {self.regime.currency} as declared, under a statement that overrides the calculation"
        return TaxLine(
            tax=kind, base=base, rate="", amount=rounded, payable=rounded, status=TaxStatus.DUE, measure="", legal_basis=tax.legal_basis,
            explanation=words, unrounded=amount, payer=tax.payer,
        )  # fmt: skip

    def _settled(self, tax: Tax, chosen: Chosen, base: Decimal | None, exact: Decimal, used: tuple[QuantityUsed, ...]) -> TaxLine:
        rounding = self._rounding(tax)
        amount = rounding.of(max(exact, Decimal(0)))
        treatment = self._treatment(tax, chosen.measure.kind)
        payable = amount - rounding.of(amount * treatment.share)
        if treatment.status is TaxStatus.DUE and NOTHING < payable < tax.minimum:
            treatment, payable = Treatment(TaxStatus.DUE, words=f"not collected, being under the minimum of {tax.minimum}"), NOTHING
        return TaxLine(
            tax=chosen.measure.kind,
            base=base,
            rate=chosen.rate.text,
            amount=amount,
            payable=payable,
            status=treatment.status,
            measure=chosen.measure.id,
            legal_basis=chosen.measure.legal_basis or tax.legal_basis,
            explanation=explained(chosen, base, amount, used, self.regime.currency, rounding, treatment.words),
            relief=treatment.code,
            secured=amount - payable if treatment.is_secured else NOTHING,
            unrounded=exact,
            rounding=str(rounding),
            payer=tax.payer,
            preference=self.facts.preference if chosen.measure.preferences else "",
            quantities=used,
        )

    def _rounding(self, tax: Tax) -> Rounding:
        return (tax.rounding or self.regime.tax_rounding).rule

    def _treatment(self, tax: Tax, kind: str) -> Treatment:
        """The first of: a relief claimed, the procedure, a provisional duty, a postponement; else the tax is simply due."""
        for code, effect in self.reliefs:
            if effect.status is not TaxStatus.DUE and effect.reaches(tax, kind) and self._within_limit(effect):
                return _treated(code, effect)
        if self.procedure and self.procedure.status is not TaxStatus.DUE and self.procedure.reaches(tax, kind):
            return _treated(self.facts.procedure, self.procedure)
        if tax.provisional:
            words = "provisional: secured, not collected, until the duty is definitive"
            return Treatment(TaxStatus.SUSPENDED, Decimal(1), words=words, is_secured=True)
        for each in self.regime.postponements:
            if each.party_role in self.facts.party_roles and (tax.name in each.taxes or kind in each.taxes):
                return Treatment(TaxStatus.DUE, Decimal(1), each.party_role, f"not paid at import: {each.description}")
        return Treatment(TaxStatus.DUE)

    def _within_limit(self, effect: Effect) -> bool:
        return effect.value_limit is None or (self.value.amount is not None and self.value.amount <= effect.value_limit)


def undetermined(tax: Tax, kind: str, base: Decimal | None, reason: str, chosen: Chosen | None = None) -> TaxLine:
    """A line without amounts, which says why; never a zero."""
    measure = chosen.measure if chosen else None
    return TaxLine(
        tax=kind,
        base=base,
        rate=chosen.rate.text if chosen else "",
        amount=None,
        payable=None,
        status=TaxStatus.UNDETERMINED,
        measure=measure.id if measure else "",
        legal_basis=(measure.legal_basis if measure else "") or tax.legal_basis,
        explanation=f"{kind} is undetermined: {reason}",
        reason=reason,
        payer=tax.payer,
    )


def _treated(code: str, effect: Effect) -> Treatment:
    share = "" if effect.share == 1 else f" for {effect.share * 100:f} % of it"
    law = f" ({effect.legal_basis})" if effect.legal_basis else ""
    is_secured = effect.status is TaxStatus.SUSPENDED
    return Treatment(effect.status, effect.share, code, f"{effect.status}{share} under {code}, {effect.description}{law}", is_secured)
