"""Answer: what can be said of a claim of origin: the derivation, the proof's findings, and the cheapest way where the rule is not met."""

from datetime import date

from msgspec import Struct

from customhouse.assessment.origin.agreement import Agreement
from customhouse.assessment.origin.cheapest_way import Way, cheapest_way
from customhouse.assessment.origin.claim import Claim
from customhouse.assessment.origin.derivation import Node
from customhouse.assessment.origin.determination import determine
from customhouse.assessment.origin.proof import check_proof
from customhouse.assessment.origin.verdict import Verdict
from customhouse.kernel import Finding


class Answer(Struct, frozen=True, kw_only=True):
    """Everything about a claim on a day."""

    derivation: Node
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
    return Answer(derivation=derivation, findings=check_proof(claim.proof, agreement, on=on), way=way)
