"""WCO Data Model names: which element of the wire stands for which field of the model, in the order the schema asks for.

One line a class: `Element=field`. `ExportCountry/ID=export_country_id` is a class of one element that the model keeps as one
field. What kind of leaf a field is follows from its type.
"""

import msgspec

from customhouse.declaration import Amount, document, goods_declaration, goods_item, party
from customhouse.messages import response

StructType = type[msgspec.Struct]

_NAMES: dict[StructType, str] = {
    party.Address: """TypeCode=type_code CityName=city_name CountryCode=country_code CountrySubDivisionCode=country_sub_division_code
        CountrySubDivisionName=country_sub_division_name Line=line PostcodeID=postcode_id""",
    party.Communication: "ID=id TypeCode=type_code",
    party.Contact: "Name=name Communication=communications",
    party.Party: """Name=name ID=id FunctionCode=function_code CategoryCode=category_code TypeCode=type_code Address=address
        Contact=contacts Communication=communications RoleCode=role_code""",
    party.Location: "Name=name ID=id TypeCode=type_code Address=address",
    party.TransportMeans: """Name=name ID=id IdentificationTypeCode=identification_type_code TypeCode=type_code
        RegistrationNationalityCode=registration_nationality_code ModeCode=mode_code""",
    party.Seal: "SequenceNumeric=sequence_numeric ID=id",
    party.TransportEquipment: "SequenceNumeric=sequence_numeric ID=id FullnessCode=fullness_code Seal=seals",
    party.Itinerary: "SequenceNumeric=sequence_numeric ID=id RoutingCountryCode=routing_country_code",
    party.Freight: "PaymentMethodCode=payment_method_code",
    party.ConsignmentItem: "SequenceNumeric=sequence_numeric Consignor=consignor Freight=freight",
    party.Consignment: """ContainerCode=container_code ArrivalDateTime=arrived_at ArrivalTransportMeans=arrival_transport_means
        Carrier=carrier Consignee=consignee ConsignmentItem=consignment_items Consignor=consignor
        DepartureTransportMeans=departure_transport_means Freight=freight GoodsLocation=goods_location Itinerary=itineraries
        LoadingLocation=loading_location TransportEquipment=transport_equipment UnloadingLocation=unloading_location""",
    document.WriteOff: "QuantityQuantity=quantity AmountAmount=amount",
    document.AdditionalDocument: """SequenceNumeric=sequence_numeric CategoryCode=category_code EffectiveDateTime=effective_at ID=id
        IssueDateTime=issued_at Name=name TypeCode=type_code LPCOExemptionCode=lpco_exemption_code IssuingParty=issuing_party
        Submitter=submitter WriteOff=write_off""",
    document.PreviousDocument: """SequenceNumeric=sequence_numeric CategoryCode=category_code ID=id TypeCode=type_code
        LineNumeric=line_numeric""",
    document.Pointer: "SequenceNumeric=sequence_numeric DocumentSectionCode=document_section_code TagID=tag_id",
    document.AdditionalInformation: """SequenceNumeric=sequence_numeric StatementCode=statement_code LimitDateTime=limit_at
        StatementDescription=statement_description StatementTypeCode=statement_type_code Pointer=pointers""",
    document.AmendmentReason: "ChangeReasonCode=change_reason_code Pointer=pointers",
    document.ObligationGuarantee: """AmountAmount=amount ID=id ReferenceID=reference_id SecurityDetailsCode=security_details_code
        AccessCode=access_code GuaranteeOffice/ID=guarantee_office_id""",
    document.CurrencyExchange: "CurrencyTypeCode=currency_type_code RateNumeric=rate_numeric",
    goods_item.Classification: "ID=id IdentificationTypeCode=identification_type_code",
    goods_item.Payment: """MethodCode=method_code ReferenceID=reference_id TaxAssessedAmount=tax_assessed_amount
        PaymentAmount=payment_amount ObligationGuarantee=obligation_guarantee""",
    goods_item.DutyTaxFee: """AdValoremTaxBaseAmount=ad_valorem_tax_base_amount DeductAmount=deduct_amount
        DutyRegimeCode=duty_regime_code SpecificTaxBaseQuantity=specific_tax_base_quantity TaxRateNumeric=tax_rate_numeric
        TypeCode=type_code QuotaOrderID=quota_order_id Payment=payment""",
    goods_item.DangerousGoods: "UNDGID=undg_id",
    goods_item.GoodsMeasure: "GrossMassMeasure=gross_mass NetNetWeightMeasure=net_mass TariffQuantity=tariff_quantity",
    goods_item.InvoiceLine: "ItemChargeAmount=item_charge_amount",
    goods_item.Commodity: """Description=description Classification=classifications DangerousGoods=dangerous_goods
        DutyTaxFee=duty_tax_fees GoodsMeasure=goods_measure InvoiceLine=invoice_line TransportEquipment=transport_equipment""",
    goods_item.GovernmentProcedure: "CurrentCode=current_code PreviousCode=previous_code",
    goods_item.Origin: "CountryCode=country_code RegionID=region_id TypeCode=type_code",
    goods_item.Packaging: """SequenceNumeric=sequence_numeric MarksNumbersID=marks_numbers_id QuantityQuantity=quantity
        TypeCode=type_code PackingMaterialDescription=packing_material_description LengthMeasure=length WidthMeasure=width
        HeightMeasure=height VolumeMeasure=volume""",
    goods_item.ChargeDeduction: "ChargesTypeCode=charges_type_code OtherChargeDeductionAmount=amount",
    goods_item.CustomsValuation: """FreightChargeAmount=freight_charge_amount InsuranceChargeAmount=insurance_charge_amount
        MethodCode=method_code ChargeDeduction=charge_deductions""",
    goods_item.ValuationAdjustment: "AdditionCode=addition_code AmountAmount=amount",
    goods_item.UniqueConsignmentReference: "ID=id TraderAssignedReferenceID=trader_assigned_reference_id",
    goods_item.GoodsItem: """CustomsValueAmount=customs_value_amount SequenceNumeric=sequence_numeric
        StatisticalValueAmount=statistical_value_amount TransactionNatureCode=transaction_nature_code
        AdditionalDocument=additional_documents AdditionalInformation=additional_information
        AEOMutualRecognitionParty=aeo_mutual_recognition_parties Buyer=buyer Commodity=commodity Consignee=consignee
        Consignor=consignor CustomsValuation=customs_valuation Destination/CountryCode=destination_country_code
        Destination/RegionID=destination_region_id DomesticDutyTaxParty=domestic_duty_tax_parties ExportCountry/ID=export_country_id
        Exporter=exporter GovernmentProcedure=government_procedures Importer=importer Manufacturer=manufacturers Origin=origins
        Packaging=packagings PreviousDocument=previous_documents Seller=seller UCR=ucr ValuationAdjustment=valuation_adjustments""",
    goods_declaration.TradeTerms: """ConditionCode=condition_code CountryRelationshipCode=country_relationship_code
        Description=description LocationID=location_id LocationName=location_name""",
    goods_declaration.Warehouse: "ID=id TypeCode=type_code",
    goods_declaration.GoodsShipment: """ExitDateTime=exited_at TransactionNatureCode=transaction_nature_code
        AdditionalDocument=additional_documents AdditionalInformation=additional_information
        AEOMutualRecognitionParty=aeo_mutual_recognition_parties Buyer=buyer Consignee=consignee Consignment=consignment
        Consignor=consignor CustomsValuation=customs_valuation Destination/CountryCode=destination_country_code
        Destination/RegionID=destination_region_id DomesticDutyTaxParty=domestic_duty_tax_parties ExportCountry/ID=export_country_id
        Exporter=exporter GovernmentAgencyGoodsItem=items Importer=importer Invoice/ID=invoice_id
        Invoice/IssueDateTime=invoice_issued_at Payer=payer PreviousDocument=previous_documents Seller=seller Surety=surety
        TradeTerms=trade_terms UCR=ucr Warehouse=warehouse""",
    goods_declaration.Declaration: """AcceptanceDateTime=accepted_at FunctionCode=function_code FunctionalReferenceID=lrn ID=mrn
        IssueDateTime=issued_at IssueLocationID=issue_location_id RejectionDateTime=rejected_at TypeCode=type_code
        VersionID=version_id GoodsItemQuantity=goods_item_quantity DeclarationOfficeID=declaration_office_id
        InvoiceAmount=invoice_amount LoadingListQuantity=loading_list_quantity TotalGrossMassMeasure=total_gross_mass
        TotalPackageQuantity=total_package_quantity SpecificCircumstancesCodeCode=specific_circumstances_code
        Authentication/Authentication=authentication Authentication/Authenticator/Name=authenticator_name Submitter=submitter
        AdditionalDocument=additional_documents AdditionalInformation=additional_information Agent=agent Amendment=amendments
        AuthorisationHolder=authorisation_holders BorderTransportMeans=border_transport_means Consignment=consignment
        CurrencyExchange=currency_exchanges Declarant=declarant DutyTaxFee=duty_tax_fees ExitOffice/ID=exit_office_id
        Exporter=exporter GoodsShipment=goods_shipment ObligationGuarantee=obligation_guarantees
        PresentationOffice/ID=presentation_office_id SupervisingOffice/ID=supervising_office_id""",
    response.Bank: "ReferenceID=reference_id ID=id",
    response.ResponseError: "Description=description ValidationCode=validation_code Pointer=pointers",
    response.Status: "EffectiveDateTime=effective_at NameCode=name_code",
    response.Response: """FunctionCode=function_code FunctionalReferenceID=functional_reference_id IssueDateTime=issued_at
        AdditionalInformation=additional_information Amendment=amendments Bank=bank Error=errors Status=statuses
        Declaration=declaration""",
}


def fields_by_path(struct: StructType) -> dict[str, str]:
    """The element paths of a class in schema order, each with the field that holds it."""
    return {path: name for path, _, name in (entry.partition("=") for entry in _NAMES[struct].split())}


def is_class(kind: type) -> bool:
    """Whether a type is a class of the model, with elements of its own, and not a leaf."""
    return kind in _NAMES


def unit_attribute(leaf: StructType) -> str:
    """The attribute that names the currency of an amount, or the unit of a measure."""
    return "currencyID" if leaf is Amount else "unitCode"
