"""Levy: one measure applied to one item: base, quantities, exact amount, rounding, and what procedure and relief make of it."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from fnmatch import fnmatchcase

import msgspec
from msgspec import Struct

from customhouse.assessment.customs_value import CustomsValue
from customhouse.assessment.determination import Determination
from customhouse.assessment.explanation import Computation, explained
from customhouse.assessment.goods_facts import GoodsFacts
from customhouse.assessment.measure_choice import Chosen, Gap
from customhouse.assessment.regime import Effect, Regime, Tax, TaxStatus, Unrounded
from customhouse.assessment.tax_line import QuantityUsed, TaxLine
from customhouse.kernel import Rounding
from customhouse.tariff import Rate, condition

NOTHING = Decimal("0.00")
PART_OF_VALUE = "value:"


class Treatment(Struct, frozen=True):
    """What becomes of a tax once computed: the status, the share that is not payable, and by which code and law."""

    status: TaxStatus
    share: Decimal = Decimal(0)
    code: str = ""
    words: str = ""
    is_secured: bool = False


class Base(Struct, frozen=True):
    """What a tax is levied on, or why that is unknown, and whether only customs can tell it."""

    amount: Decimal | None
    reason: str = ""
    is_for_customs: bool = False


class Item(Struct, frozen=True):
    """One item on its way through the cascade."""

    facts: GoodsFacts
    value: CustomsValue
    regime: Regime
    exchange: Mapping[str, Decimal]
    supplementary_unit: str
    procedure: Effect | None
    reliefs: tuple[tuple[str, Effect], ...]

    @property
    def evidence(self) -> condition.Evidence:
        """What the item shows to the conditions of measures."""
        return condition.Evidence(self.facts.documents, self.quantity, self.exchange)

    def quantity(self, name: str) -> Decimal | None:
        """The customs value, or a quantity of the goods."""
        return self.value.amount if name == "value" else self.facts.quantity(name, self.supplementary_unit)

    def base(self, tax: Tax, earlier: Iterable[tuple[Tax, TaxLine]]) -> Base:
        """What the tax is levied on: the value, the charges, and the earlier taxes that it names."""
        total = NOTHING
        if "value" in tax.base:
            if self.value.amount is None:
                return Base(None, f"the customs value is unknown: {self.value.reason}")
            total += self.value.amount
        if "charges" in tax.base:
            total += self.value.tax_base_charges
        for other, line in earlier:
            if other.name in tax.base or any(fnmatchcase(line.tax, part) for part in tax.base):
                if line.amount is None or line.payable is None:
                    return Base(None, f"it is levied on {line.tax}, which is undetermined", line.is_for_customs)
                total += line.amount if line.status in self.regime.counted_in_base else line.payable
        return Base(total)

    def treatment(self, tax: Tax, kind: str) -> Treatment:
        """The first of: a relief claimed, the procedure, a provisional duty, a postponement; else the tax is simply due."""
        for code, effect in self.reliefs:
            if effect.status is not TaxStatus.DUE and effect.reaches(tax, kind) and self._is_open_to(effect):
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

    def _is_open_to(self, effect: Effect) -> bool:
        if effect.documents and not self.facts.documents.intersection(effect.documents):
            return False
        return effect.value_limit is None or (self.value.amount is not None and self.value.amount <= effect.value_limit)


class Levy(Struct, frozen=True):
    """One tax on one item and its base, ready for the measures that feed it."""

    item: Item
    tax: Tax
    base: Base

    def line(self, chosen: Chosen) -> TaxLine:
        """The line that the chosen measure makes of the base; undetermined with its reason where something is missing."""
        rate = chosen.rate
        if self.item.procedure is None:
            return self.undetermined(chosen.measure.kind, Gap("the procedure is not known"), chosen=chosen)
        if chosen.gives_way or (rate.is_zero and not chosen.gap):
            return self._settled(chosen, NOTHING, used=())
        if chosen.without:
            rest = self._without(chosen.without)
            return Levy(self.item, self.tax, rest).line(msgspec.structs.replace(chosen, without=()))
        if chosen.gap:
            return self.undetermined(chosen.measure.kind, chosen.gap, chosen=chosen)
        quantities = {name: self._quantity(name) for name in sorted(rate.needs)}
        gap = self._gap(rate, quantities)
        if gap:
            return self.undetermined(chosen.measure.kind, gap, chosen=chosen)
        known = {name: value for name, value in quantities.items() if value is not None}
        used = tuple(QuantityUsed(name, value) for name, value in known.items() if name not in {"value", "item"})
        return self._settled(chosen, rate.of(known, self.item.exchange), used=used)

    def overridden(self, kind: str, amount: Decimal) -> TaxLine:
        """The line for an amount that the declarant worked out, where the regime lets a statement say so."""
        return self._stated(kind, amount, "as declared, under a statement that overrides the calculation")

    def determined(self, found: Determination) -> TaxLine:
        """The line for an amount that customs determined, where the law gave no figure."""
        return self._stated(found.tax, found.amount, f"as customs determined: {found.reason}")

    def _stated(self, kind: str, amount: Decimal, why: str) -> TaxLine:
        rounded = self._rounding.of(amount)
        return TaxLine(
            tax=kind,
            base=self.base.amount,
            rate="",
            amount=rounded,
            payable=rounded,
            status=TaxStatus.DUE,
            measure="",
            legal_basis=self.tax.legal_basis,
            explanation=f"{kind} of {rounded:,f} {self.item.regime.currency} {why}",
            unrounded=amount,
            payer=self.tax.payer,
        )

    def undetermined(self, kind: str, gap: Gap, *, chosen: Chosen | None = None) -> TaxLine:
        """A line without amounts, which says why; never a zero."""
        measure = chosen.measure if chosen else None
        return TaxLine(
            tax=kind,
            base=self.base.amount,
            rate=chosen.rate.text if chosen else "",
            amount=None,
            payable=None,
            status=TaxStatus.UNDETERMINED,
            measure=measure.id if measure else "",
            legal_basis=(measure.legal_basis if measure else "") or self.tax.legal_basis,
            explanation=f"{kind} is undetermined: {gap.reason}",
            reason=gap.reason,
            is_for_customs=gap.is_for_customs,
            payer=self.tax.payer,
            quota=measure.quota if measure else "",
            measure_type=measure.type if measure else "",
        )

    def _without(self, parts: tuple[str, ...]) -> Base:
        """The base less those parts of the value; unknown where one is not declared, or they exceed it."""
        rest = self.base.amount
        for part in parts:
            value = self.item.facts.quantity(part, self.item.supplementary_unit)
            if rest is None or value is None:
                return self.base if rest is None else Base(None, f"it is levied on the value without {part}, which is not declared")
            rest -= value
        if rest is not None and rest < 0:
            return Base(None, f"{' with '.join(parts)} exceeds the value of the goods")
        return Base(rest)

    def _quantity(self, name: str) -> Decimal | None:
        return self.base.amount if name == "value" else self.item.quantity(name)

    def _gap(self, rate: Rate, quantities: Mapping[str, Decimal | None]) -> Gap | None:
        if rate.unreadable:
            return Gap(f"the rate {rate.text!r} cannot be computed: {rate.unreadable}", is_for_customs=True)
        for name, quantity in quantities.items():
            if quantity is None and name == "value":
                return Gap(self.base.reason, self.base.is_for_customs)
            if quantity is None:
                return Gap(f"the rate {rate.text!r} needs the quantity {name}, which is not declared")
            if quantity is not None and name.startswith(PART_OF_VALUE) and self.base.amount is not None and quantity > self.base.amount:
                return Gap(f"{name} exceeds the value of the goods")
        unpublished = sorted(rate.currencies - self.item.exchange.keys())
        if unpublished:
            return Gap(f"no exchange rate is published for {', '.join(unpublished)} on the day", is_for_customs=True)
        return None

    def _settled(self, chosen: Chosen, exact: Decimal, *, used: tuple[QuantityUsed, ...]) -> TaxLine:
        rounding, measure = self._rounding, chosen.measure
        amount = rounding.of(max(exact, Decimal(0)))
        treatment = self.item.treatment(self.tax, measure.kind)
        if chosen.gives_way:
            treatment = Treatment(TaxStatus.EXEMPT, words=chosen.gives_way)
        payable = amount - rounding.of(amount * treatment.share)
        if treatment.status is TaxStatus.DUE and NOTHING < payable < self.tax.minimum:
            treatment, payable = Treatment(TaxStatus.DUE, words=f"not collected, being under the minimum of {self.tax.minimum}"), NOTHING
        computation = Computation(
            base=self.base.amount,
            used=used,
            amount=amount,
            currency=self.item.regime.currency,
            rounding=rounding,
            treatment=treatment.words,
        )
        return TaxLine(
            tax=measure.kind,
            base=self.base.amount,
            rate=chosen.rate.text,
            amount=amount,
            payable=payable,
            status=treatment.status,
            measure=measure.id,
            legal_basis=measure.legal_basis or self.tax.legal_basis,
            explanation=explained(chosen, computation),
            relief=treatment.code,
            secured=amount - payable if treatment.is_secured else NOTHING,
            unrounded=exact,
            rounding=str(rounding),
            payer=self.tax.payer,
            preference=self.item.facts.preference if measure.preferences else "",
            quantities=used,
            quota=measure.quota,
            measure_type=measure.type,
        )

    @property
    def _rounding(self) -> Rounding | Unrounded:
        return (self.tax.rounding or self.item.regime.tax_rounding).rule


def _treated(code: str, effect: Effect) -> Treatment:
    share = "" if effect.share == 1 else f" for {effect.share * 100:f} % of it"
    law = f" ({effect.legal_basis})" if effect.legal_basis else ""
    is_secured = effect.status is TaxStatus.SUSPENDED
    return Treatment(effect.status, effect.share, code, f"{effect.status}{share} under {code}, {effect.description}{law}", is_secured)
