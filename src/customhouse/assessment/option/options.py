"""Options: every way in which the goods of a declaration may be brought in: without a claim, by suspension, preference or quota.

Each option is levied by the cascade that assesses declarations, held to the measures of one claim, with the documents that they ask for
taken as given and named. How lines and totals are rounded is data of the regime (`[estimate]`).
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct

from customhouse.assessment.cascade import levied_item
from customhouse.assessment.customs_value import customs_values
from customhouse.assessment.goods_facts import GoodsFacts, goods_facts
from customhouse.assessment.law import Law
from customhouse.assessment.levy import Item
from customhouse.assessment.regime import Tax
from customhouse.assessment.tax_line import TaxLine
from customhouse.assessment.two_tariffs import ItemLevy
from customhouse.declaration import Declaration
from customhouse.kernel import Finding
from customhouse.tariff import Action, Applicable, Measure, condition

_POINTER = "GoodsShipment/GovernmentAgencyGoodsItem[1]"


class Option(Struct, frozen=True, kw_only=True):
    """One way to bring the goods in: what is claimed, what has to be shown for it, its lines, and what they come to.

    The total is unknown where a line is undetermined. Of two tariffs `tariff` says which applies, `own` or `other`.
    """

    preference: str
    description: str
    quota: str
    measure_types: tuple[str, ...]
    area: str
    is_claimed: bool
    is_preferential: bool
    documents: tuple[str, ...]
    lines: tuple[TaxLine, ...]
    total: Decimal | None
    tariff: str = ""
    findings: tuple[Finding, ...] = ()


class Options(Struct, frozen=True, kw_only=True):
    """All options for some goods, the customs value they start from, and the place of the cheapest among them."""

    currency: str
    customs_value: Decimal | None
    valuation: str
    options: tuple[Option, ...]
    cheapest: int | None


class _Way(Struct, frozen=True):
    """The measures of one claim: the same type, preferences and quota, and where preferential the same area."""

    types: tuple[str, ...]
    preferences: tuple[str, ...]
    quota: str
    area: str
    measures: tuple[Measure, ...]


def options(declaration: Declaration, law: Law, *, on: date) -> Options:
    """The options for the first item of the declaration under the law of the day."""
    if not law.regime.estimate.rounds_lines:
        law = replace(law, regime=law.regime.rounded_in_total())
    exchange = law.exchange_rates.on(on, law.regime.currency)
    value = customs_values(declaration, law.regime, exchange=exchange)[0][0]
    facts = goods_facts(declaration, declaration.items[0], default_preference=law.regime.default_preference)
    item = levied_item(law, facts, value=value, on=on)
    found = tuple(_Asking(law, item).options(on=on))
    totals = [(option.total, place) for place, option in enumerate(found) if option.total is not None]
    amount = None if value.amount is None else law.regime.estimate.rounding.rule.of(value.amount)
    return Options(
        currency=law.regime.currency,
        customs_value=amount,
        valuation=value.explanation or value.reason,
        options=found,
        cheapest=min(totals)[1] if totals else None,
    )


class _Asking(Struct, frozen=True):
    """An item for which every way is tried."""

    law: Law
    item: Item

    def options(self, *, on: date) -> Iterable[Option]:
        ways = self._ways(on=on)
        unclaimed = [each for each in ways if not self._is_claim(each)]
        for way in sorted(ways, key=self._order):
            documents = self._documents(way)
            facts = self._claiming(way, documents)
            item = msgspec.structs.replace(self.item, facts=facts)
            if any(measure.outcome(item.evidence).action is Action.APPLY for measure in way.measures):
                yield self._option(way, item, documents, unclaimed, on=on)
        if not ways:
            yield self._option(_Way((), (), "", "", ()), self.item, (), [], on=on)

    def _ways(self, *, on: date) -> list[_Way]:
        facts, tariff = self.item.facts, self.law.tariff
        groups: dict[tuple[tuple[str, ...], tuple[str, ...], str, str], list[Measure]] = {}
        by_preference = {kind for tax in self.law.regime.taxes if tax.by_preference for kind in self._kinds(tax, on=on)}
        for each in tariff.applicable(facts.commodity, facts.origin, on=on):
            if each.measure.kind in by_preference:
                groups.setdefault(self._key(each), []).append(each.measure)
        return [_Way(*key, tuple(measures)) for key, measures in groups.items()]

    def _kinds(self, tax: Tax, *, on: date) -> set[str]:
        found = self.law.tariff.applicable(self.item.facts.commodity, self.item.facts.origin, on=on)
        return {each.measure.kind for each in found if tax.takes(each.measure.kind)}

    def _key(self, candidate: Applicable) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
        measure = candidate.measure
        default = self.law.regime.default_preference
        if not measure.quota and (not measure.preferences or default in measure.preferences):
            return (), (), "", ""  # what is owed without a claim is one option, whichever measure it is
        is_apart = self.law.is_preferential(measure) and not measure.quota
        return (measure.type,), measure.preferences, measure.quota, measure.area if is_apart else ""

    def _is_claim(self, way: _Way) -> bool:
        return bool(way.preferences or way.quota)

    def _order(self, way: _Way) -> tuple[bool, bool, bool, tuple[str, ...], str]:
        is_preferential = any(self.law.is_preferential(each) for each in way.measures)
        return self._is_claim(way), bool(way.quota), is_preferential, way.types, way.quota or way.area

    def _documents(self, way: _Way) -> tuple[str, ...]:
        """What has to be shown for the claim and is not shown yet: a proof of it, and what its measures ask for."""
        if not self._is_claim(way):
            return ()
        proofs = (
            self.law.preferences[way.preferences[0]].documents if way.preferences and way.preferences[0] in self.law.preferences else ()
        )
        given = self.item.facts.documents
        wanted = list(proofs[:1]) if proofs and not given.intersection(proofs) else []
        for measure in way.measures:
            wanted += condition.documents_wanted(measure.conditions, self.item.evidence)
        return tuple(dict.fromkeys(wanted))

    def _claiming(self, way: _Way, documents: tuple[str, ...]) -> GoodsFacts:
        facts = self.item.facts
        claim = way.preferences[0] if way.preferences else self.law.regime.default_preference
        return msgspec.structs.replace(facts, preference=claim, quota=way.quota, documents=facts.documents | frozenset(documents))

    def _option(self, way: _Way, item: Item, documents: tuple[str, ...], unclaimed: list[_Way], *, on: date) -> Option:
        held = {each.id for each in way.measures}
        if any(item.facts.statements.intersection(each.statements) for each in self.law.regime.two_tariffs):
            held |= {measure.id for each in unclaimed for measure in each.measures}  # the other tariff may not know the claim

        def among(tax: Tax, measure: Measure) -> bool:
            return not tax.by_preference or measure.id in held

        levied = ItemLevy(self.law, item, {}, among).levied(_POINTER, on=on)
        claims = [self.law.preferences[code] for code in way.preferences or (item.facts.preference,) if code in self.law.preferences]
        return Option(
            preference=item.facts.preference,
            description=", or ".join(dict.fromkeys(claim.description for claim in claims)),
            quota=way.quota,
            measure_types=way.types or tuple(sorted({each.type for each in way.measures if each.type})),
            area=way.area,
            is_claimed=self._is_claim(way),
            is_preferential=any(self.law.is_preferential(each) for each in way.measures),
            documents=documents,
            lines=tuple(self._shown(line) for line in levied.lines),
            total=self._total(levied.lines),
            tariff=levied.ruling,
            findings=tuple(levied.findings),
        )

    def _total(self, lines: Iterable[TaxLine]) -> Decimal | None:
        amounts = [line.payable for line in lines]
        known = [amount for amount in amounts if amount is not None]
        return self.law.regime.estimate.rounding.rule.of(sum(known, Decimal(0))) if len(known) == len(amounts) else None

    def _shown(self, line: TaxLine) -> TaxLine:
        """The line as it is shown: where lines are not rounded to be added up, rounded now by the rule of its tax or of the estimate."""
        if self.law.regime.estimate.rounds_lines:
            return line
        rule = self.law.regime.shown_by(line.tax).rule
        amounts = {name: rule.of(value) for name in ("base", "amount", "payable", "secured") if (value := getattr(line, name)) is not None}
        return msgspec.structs.replace(line, rounding=str(rule), **amounts)
