"""Cascade: the taxes of one item, each levied in its turn on what came before (order and bases are data of the country package)."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal

import msgspec

from customhouse.assessment.catalogue import finding
from customhouse.assessment.customs_value import CustomsValue
from customhouse.assessment.determination import Determination
from customhouse.assessment.displacement import after_displacement
from customhouse.assessment.goods_facts import GoodsFacts
from customhouse.assessment.law import Law
from customhouse.assessment.levy import Item, Levy
from customhouse.assessment.measure_choice import Choice, Chosen, Gap, Question
from customhouse.assessment.regime import Tax
from customhouse.assessment.tax_line import TaxLine
from customhouse.kernel import Finding
from customhouse.tariff import Applicable, Measure, meursing, read_rate


def levied_item(law: Law, facts: GoodsFacts, *, value: CustomsValue, on: date) -> Item:
    """The item as its taxes are levied on it under the law of the day."""
    commodity = law.tariff.commodity(facts.commodity, on=on)
    unit = commodity.supplementary_unit if commodity else ""
    exchange = law.exchange_rates.on(on, law.regime.currency)
    return Item(facts, value, law.regime, exchange, unit, law.procedure(facts), law.reliefs(facts, on=on))


def any_measure(_: Tax, __: Measure) -> bool:
    """Every measure plays a part."""
    return True


class ItemCascade:
    """The taxes of one item, each levied in its turn on what came before."""

    def __init__(
        self, law: Law, item: Item, determined: Mapping[str, Determination], *, among: Callable[[Tax, Measure], bool] = any_measure
    ) -> None:
        """Begin with nothing levied; what customs determined itself stands by tax; of the measures only those `among` play a part."""
        self.law = law
        self.item = item
        self.determined = determined
        self.among = among
        self.why_none: Gap | None = None
        self.is_within_quota = False
        self.done: list[tuple[Tax, TaxLine]] = []
        self.findings: list[Finding] = []

    def lines(self, pointer: str, *, on: date) -> tuple[tuple[TaxLine, ...], list[Finding]]:
        """The lines of every tax, and what there is to say about them."""
        procedure = self.item.procedure
        if procedure is None:
            code = self.item.facts.procedure or "(none)"
            self.findings.append(finding("ASM-06", f"{pointer}/GovernmentProcedure[1]/CurrentCode", procedure=code))
        elif not procedure.is_charged:
            return (), self.findings
        if self.item.value.amount is None:
            self.findings.append(finding("ASM-01", pointer, reason=self.item.value.reason))
        for tax, choice in self.choices(pointer, on=on):
            levy = Levy(self.item, tax, self.item.base(tax, self.done))
            self._keep(levy, self._levied(levy, choice), pointer=pointer)
        return tuple(line for _, line in self.done), self.findings

    def choices(self, pointer: str, *, on: date) -> Iterator[tuple[Tax, Choice]]:
        """The taxes that are levied, in their order, with what feeds each; no amount plays a part but where a condition asks."""
        candidates, unclear = self._candidates(pointer, on=on), self._unclear_without_origin(on=on)
        facts = self.item.facts
        for tax in self.law.regime.taxes:
            fed_by = candidates.get(tax.name, [])
            if not tax.is_levied(facts.procedure, facts.border_mode):
                continue
            if self.among is not any_measure or self.is_within_quota:
                fed_by = [each for each in fed_by if self._plays_a_part(tax, each.measure)]
            if tax.name in unclear:
                yield tax, Choice(unclear={unclear[tax.name]: Gap("no country of origin is declared")})
            elif tax.modes and not facts.border_mode:
                yield tax, Choice(unclear={tax.kinds[0]: Gap("it depends on the mode of transport at the border, which is not declared")})
            elif fed_by or tax.required or tax.standard_rate or facts.declared_amounts:
                choice = self._choice(tax, fed_by, pointer=pointer, on=on)
                self.is_within_quota |= any(each.measure.quota for each in choice.chosen)
                yield tax, after_displacement(choice, self.law.regime.displacements, on=on)

    def _plays_a_part(self, tax: Tax, measure: Measure) -> bool:
        return self.among(tax, measure) and not (self.is_within_quota and measure.type in tax.not_within_quota)

    def _candidates(self, pointer: str, *, on: date) -> dict[str, list[Applicable]]:
        """By tax, the measures for the origin of the goods, those of a preference for their preferential origin."""
        tariff, facts = self.law.tariff, self.item.facts
        found: Sequence[Applicable] = tariff.applicable(facts.commodity, facts.origin, on=on)
        if facts.preferential_origin != facts.origin:
            preferential = tariff.applicable(facts.commodity, facts.preferential_origin, on=on)
            found = [each for each in found if not self.law.is_preferential(each.measure)]
            found += [each for each in preferential if self.law.is_preferential(each.measure)]
        by_tax: dict[str, list[Applicable]] = {}
        for each in found:
            fed = self.law.taxes_fed_by(each.measure.kind)
            if not fed:
                self.findings.append(finding("ASM-08", pointer, measure=each.measure.id, kind=each.measure.kind))
            for name in fed:
                by_tax.setdefault(name, []).append(each)
        return by_tax

    def _unclear_without_origin(self, *, on: date) -> dict[str, str]:
        """By tax, a kind that cannot be told because it depends on an origin and none is declared."""
        facts = self.item.facts
        if facts.origin is not None:
            return {}
        limited = self.law.tariff.limited_to_an_origin(facts.commodity, on=on)
        asked = [each for each in limited if not each.preferences or facts.preference in each.preferences]
        codes = facts.additional_codes | {""}
        by_name = {tax.name: tax for tax in self.law.regime.taxes}
        feeding = [(name, each) for each in asked for name in self.law.taxes_fed_by(each.kind)]
        return {name: each.kind for name, each in feeding if each.additional_code in codes or not by_name[name].claimed_by_code}

    def _question(self, tax: Tax) -> Question:
        return Question(tax, self.item.facts, self.law.preferences, self.law.regime.default_preference, self.item.evidence)

    def _with_components(self, chosen: Chosen, *, on: date) -> Chosen:
        """The choice with the amounts of another table in its rate, for the composition of the goods; or what keeps them out."""
        if chosen.gap or chosen.rate.needs.isdisjoint(meursing.COMPONENTS):
            return chosen
        goods = meursing.Goods(self.item.facts.additional_codes, self.item.facts.quantities, self._origin(chosen.measure))
        try:
            rate = self.law.tariff.with_components(chosen.rate, goods, measure=chosen.measure, on=on)
        except meursing.UnknownComponentError as unknown:
            reason = f"the rate {chosen.rate.text!r} names a component of another table: {unknown}"
            return msgspec.structs.replace(chosen, gap=Gap(reason, is_for_customs=unknown.is_for_customs))
        return msgspec.structs.replace(chosen, rate=rate)

    def _origin(self, measure: Measure) -> str | None:
        return self.item.facts.preferential_origin if self.law.is_preferential(measure) else self.item.facts.origin

    def _choice(self, tax: Tax, candidates: Sequence[Applicable], *, pointer: str, on: date) -> Choice:
        if self._overridden(tax):
            return Choice()
        choice = self._question(tax).choice(candidates)
        choice.chosen = [self._with_components(each, on=on) for each in choice.chosen]
        self._tell(choice, pointer=pointer)
        if not choice.chosen and not choice.unclear and tax.standard_rate:
            choice.chosen.append(_standard(tax))
        if not choice.chosen and not choice.unclear and tax.required:
            why = "no measure of the tariff covers these goods, this origin and this claim"
            choice.unclear[tax.kinds[0]] = self.why_none or Gap(why, is_for_customs=not candidates)
        return choice

    def _levied(self, levy: Levy, choice: Choice) -> list[TaxLine]:
        """The lines of one tax: as overridden by the declarant, as the chosen measures make them, or undetermined."""
        lines = [levy.overridden(kind, amount) for kind, amount in self._overridden(levy.tax).items()]
        lines += [levy.line(chosen) for chosen in choice.chosen]
        return lines + [levy.undetermined(kind, gap) for kind, gap in choice.unclear.items()]

    def _overridden(self, tax: Tax) -> dict[str, Decimal]:
        """The amounts of the tax that the declarant worked out, where a statement lets them stand."""
        facts = self.item.facts
        if not facts.statements.intersection(self.law.regime.override_statements):
            return {}
        return {kind: amount for kind, amount in facts.declared_amounts.items() if tax.takes(kind)}

    def _keep(self, levy: Levy, lines: list[TaxLine], *, pointer: str) -> None:
        for each in lines:
            line = levy.determined(self.determined[each.tax]) if each.amount is None and each.tax in self.determined else each
            self.done.append((levy.tax, line))
            if line.amount is None:
                code = "ASM-09" if line.is_for_customs else "ASM-02"
                self.findings.append(finding(code, f"{pointer}/Commodity/DutyTaxFee", tax=line.tax, reason=line.reason))

    def _tell(self, choice: Choice, *, pointer: str) -> None:
        if choice.denied:
            params = {"claimed": self.item.facts.preference, "reason": choice.denied.reason, "applied": choice.denied.applied}
            self.findings.append(finding("ASM-03", f"{pointer}/Commodity/DutyTaxFee[1]/DutyRegimeCode", **params))
        for measure, reason in choice.refused:
            self.findings.append(finding("ASM-04", f"{pointer}/AdditionalDocument", measure=measure, reason=reason))


def _standard(tax: Tax) -> Chosen:
    rate = read_rate(tax.standard_rate)
    measure = Measure(id=f"standard rate of {tax.kinds[0]}", commodity="", kind=tax.kinds[0], rate=rate, legal_basis=tax.legal_basis)
    return Chosen(measure, rate)
