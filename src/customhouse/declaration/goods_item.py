"""Goods item: one line of a declaration: what the goods are, what is asked for them, what they are worth (SAD boxes 31 to 47)."""

from decimal import Decimal

import msgspec

from customhouse.declaration.document import AdditionalDocument, AdditionalInformation, ObligationGuarantee, PreviousDocument
from customhouse.declaration.party import Party, TransportEquipment
from customhouse.declaration.value import Amount, Measure


class Classification(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One code for the goods and its scheme: TSP the nomenclature, TRC two further digits, TRA and GN additional codes."""

    id: str | None = None
    identification_type_code: str | None = None


class Payment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How a tax is paid, what was assessed and what falls due (SAD box 47)."""

    method_code: str | None = None
    tax_assessed_amount: Amount | None = None
    payment_amount: Amount | None = None
    reference_id: str | None = None
    obligation_guarantee: ObligationGuarantee | None = None


class DutyTaxFee(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One tax on an item: claimed by the declarant, or as customs worked it out (SAD boxes 36, 39, 47)."""

    type_code: str | None = None
    duty_regime_code: str | None = None
    quota_order_id: str | None = None
    ad_valorem_tax_base_amount: Amount | None = None
    specific_tax_base_quantity: Measure | None = None
    deduct_amount: Amount | None = None
    tax_rate_numeric: Decimal | None = None
    payment: Payment | None = None


class DangerousGoods(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The United Nations number of dangerous goods."""

    undg_id: str | None = None


class GoodsMeasure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The masses of an item and its supplementary units (SAD boxes 35, 38, 41)."""

    gross_mass: Measure | None = None
    net_mass: Measure | None = None
    tariff_quantity: Measure | None = None


class InvoiceLine(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The price of the item on the invoice (SAD box 42)."""

    item_charge_amount: Amount | None = None


class Commodity(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The goods themselves: description, codes, taxes, masses, price."""

    description: str | None = None
    classifications: tuple[Classification, ...] = ()
    dangerous_goods: tuple[DangerousGoods, ...] = ()
    duty_tax_fees: tuple[DutyTaxFee, ...] = ()
    goods_measure: GoodsMeasure | None = None
    invoice_line: InvoiceLine | None = None
    transport_equipment: tuple[TransportEquipment, ...] = ()


class GovernmentProcedure(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The procedure asked for with the one before it, or, with no previous code, an additional procedure (SAD box 37)."""

    current_code: str | None = None
    previous_code: str | None = None


class Origin(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A country of origin and its kind: 1 non-preferential, 2 preferential (SAD boxes 16, 34)."""

    country_code: str | None = None
    region_id: str | None = None
    type_code: str | None = None


class Packaging(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Packages of one kind: how many, what kind, what marks (SAD box 31)."""

    sequence_numeric: int | None = None
    marks_numbers_id: str | None = None
    quantity: Measure | None = None
    type_code: str | None = None
    packing_material_description: str | None = None
    length: Measure | None = None
    width: Measure | None = None
    height: Measure | None = None
    volume: Measure | None = None


class ChargeDeduction(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A charge added to the price or a deduction from it, by its code (SAD boxes 12, 45)."""

    charges_type_code: str | None = None
    amount: Amount | None = None


class CustomsValuation(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """How the customs value is built: the method and the charges (WTO Valuation Agreement, Art 1 to 8; SAD boxes 43, 45)."""

    method_code: str | None = None
    freight_charge_amount: Amount | None = None
    insurance_charge_amount: Amount | None = None
    charge_deductions: tuple[ChargeDeduction, ...] = ()


class ValuationAdjustment(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The valuation indicators of an item, or a coded adjustment with its amount (SAD box 45)."""

    addition_code: str | None = None
    amount: Amount | None = None


class UniqueConsignmentReference(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The reference that follows a consignment from seller to buyer (UN/CEFACT Recommendation 8 and WCO UCR)."""

    id: str | None = None
    trader_assigned_reference_id: str | None = None


class GoodsItem(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One line of a goods declaration."""

    sequence_numeric: int | None = None
    commodity: Commodity | None = None
    customs_valuation: CustomsValuation | None = None
    valuation_adjustments: tuple[ValuationAdjustment, ...] = ()
    customs_value_amount: Amount | None = None
    statistical_value_amount: Amount | None = None
    transaction_nature_code: str | None = None
    government_procedures: tuple[GovernmentProcedure, ...] = ()
    origins: tuple[Origin, ...] = ()
    export_country_id: str | None = None
    destination_country_code: str | None = None
    destination_region_id: str | None = None
    packagings: tuple[Packaging, ...] = ()
    additional_documents: tuple[AdditionalDocument, ...] = ()
    additional_information: tuple[AdditionalInformation, ...] = ()
    previous_documents: tuple[PreviousDocument, ...] = ()
    buyer: Party | None = None
    seller: Party | None = None
    consignee: Party | None = None
    consignor: Party | None = None
    exporter: Party | None = None
    importer: Party | None = None
    manufacturers: tuple[Party, ...] = ()
    domestic_duty_tax_parties: tuple[Party, ...] = ()
    aeo_mutual_recognition_parties: tuple[Party, ...] = ()
    ucr: UniqueConsignmentReference | None = None

    def commodity_code(self) -> str:
        """The full commodity code as declared: the nomenclature digits and the further two, without additional codes."""
        return "".join(self.classified("TSP") + self.classified("TRC"))

    def additional_codes(self) -> tuple[str, ...]:
        """The additional codes of the item, international and national, in the order declared."""
        return self.classified("TRA") + self.classified("GN")

    def classified(self, scheme: str) -> tuple[str, ...]:
        """The codes of the goods under one classification scheme, in the order declared."""
        classifications = self.commodity.classifications if self.commodity else ()
        return tuple([each.id for each in classifications if each.id and each.identification_type_code == scheme])

    def procedure(self) -> GovernmentProcedure | None:
        """The procedure asked for together with the previous one."""
        return next((each for each in self.government_procedures if each.previous_code is not None), None)

    def additional_procedure_codes(self) -> tuple[str, ...]:
        """The additional procedure codes, in the order declared."""
        return tuple(each.current_code for each in self.government_procedures if each.previous_code is None and each.current_code)

    def origin_country(self, type_code: str) -> str | None:
        """The country of non-preferential (1) or preferential (2) origin."""
        return next((each.country_code for each in self.origins if each.type_code == type_code), None)

    def preference_code(self) -> str | None:
        """The preference claimed (SAD box 36)."""
        fees = self.commodity.duty_tax_fees if self.commodity else ()
        return next((fee.duty_regime_code for fee in fees if fee.duty_regime_code), None)

    def quota_order_id(self) -> str | None:
        """The order number of the quota claimed (SAD box 39)."""
        fees = self.commodity.duty_tax_fees if self.commodity else ()
        return next((fee.quota_order_id for fee in fees if fee.quota_order_id), None)
