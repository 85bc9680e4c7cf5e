"""Quota claim: an item that claims a tariff quota, and under which duty it falls by what is known of the quota on the day."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal

import msgspec
from msgspec import Struct

from customhouse.assessment.cascade import levied_item
from customhouse.assessment.catalogue import CATALOGUE, finding
from customhouse.assessment.customs_value import CustomsValue
from customhouse.assessment.goods_facts import GoodsFacts
from customhouse.assessment.law import Law
from customhouse.assessment.levy import NOTHING, Item
from customhouse.assessment.regime import TaxStatus
from customhouse.assessment.tax_line import QuotaClaim, QuotaStanding, TaxLine
from customhouse.kernel import Finding
from customhouse.tariff import quota

NOTHING_KNOWN = quota.Known()
_DRAWING = frozenset({TaxStatus.DUE, TaxStatus.UNDETERMINED})
_WHOLE = Decimal(1)
_AGAINST = {quota.State.BLOCKED: "QUO-05", quota.State.SUSPENDED: "QUO-06", quota.State.EXHAUSTED: "QUO-07"}

Levied = tuple[tuple[TaxLine, ...], list[Finding]]


class Verdict(Struct, frozen=True):
    """Where a claim stands, what it rests on in words, the finding to be made, and the share of it that still waits for its answer."""

    claim: QuotaClaim
    words: str = ""
    code: str = ""
    waiting: Decimal = _WHOLE


def is_drawn(lines: tuple[TaxLine, ...], facts: GoodsFacts, *, law: Law) -> bool:
    """Whether the item draws on a quota that the country keeps: a tax is levied within it, and not relieved or suspended."""
    return law.tariff.quotas.keeps(facts.quota) and any(line.quota == facts.quota and line.status in _DRAWING for line in lines)


def outside(facts: GoodsFacts, law: Law) -> GoodsFacts:
    """The facts of the same goods without the claim."""
    return msgspec.structs.replace(facts, quota="", preference=law.regime.default_preference)


def asked_of(found: quota.Quota, item: Item) -> Decimal | None:
    """How much of the quota an item asks for: its quantity in the unit of the quota, or its value where that is in money."""
    if found.unit == item.regime.currency:
        return item.value.amount
    return item.facts.quantity(found.unit, item.supplementary_unit)


def asked_together(law: Law, goods: Iterable[tuple[GoodsFacts, CustomsValue]], *, on: date) -> dict[str, Decimal]:
    """By order number, how much of a quota the items of one declaration ask for together."""
    together: dict[str, Decimal] = {}
    for facts, value in goods:
        found = law.tariff.quotas.find(facts.quota, on=on) if facts.quota else None
        if found:
            asked = asked_of(found, levied_item(law, facts, value=value, on=on))
            together[facts.quota] = together.get(facts.quota, NOTHING) + (asked or NOTHING)
    return together


class ClaimedQuota(Struct, frozen=True):
    """The claim of one item on the day, before what is known of the quotas and what the declaration asks of each in all."""

    law: Law
    item: Item
    known: quota.Known
    together: Mapping[str, Decimal]
    on: date

    def settled(self, within: Levied, beyond: Callable[[], Levied], *, pointer: str) -> tuple[QuotaClaim, Levied]:
        """The claim, and the lines and findings of the item as they are by it: within the quota, within it and secured, or outside it."""
        found = self.law.tariff.quotas.find(self.item.facts.quota, on=self.on)
        decided = self._verdict(found)
        lines, remarks = within
        if decided.claim.standing is QuotaStanding.OUTSIDE:
            lines, remarks = beyond()
            kinds = {line.tax for line in within[0] if line.quota}
            lines = tuple(_explained(line, decided.words) if line.tax in kinds else line for line in lines)
        else:
            lines = tuple(_explained(line, decided.words) if line.quota else line for line in lines)
        if decided.claim.standing is QuotaStanding.SECURED:
            lines = self._secured(lines, beyond()[0], share=decided.waiting)
        told = [finding(decided.code, f"{pointer}/Commodity/DutyTaxFee[1]/QuotaOrderID", **self._params(found))] if decided.code else []
        return decided.claim, (lines, [*remarks, *told])

    def _verdict(self, found: quota.Quota | None) -> Verdict:
        fault = self._fault(found)
        if found is None or fault:
            return self._against(fault, found)
        if found.method is quota.Method.LICENCE:
            return self._by_licence(found)
        answer = self.known.answers.get(found.order_number, quota.Answer())
        if answer.asked and not answer.waiting:
            return self._answered(found, answer)
        if answer.allotted:
            return self._waiting(found, "QUO-10", share=answer.waiting / answer.asked)
        return self._by_balance(found)

    def _fault(self, found: quota.Quota | None) -> str:
        """Why nothing can be asked of the quota at all."""
        if found is None:
            return "QUO-01"
        if not self._is_open_to_the_origin(found):
            return "QUO-02"
        if found.method is quota.Method.LICENCE:
            return "QUO-03" if found.documents and not self._licences(found) else ""
        return "QUO-04" if asked_of(found, self.item) is None else ""

    def _licences(self, found: quota.Quota) -> list[str]:
        return sorted(self.item.facts.documents.intersection(found.documents))

    def _by_licence(self, found: quota.Quota) -> Verdict:
        halt = self.law.tariff.quotas.halt(found, on=self.on)
        if halt:
            return self._against(_AGAINST[halt], found)
        words = f"within quota {found.order_number} by licence {' '.join(self._licences(found))}"
        return Verdict(self._claim(found, QuotaStanding.ALLOTTED), words.rstrip())

    def _answered(self, found: quota.Quota, answer: quota.Answer) -> Verdict:
        if not answer.allotted:
            return self._against("QUO-09", found)
        words = f"{_written(answer.allotted)} {found.unit} of quota {found.order_number} allotted of {_written(answer.asked)} asked for"
        return Verdict(self._claim(found, QuotaStanding.ALLOTTED, is_asked=True), words, "QUO-11" if answer.refused else "")

    def _by_balance(self, found: quota.Quota) -> Verdict:
        quotas = self.law.tariff.quotas
        state = quotas.state(found, self.known.balances, on=self.on)
        if state in _AGAINST:
            return self._against(_AGAINST[state], found, is_asked=True)
        left = quotas.available(found, self.known.balances)
        if state is None or left is None:
            return self._waiting(found, "QUO-08")
        if state is quota.State.CRITICAL or self.together[found.order_number] > left:
            return self._waiting(found, "QUO-10")
        words = f"within quota {found.order_number}, of which {_written(left)} {found.unit} are left before today's requests"
        return Verdict(self._claim(found, QuotaStanding.OPEN, is_asked=True), words)

    def _against(self, code: str, found: quota.Quota | None, *, is_asked: bool = False) -> Verdict:
        words = CATALOGUE[code].wording.format_map(self._params(found))
        return Verdict(self._claim(found, QuotaStanding.OUTSIDE, is_asked=is_asked or code == "QUO-09"), words, code)

    def _waiting(self, found: quota.Quota, code: str, *, share: Decimal = _WHOLE) -> Verdict:
        words = CATALOGUE[code].wording.format_map(self._params(found))
        return Verdict(self._claim(found, QuotaStanding.SECURED, is_asked=True), words, code, share)

    def _claim(self, found: quota.Quota | None, standing: QuotaStanding, *, is_asked: bool = False) -> QuotaClaim:
        if found is None:
            return QuotaClaim(order_number=self.item.facts.quota, standing=standing)
        return QuotaClaim(
            order_number=found.order_number,
            standing=standing,
            account=found.account,
            unit=found.unit,
            asked=asked_of(found, self.item) if is_asked else None,
        )

    def _is_open_to_the_origin(self, found: quota.Quota) -> bool:
        origin = self._origin()
        return not found.origins or any(self.law.tariff.areas.contains(each, origin, on=self.on) for each in found.origins)

    def _origin(self) -> str | None:
        claim = self.law.preferences.get(self.item.facts.preference)
        return self.item.facts.preferential_origin if claim and claim.is_preferential else self.item.facts.origin

    def _params(self, found: quota.Quota | None) -> dict[str, str]:
        answer = self.known.answers.get(self.item.facts.quota, quota.Answer())
        return {
            "quota": self.item.facts.quota,
            "day": str(self.on),
            "origin": self._origin() or "no origin declared",
            "unit": found.unit if found else "",
            "documents": ", ".join(found.documents) if found else "",
            "asked": _written(answer.asked),
            "allotted": _written(answer.allotted),
        }

    def _secured(self, lines: tuple[TaxLine, ...], beyond: tuple[TaxLine, ...], *, share: Decimal) -> tuple[TaxLine, ...]:
        """The lines with what each tax would come to beyond them outside the quota, as a security; what is unknown is not secured."""
        more = _payable_by_tax(beyond)
        rounding, currency = self.item.regime.tax_rounding.rule, self.item.regime.currency
        secured: list[TaxLine] = []
        for line in lines:
            whole = more.pop(line.tax, None)
            difference = NOTHING if whole is None or line.payable is None else rounding.of((whole - line.payable) * share)
            if difference > 0:
                line = msgspec.structs.replace(line, secured=line.secured + difference)  # noqa: PLW2901 - the same line, secured
                line = _explained(line, f"{difference:,f} {currency} more are secured")  # noqa: PLW2901 - and says so
            secured.append(line)
        return tuple(secured)


def _payable_by_tax(lines: tuple[TaxLine, ...]) -> dict[str, Decimal]:
    sums: dict[str, Decimal] = {}
    for line in lines:
        if line.payable is not None:
            sums[line.tax] = sums.get(line.tax, NOTHING) + line.payable
    return sums


def _explained(line: TaxLine, words: str) -> TaxLine:
    return msgspec.structs.replace(line, explanation=f"{line.explanation}; {words.rstrip('.')}")


def _written(amount: Decimal) -> str:
    """An amount of goods without the zeros that say nothing."""
    return f"{amount.normalize():,f}"
