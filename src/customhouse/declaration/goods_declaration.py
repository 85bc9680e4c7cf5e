"""Goods declaration: what the declarant states about a consignment, as the WCO Data Model orders it (RKC General Annex, chapter 3)."""

import msgspec

from customhouse.declaration.document import (
    AdditionalDocument,
    AdditionalInformation,
    AmendmentReason,
    CurrencyExchange,
    ObligationGuarantee,
    PreviousDocument,
)
from customhouse.declaration.goods_item import CustomsValuation, DutyTaxFee, GoodsItem, UniqueConsignmentReference
from customhouse.declaration.party import Consignment, Party, TransportMeans
from customhouse.declaration.value import Amount, Measure, StampedTime, UnmappedLeaf


class TradeTerms(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The delivery terms: an Incoterm and the place it names (SAD box 20)."""

    condition_code: str | None = None
    country_relationship_code: str | None = None
    description: str | None = None
    location_id: str | None = None
    location_name: str | None = None


class Warehouse(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The customs warehouse, by kind and number (SAD box 49)."""

    id: str | None = None
    type_code: str | None = None


class GoodsShipment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The goods that move from seller to buyer: parties, carriage, terms, items."""

    transaction_nature_code: str | None = None
    export_country_id: str | None = None
    destination_country_code: str | None = None
    destination_region_id: str | None = None
    exited_at: StampedTime | None = None
    buyer: Party | None = None
    seller: Party | None = None
    consignee: Party | None = None
    consignor: Party | None = None
    exporter: Party | None = None
    importer: Party | None = None
    payer: Party | None = None
    surety: Party | None = None
    invoice_id: str | None = None
    invoice_issued_at: StampedTime | None = None
    consignment: Consignment | None = None
    customs_valuation: CustomsValuation | None = None
    trade_terms: TradeTerms | None = None
    ucr: UniqueConsignmentReference | None = None
    warehouse: Warehouse | None = None
    aeo_mutual_recognition_parties: tuple[Party, ...] = ()
    domestic_duty_tax_parties: tuple[Party, ...] = ()
    additional_documents: tuple[AdditionalDocument, ...] = ()
    additional_information: tuple[AdditionalInformation, ...] = ()
    previous_documents: tuple[PreviousDocument, ...] = ()
    items: tuple[GoodsItem, ...] = ()


class Declaration(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A goods declaration, or the part of one that an amendment, a cancellation or a notification repeats.

    Fields are as declared: nothing is filled in, nothing is corrected. `lrn` is the declarant's own reference, unique to the
    declarant; `mrn` is the number that customs gave.
    """

    function_code: str | None = None
    lrn: str | None = None
    mrn: str | None = None
    type_code: str | None = None
    version_id: str | None = None
    accepted_at: StampedTime | None = None
    issued_at: StampedTime | None = None
    rejected_at: StampedTime | None = None
    issue_location_id: str | None = None
    specific_circumstances_code: str | None = None
    goods_item_quantity: int | None = None
    loading_list_quantity: int | None = None
    invoice_amount: Amount | None = None
    total_gross_mass: Measure | None = None
    total_package_quantity: Measure | None = None
    declaration_office_id: str | None = None
    presentation_office_id: str | None = None
    supervising_office_id: str | None = None
    exit_office_id: str | None = None
    authentication: str | None = None
    authenticator_name: str | None = None
    agent: Party | None = None
    declarant: Party | None = None
    exporter: Party | None = None
    submitter: Party | None = None
    authorisation_holders: tuple[Party, ...] = ()
    additional_documents: tuple[AdditionalDocument, ...] = ()
    additional_information: tuple[AdditionalInformation, ...] = ()
    amendments: tuple[AmendmentReason, ...] = ()
    border_transport_means: TransportMeans | None = None
    consignment: Consignment | None = None
    currency_exchanges: tuple[CurrencyExchange, ...] = ()
    duty_tax_fees: tuple[DutyTaxFee, ...] = ()
    goods_shipment: GoodsShipment | None = None
    obligation_guarantees: tuple[ObligationGuarantee, ...] = ()
    unmapped: tuple[UnmappedLeaf, ...] = ()

    @property
    def items(self) -> tuple[GoodsItem, ...]:
        """The goods items, in the order declared."""
        return self.goods_shipment.items if self.goods_shipment else ()
