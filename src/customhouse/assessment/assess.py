"""Assess: what a declaration owes and why, as a pure function of the declaration, the law and the day (RKC General Annex, 4.1)."""

from collections.abc import Mapping, Sequence
from datetime import date

from customhouse.assessment.catalogue import finding, item_pointer
from customhouse.assessment.customs_value import CustomsValue, customs_values
from customhouse.assessment.determination import Determination
from customhouse.assessment.goods_facts import GoodsFacts, goods_facts
from customhouse.assessment.law import Law
from customhouse.assessment.levy import Gap, Item, Levy
from customhouse.assessment.measure_choice import Choice, Chosen, Question
from customhouse.assessment.regime import Tax
from customhouse.assessment.tax_line import Assessment, ItemAssessment, TaxLine, totals
from customhouse.declaration import Declaration
from customhouse.kernel import Finding
from customhouse.tariff import Applicable, Measure, read_rate


def assess(declaration: Declaration, law: Law, *, on: date, determined: Sequence[Determination] = ()) -> Assessment:
    """The customs value and the tax lines of every item under the law of the day, and the findings made on the way.

    What customs determined itself stands where the law gives no figure, and only there.
    """
    exchange = law.exchange_rates.on(on, law.regime.currency)
    values, remarks_on_value = customs_values(declaration, law.regime, exchange=exchange)
    items: list[ItemAssessment] = []
    found: list[Finding] = []
    for place, (item, value) in enumerate(zip(declaration.items, values, strict=True), start=1):
        facts = goods_facts(declaration, item, default_preference=law.regime.default_preference)
        sequence = item.sequence_numeric or place
        stated = {each.tax: each for each in determined if each.item == sequence}
        lines, remarks = _ItemCascade(law, _item(law, facts, value=value, on=on), stated).lines(item_pointer(place), on=on)
        found += remarks
        valuation = value.explanation or value.reason
        items.append(ItemAssessment(sequence=sequence, customs_value=value.amount, lines=lines, valuation=valuation))
    if any(item.lines for item in items):
        found = [*remarks_on_value, *found]
    return Assessment(currency=law.regime.currency, items=tuple(items), totals=totals(tuple(items)), findings=tuple(found))


def _item(law: Law, facts: GoodsFacts, *, value: CustomsValue, on: date) -> Item:
    commodity = law.tariff.commodity(facts.commodity, on=on)
    unit = commodity.supplementary_unit if commodity else ""
    exchange = law.exchange_rates.on(on, law.regime.currency)
    return Item(facts, value, law.regime, exchange, unit, law.procedure(facts), law.reliefs(facts))


class _ItemCascade:
    """The taxes of one item, each levied in its turn on what came before."""

    def __init__(self, law: Law, item: Item, determined: Mapping[str, Determination]) -> None:
        self.law = law
        self.item = item
        self.determined = determined
        self.done: list[tuple[Tax, TaxLine]] = []
        self.findings: list[Finding] = []

    def lines(self, pointer: str, *, on: date) -> tuple[tuple[TaxLine, ...], list[Finding]]:
        procedure = self.item.procedure
        if procedure is None:
            code = self.item.facts.procedure or "(none)"
            self.findings.append(finding("ASM-06", f"{pointer}/GovernmentProcedure[1]/CurrentCode", procedure=code))
        elif not procedure.is_charged:
            return (), self.findings
        if self.item.value.amount is None:
            self.findings.append(finding("ASM-01", pointer, reason=self.item.value.reason))
        candidates, unclear = self._candidates(pointer, on=on), self._unclear_without_origin(on=on)
        for tax in self.law.regime.taxes:
            fed_by = candidates.get(tax.name, [])
            if tax.name in unclear:
                levy = Levy(self.item, tax, self.item.base(tax, self.done))
                self._keep(levy, [levy.undetermined(unclear[tax.name], Gap("no country of origin is declared"))], pointer=pointer)
            elif fed_by or tax.required or tax.standard_rate or self.item.facts.declared_amounts:
                levy = Levy(self.item, tax, self.item.base(tax, self.done))
                self._keep(levy, self._levied(levy, fed_by, pointer=pointer), pointer=pointer)
        return tuple(line for _, line in self.done), self.findings

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
        return {name: each.kind for each in asked for name in self.law.taxes_fed_by(each.kind)}

    def _levied(self, levy: Levy, candidates: Sequence[Applicable], *, pointer: str) -> list[TaxLine]:
        """The lines of one tax: as overridden by the declarant, as the chosen measures make them, or undetermined."""
        tax = levy.tax
        overridden = self._overridden(levy)
        if overridden:
            return overridden
        choice = Question(tax, self.item.facts, self.law.preferences, self.law.regime.default_preference).choice(candidates)
        self._tell(choice, pointer=pointer)
        if not choice.chosen and not choice.unclear and tax.standard_rate:
            choice.chosen.append(_standard(tax))
        lines = [levy.line(chosen) for chosen in choice.chosen]
        lines += [levy.undetermined(kind, Gap(why)) for kind, why in choice.unclear.items()]
        if not lines and tax.required:
            uncovered = Gap("no measure of the tariff covers these goods, this origin and this claim", is_for_customs=not candidates)
            lines.append(levy.undetermined(tax.kinds[0], uncovered))
        return lines

    def _overridden(self, levy: Levy) -> list[TaxLine]:
        facts = self.item.facts
        if not facts.statements.intersection(self.law.regime.override_statements):
            return []
        return [levy.overridden(kind, amount) for kind, amount in facts.declared_amounts.items() if levy.tax.takes(kind)]

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
