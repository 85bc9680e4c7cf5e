"""Documents, statements, guarantees and pointers that stand on a declaration or one of its items (SAD boxes 40, 44, 52)."""

from decimal import Decimal

import msgspec

from customhouse.declaration.party import Party
from customhouse.declaration.value import Amount, Measure, StampedTime


class WriteOff(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What an item draws from a licence: a quantity, an amount, or both."""

    quantity: Measure | None = None
    amount: Amount | None = None


class AdditionalDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A supporting document: category and type together are its code (SAD box 44)."""

    category_code: str | None = None
    type_code: str | None = None
    id: str | None = None
    name: str | None = None
    lpco_exemption_code: str | None = None
    sequence_numeric: int | None = None
    effective_at: StampedTime | None = None
    issued_at: StampedTime | None = None
    issuing_party: Party | None = None
    submitter: Party | None = None
    write_off: WriteOff | None = None

    @property
    def code(self) -> str:
        """The document code as traders write it: the category before the type, as in N935."""
        return f"{self.category_code or ''}{self.type_code or ''}"


class PreviousDocument(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The document that the goods came under before (SAD box 40)."""

    category_code: str | None = None
    type_code: str | None = None
    id: str | None = None
    line_numeric: int | None = None
    sequence_numeric: int | None = None

    @property
    def code(self) -> str:
        """The document code as traders write it: the category before the type, as in ZDCR."""
        return f"{self.category_code or ''}{self.type_code or ''}"


class Pointer(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One step of a path through the WCO Data Model: class, which one of them counted from 1, and for the last step the tag."""

    sequence_numeric: int | None = None
    document_section_code: str | None = None
    tag_id: str | None = None


class AdditionalInformation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A coded or free statement, and what it is about (SAD box 44)."""

    statement_code: str | None = None
    statement_description: str | None = None
    statement_type_code: str | None = None
    sequence_numeric: int | None = None
    limit_at: StampedTime | None = None
    pointers: tuple[Pointer, ...] = ()


class AmendmentReason(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Why a declaration is changed, and the path to the part that is."""

    change_reason_code: str | None = None
    pointers: tuple[Pointer, ...] = ()


class ObligationGuarantee(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The security offered for the debt (SAD box 52)."""

    id: str | None = None
    reference_id: str | None = None
    security_details_code: str | None = None
    access_code: str | None = None
    amount: Amount | None = None
    guarantee_office_id: str | None = None


class CurrencyExchange(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The exchange rate that the declarant used (SAD box 23)."""

    currency_type_code: str | None = None
    rate_numeric: Decimal | None = None
