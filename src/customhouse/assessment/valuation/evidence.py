"""Evidence: what a statement in a valuation rests on; objective and quantifiable data (WTO Valuation Agreement, Article 8.3).

A price database is no evidence: it has no member here, so that nothing can be added, adjusted or ruled out by it.
"""

from collections.abc import Sequence
from enum import StrEnum

import msgspec


class EvidenceKind(StrEnum):
    """What kind of paper or fact it is."""

    INVOICE = "invoice"
    CONTRACT = "contract"
    PAYMENT = "payment"
    ACCOUNTS = "accounts"
    TRANSPORT_DOCUMENT = "transport_document"
    IMPORT_ENTRY = "import_entry"
    PRICE_LIST = "price_list"
    CORRESPONDENCE = "correspondence"
    STATEMENT = "statement"
    EXAMINATION = "examination"
    DOUBT_DECISION = "doubt_decision"


class Evidence(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One piece of it: its kind, the reference under which it is kept, and what it shows."""

    kind: EvidenceKind
    reference: str
    shows: str = ""

    def __post_init__(self) -> None:
        """Refuse a piece that nobody could find."""
        if not self.reference.strip():
            raise ValueError("evidence needs the reference under which it is kept")


def named(evidence: Sequence[Evidence]) -> str:
    """The evidence in words, as in `contract C-17 and invoice 4711`."""
    return " and ".join(f"{each.kind.replace('_', ' ')} {each.reference}" for each in evidence)
