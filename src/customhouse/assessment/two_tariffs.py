"""Two tariffs: the lines of one item where the law decides by the difference of the duties which of two tariffs applies.

The country's own tariff applies where the two duties differ by at most a share of the customs value, otherwise the other one. Shares,
kinds and legal basis are data of the country package (`[[two_tariffs]]`).
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from customhouse.assessment.cascade import ItemCascade, any_measure
from customhouse.assessment.catalogue import finding
from customhouse.assessment.determination import Determination
from customhouse.assessment.law import Law
from customhouse.assessment.levy import Item
from customhouse.assessment.measure_choice import Gap
from customhouse.assessment.regime import Tax, TwoTariffs
from customhouse.assessment.tax_line import TaxLine
from customhouse.kernel import Finding
from customhouse.tariff import Measure

Among = Callable[[Tax, Measure], bool]


class Levied(Struct, frozen=True):
    """The lines of one item, what there is to say about them, and where two tariffs were compared, which applies and why."""

    lines: tuple[TaxLine, ...]
    findings: Sequence[Finding]
    ruling: str = ""


class ItemLevy(Struct, frozen=True):
    """One item under the law, ready to be levied by its one tariff, or by the one of two that applies."""

    law: Law
    item: Item
    determined: Mapping[str, Determination] = {}
    among: Among = any_measure

    def levied(self, pointer: str, *, on: date) -> Levied:
        """The lines of the item; those of the tariff that applies, where the item falls under two."""
        rule = self._rule(on=on)
        if rule is None:
            return Levied(*ItemCascade(self.law, self.item, self.determined, among=self.among).lines(pointer, on=on))
        own, other = self._under(rule.other, pointer, on=on), self._under(rule.own, pointer, on=on)
        duties, value = (_duty(own, rule.own), _duty(other, rule.other)), self.item.value.amount
        if value is None or duties[0] is None or duties[1] is None:
            reason = f"which of the two tariffs of {rule.name} applies depends on the duty of both, and one is undetermined"
            return self._under(rule.own | rule.other, pointer, on=on, why=Gap(reason))
        difference = abs(duties[1] - duties[0])
        is_own = difference <= value * rule.share
        params = {
            "territory": rule.name,
            "applies": "the country's own" if is_own else "the other",
            "own": f"{duties[0]:,f}",
            "other": f"{duties[1]:,f}",
            "compared": "not more" if is_own else "more",
            "share": f"{(rule.share * 100).normalize():f}",
            "legal_basis": rule.legal_basis,
        }
        applied = own if is_own else other
        told = finding("ASM-16", pointer, **params)
        return Levied(applied.lines, [*applied.findings, told], "own" if is_own else "other")

    def _rule(self, *, on: date) -> TwoTariffs | None:
        """The rule that the statements of the item call for, where measures of both tariffs are to be compared."""
        facts = self.item.facts
        found = [each for each in self.law.regime.two_tariffs if facts.statements.intersection(each.statements)]
        if not found:
            return None
        origins = {facts.origin, facts.preferential_origin}
        kinds = {each.measure.kind for origin in origins for each in self.law.tariff.applicable(facts.commodity, origin, on=on)}
        return next((each for each in found if each.own & kinds and each.other & kinds), None)

    def _under(self, left_out: frozenset[str], pointer: str, *, on: date, why: Gap | None = None) -> Levied:
        def among(tax: Tax, measure: Measure) -> bool:
            return measure.kind not in left_out and self.among(tax, measure)

        cascade = ItemCascade(self.law, self.item, self.determined, among=among)
        cascade.why_none = why
        return Levied(*cascade.lines(pointer, on=on))


def _duty(levied: Levied, kinds: frozenset[str]) -> Decimal | None:
    """The duties of one tariff together; nothing where one is undetermined, or there is none to compare."""
    amounts = [line.amount for line in levied.lines if line.tax in kinds]
    known = [amount for amount in amounts if amount is not None]
    return sum(known, Decimal(0)) if amounts and len(known) == len(amounts) else None
