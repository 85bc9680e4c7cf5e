"""Answer: what can be said of a claim of origin: the derivation, the proof's findings, and the cheapest way where the rule is not met."""

from collections import defaultdict
from datetime import date
from decimal import Decimal

from msgspec import Struct

from customhouse.assessment.origin.agreement import Agreement
from customhouse.assessment.origin.bill_of_materials import BillOfMaterials
from customhouse.assessment.origin.cheapest_way import Way, cheapest_way
from customhouse.assessment.origin.claim import Claim
from customhouse.assessment.origin.derivation import Node
from customhouse.assessment.origin.determination import counted, determine
from customhouse.assessment.origin.proof import check_proof
from customhouse.assessment.origin.verdict import Verdict
from customhouse.kernel import Finding


class Answer(Struct, frozen=True, kw_only=True):
    """Everything about a claim on a day; `territory` is where the goods originate, empty where that is not determined."""

    derivation: Node
    territory: str = ""
    findings: tuple[Finding, ...] = ()
    way: Way | None = None

    @property
    def originates(self) -> bool:
        """Whether every rule is satisfied."""
        return self.derivation.verdict is Verdict.SATISFIED


def answer(claim: Claim, agreement: Agreement, *, on: date) -> Answer:
    """The answer to a claim under an agreement on the day of acceptance."""
    derivation = determine(claim.bill, agreement, circumstances=claim.circumstances, on=on)
    way = None if derivation.verdict is Verdict.SATISFIED else cheapest_way(claim.bill, agreement)
    territory = _territory(claim.bill, agreement, derivation.verdict)
    return Answer(derivation=derivation, territory=territory, findings=check_proof(claim.proof, agreement, on=on), way=way)


def _territory(bill: BillOfMaterials, agreement: Agreement, verdict: Verdict) -> str:
    """Where the goods originate: anti-dumping duties, quotas and statistics go by it under the non-preferential rules."""
    if verdict is Verdict.SATISFIED:
        return bill.product.produced_in
    if verdict is Verdict.UNDETERMINED or not agreement.residual_by_value:
        return ""
    worth: dict[str, Decimal] = defaultdict(Decimal)
    for each in counted(bill, agreement):
        if each.value is None or not each.material.origin:
            return ""
        worth[each.material.origin] += each.value
    greatest = [territory for territory, value in worth.items() if value == max(worth.values())]
    return greatest[0] if len(greatest) == 1 else ""
