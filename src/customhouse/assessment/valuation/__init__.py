"""Which customs value goods have, and by which method: a chain of reasoning from Article 1 to Article 7, recorded step by step."""

from customhouse.assessment.valuation.case import ItemCase, UnreadableCaseError, ValuationCase, read_case
from customhouse.assessment.valuation.chain import Chain, value_of
from customhouse.assessment.valuation.consignment import UnsharedCostError, values_of
from customhouse.assessment.valuation.evidence import Evidence, EvidenceKind
from customhouse.assessment.valuation.price_signal import RecordedPrice, price_signal

__all__ = [
    "Chain",
    "Evidence",
    "EvidenceKind",
    "ItemCase",
    "RecordedPrice",
    "UnreadableCaseError",
    "UnsharedCostError",
    "ValuationCase",
    "price_signal",
    "read_case",
    "value_of",
    "values_of",
]
