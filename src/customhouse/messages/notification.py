"""Notification: the answers that customs sends a declarant, in the WCO response form, built from plain values."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum

import msgspec

from customhouse.declaration import Amount, Declaration, GoodsItem, GoodsShipment, StampedTime, goods_item
from customhouse.kernel import Finding
from customhouse.messages.document import Document, MetaData
from customhouse.messages.response import Response, ResponseError
from customhouse.messages.wco_pointer import pointers_of


class Notice(StrEnum):
    """What a notification says: its function code."""

    ACCEPTED = "01"
    RECEIVED = "02"
    REJECTED = "03"
    CONTROL = "05"
    DOCUMENTS_REQUESTED = "06"
    AMENDED = "07"
    RELEASED = "08"
    CLEARED = "09"
    INVALIDATED = "10"
    QUERIED = "12"
    TAX = "13"


@dataclass(frozen=True, slots=True)
class TaxNotice:
    """One tax line as the declarant is told it; amounts in `currency`, a missing base or rate is left out."""

    sequence: int
    tax: str
    assessed: Decimal
    payable: Decimal
    currency: str
    base: Decimal | None = None
    regime: str | None = None


def notification(notice: Notice, declaration: Declaration, *, reference: str, at: datetime) -> Document:
    """The response of one function to a declaration: accepted, under control, released, cleared and the like."""
    accepted_at = stamped(at=at) if notice is Notice.ACCEPTED else None
    return _answer(notice, msgspec.structs.replace(_about(declaration), accepted_at=accepted_at), reference=reference, at=at)


def rejection(declaration: Declaration, findings: Sequence[Finding], *, reference: str, at: datetime) -> Document:
    """The response that refuses a declaration: each finding an error with the code of its rule and the pointer to the place."""
    about = msgspec.structs.replace(_about(declaration), rejected_at=stamped(at=at))
    return _answer(Notice.REJECTED, about, reference=reference, at=at, errors=tuple(_error(finding) for finding in findings))


def tax_notification(declaration: Declaration, taxes: Sequence[TaxNotice], *, reference: str, at: datetime) -> Document:
    """The response that tells the taxes, line by line under their items."""
    about = msgspec.structs.replace(_about(declaration), goods_shipment=_taxed(taxes))
    return _answer(Notice.TAX, about, reference=reference, at=at)


def _about(declaration: Declaration) -> Declaration:
    return Declaration(lrn=declaration.lrn, mrn=declaration.mrn, version_id=declaration.version_id)


def _error(finding: Finding) -> ResponseError:
    return ResponseError(validation_code=finding.code, description=finding.pointer or None, pointers=pointers_of(finding.pointer))


def _answer(notice: Notice, about: Declaration, *, reference: str, at: datetime, errors: tuple[ResponseError, ...] = ()) -> Document:
    response = Response(
        function_code=notice.value,
        functional_reference_id=reference,
        issued_at=stamped(at=at),
        errors=errors,
        declaration=about,
    )
    return Document(metadata=MetaData(model_version_code="3.6", type_name="RES"), response=response)


def stamped(*, at: datetime) -> StampedTime:
    """An aware instant as a response writes it: UTC, to the second, format 304."""
    return StampedTime(at.astimezone(UTC).strftime("%Y%m%d%H%M%SZ"), "304")


def _taxed(taxes: Sequence[TaxNotice]) -> GoodsShipment:
    sequences = dict.fromkeys(tax.sequence for tax in taxes)
    return GoodsShipment(
        items=tuple(
            GoodsItem(
                sequence_numeric=sequence,
                commodity=goods_item.Commodity(duty_tax_fees=tuple(_fee(tax) for tax in taxes if tax.sequence == sequence)),
            )
            for sequence in sequences
        )
    )


def _fee(tax: TaxNotice) -> goods_item.DutyTaxFee:
    return goods_item.DutyTaxFee(
        type_code=tax.tax,
        duty_regime_code=tax.regime,
        ad_valorem_tax_base_amount=None if tax.base is None else Amount(tax.base, tax.currency),
        deduct_amount=Amount(tax.assessed - tax.payable, tax.currency),
        payment=goods_item.Payment(
            tax_assessed_amount=Amount(tax.assessed, tax.currency), payment_amount=Amount(tax.payable, tax.currency)
        ),
    )
