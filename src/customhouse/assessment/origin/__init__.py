"""Where goods originate, and why: rules of origin as expression trees over a bill of materials, proofs, and their verification."""

from customhouse.assessment.origin import verification
from customhouse.assessment.origin.agreement import Agreement, read_agreement
from customhouse.assessment.origin.answer import Answer, answer
from customhouse.assessment.origin.catalogue import CATALOGUE
from customhouse.assessment.origin.claim import Claim, read_claim, read_materials
from customhouse.assessment.origin.derivation import SENTENCES
from customhouse.assessment.origin.refusal import UnreadableOriginError
from customhouse.assessment.origin.scheme import read_schemes

__all__ = [
    "CATALOGUE",
    "SENTENCES",
    "Agreement",
    "Answer",
    "Claim",
    "UnreadableOriginError",
    "answer",
    "read_agreement",
    "read_claim",
    "read_materials",
    "read_schemes",
    "verification",
]
