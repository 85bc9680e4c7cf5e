"""Assess: what a declaration owes and why, as a pure function of the declaration, the law and the day (RKC General Annex, 4.1)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from customhouse.assessment.catalogue import finding, item_pointer
from customhouse.assessment.customs_value import CustomsValue, customs_values
from customhouse.assessment.goods_facts import GoodsFacts, goods_facts
from customhouse.assessment.law import Law
from customhouse.assessment.levy import Item, undetermined
from customhouse.assessment.measure_choice import Choice, Chosen, Question
from customhouse.assessment.regime import Tax
from customhouse.assessment.tax_line import Assessment, ItemAssessment, TaxLine, totals
from customhouse.declaration import Declaration
from customhouse.kernel import Finding
from customhouse.tariff import Applicable, Measure, read_rate


def assess(declaration: Declaration, law: Law, *, on: date) -> Assessment:
    """The customs value and the tax lines of every item under the law of the day, and the findings made on the way."""
    exchange = law.exchange_rates.on(on, law.regime.currency)
    values, findings = customs_values(declaration, law.regime, exchange)
    items: list[ItemAssessment] = []
    found = list(findings)
    for place, (item, value) in enumerate(zip(declaration.items, values, strict=True), start=1):
        facts = goods_facts(declaration, item, default_preference=law.regime.default_preference)
        lines, remarks = _ItemCascade(law, facts, value, on).lines(item_pointer(place))
        found += remarks
        sequence = item.sequence_numeric or place
        valuation = value.explanation or value.reason
        items.append(ItemAssessment(sequence=sequence, customs_value=value.amount, lines=lines, valuation=valuation))
    return Assessment(currency=law.regime.currency, items=tuple(items), totals=totals(tuple(items)), findings=tuple(found))


class _ItemCascade:
    """The taxes of one item, each levied in its turn on what came before."""

    def __init__(self, law: Law, facts: GoodsFacts, value: CustomsValue, on: date) -> None:
        self.law = law
        self.facts = facts
        self.on = on
        commodity = law.tariff.commodity(facts.commodity, on=on)
        self.item = Item(
            facts,
            value,
            law.regime,
            law.exchange_rates.on(on, law.regime.currency),
            commodity.supplementary_unit if commodity else "",
            law.procedure(facts),
            law.reliefs(facts),
        )
        self.done: list[TaxLine] = []
        self.names: dict[str, str] = {}
        self.findings: list[Finding] = []

    def lines(self, pointer: str) -> tuple[tuple[TaxLine, ...], list[Finding]]:
        procedure = self.item.procedure
        if procedure is None:
            code = self.facts.procedure or "(none)"
            self.findings.append(finding("ASM-06", f"{pointer}/GovernmentProcedure[1]/CurrentCode", procedure=code))
        elif not procedure.is_charged:
            return (), self.findings
        candidates = self._candidates()
        for tax in self.law.regime.taxes:
            self._levy(tax, candidates.get(tax.name, []), pointer)
        return tuple(self.done), self.findings

    def _candidates(self) -> dict[str, list[Applicable]]:
        """By tax, the measures for the origin of the goods, those of a preference for their preferential origin."""
        tariff, facts = self.law.tariff, self.facts
        found: Sequence[Applicable] = tariff.applicable(facts.commodity, facts.origin, on=self.on)
        if facts.preferential_origin != facts.origin:
            preferential = tariff.applicable(facts.commodity, facts.preferential_origin, on=self.on)
            found = [each for each in found if not self.law.is_preferential(each.measure)]
            found += [each for each in preferential if self.law.is_preferential(each.measure)]
        by_tax: dict[str, list[Applicable]] = {}
        for each in found:
            for name in self.law.taxes_fed_by(each.measure.kind):
                by_tax.setdefault(name, []).append(each)
        return by_tax

    def _levy(self, tax: Tax, candidates: Sequence[Applicable], pointer: str) -> None:
        if not (candidates or tax.required or tax.standard_rate or self.facts.declared_amounts):
            return
        base, reason = self.item.base(tax, self.done, self.names)
        overridden = self._overrides(tax, base)
        if overridden:
            self._keep(tax, overridden, pointer)
            return
        choice = Question(tax, self.facts, self.law.preferences, self.law.regime.default_preference).choice(candidates)
        if not choice.chosen and not choice.unclear and tax.standard_rate:
            choice.chosen.append(_standard(tax))
        lines = [self._line(tax, chosen, base, reason) for chosen in choice.chosen]
        lines += [undetermined(tax, kind, base, why) for kind, why in choice.unclear.items()]
        if not lines and tax.required:
            lines.append(undetermined(tax, tax.kinds[0], base, "no measure of the tariff covers these goods, this origin and this claim"))
        self._keep(tax, lines, pointer)
        self._tell(choice, pointer)

    def _line(self, tax: Tax, chosen: Chosen, base: Decimal | None, reason: str) -> TaxLine:
        if self.item.procedure is None:
            return undetermined(tax, chosen.measure.kind, base, "the procedure is not known", chosen)
        return self.item.levied(tax, chosen, base, reason)

    def _overrides(self, tax: Tax, base: Decimal | None) -> list[TaxLine]:
        if not self.facts.statements.intersection(self.law.regime.override_statements):
            return []
        return [self.item.overridden(tax, kind, base, amount) for kind, amount in self.facts.declared_amounts.items() if tax.takes(kind)]

    def _keep(self, tax: Tax, lines: list[TaxLine], pointer: str) -> None:
        for line in lines:
            self.names[line.tax] = tax.name
            if line.amount is None:
                self.findings.append(finding("ASM-02", f"{pointer}/Commodity/DutyTaxFee", tax=line.tax, reason=line.reason))
        self.done += lines

    def _tell(self, choice: Choice, pointer: str) -> None:
        if choice.denied:
            params = {"claimed": self.facts.preference, "reason": choice.denied.reason, "applied": choice.denied.applied}
            self.findings.append(finding("ASM-03", f"{pointer}/Commodity/DutyTaxFee[1]/DutyRegimeCode", **params))
        for measure, reason in choice.refused:
            self.findings.append(finding("ASM-04", f"{pointer}/AdditionalDocument", measure=measure, reason=reason))


def _standard(tax: Tax) -> Chosen:
    rate = read_rate(tax.standard_rate)
    measure = Measure(id=f"standard rate of {tax.kinds[0]}", commodity="", kind=tax.kinds[0], rate=rate, legal_basis=tax.legal_basis)
    return Chosen(measure, rate)
