"""Length: the most characters that an element of each class may have (WCO Data Model formats, as far as national profiles keep them)."""

# A line a class: `Class = Element:longest ...`.
_LONGEST = """
Declaration = AcceptanceDateTime:35 FunctionCode:2 FunctionalReferenceID:35 ID:70 IssueDateTime:35 IssueLocationID:5 TypeCode:3
    DeclarationOfficeID:17 SpecificCircumstancesCodeCode:3
Authentication = Authentication:256
Authenticator = Name:70
Submitter = Name:70 ID:17 RoleCode:3
Address = CityName:35 CountrySubDivisionCode:9 CountrySubDivisionName:35 Line:70 PostcodeID:9 TypeCode:3
AdditionalDocument = CategoryCode:3 ID:70 TypeCode:3 EffectiveDateTime:35 Name:35 LPCOExemptionCode:3
AdditionalInformation = StatementCode:17 StatementDescription:512 StatementTypeCode:3
Pointer = DocumentSectionCode:3 TagID:4
Agent = Name:70 ID:17 FunctionCode:3
Amendment = ChangeReasonCode:3
AuthorisationHolder = ID:17 CategoryCode:4
BorderTransportMeans = Name:35 ID:35 IdentificationTypeCode:17 TypeCode:4
Carrier = Name:70 ID:17
Communication = ID:50 TypeCode:3
Consignor = Name:70 ID:17
Freight = PaymentMethodCode:3
Declarant = Name:70 ID:17
Contact = Name:70
ExitOffice = ID:17
Exporter = Name:70 ID:17
GoodsShipment = ExitDateTime:35 TransactionNatureCode:2
AEOMutualRecognitionParty = ID:17 RoleCode:3
Buyer = Name:70 ID:17
Consignee = Name:70 ID:17
Consignment = ContainerCode:3
ArrivalTransportMeans = Name:35 ID:35 IdentificationTypeCode:17 TypeCode:4
DepartureTransportMeans = Name:35 ID:35 IdentificationTypeCode:17 TypeCode:4
GoodsLocation = Name:256 ID:17 TypeCode:3
LoadingLocation = Name:256 ID:17
TransportEquipment = ID:17
Seal = ID:35
ChargeDeduction = ChargesTypeCode:3
Destination = RegionID:9
DomesticDutyTaxParty = ID:17 RoleCode:3
GovernmentAgencyGoodsItem = TransactionNatureCode:2
Commodity = Description:512
Classification = ID:18 IdentificationTypeCode:3
DangerousGoods = UNDGID:4
DutyTaxFee = DutyRegimeCode:3 TypeCode:3 QuotaOrderID:17
CustomsValuation = MethodCode:3
GovernmentProcedure = CurrentCode:7 PreviousCode:7
Origin = CountryCode:4 RegionID:9 TypeCode:3
Packaging = MarksNumbersID:512 TypeCode:2 PackingMaterialDescription:256
PreviousDocument = CategoryCode:3 ID:70 TypeCode:3
Seller = Name:70 ID:17
UCR = ID:35 TraderAssignedReferenceID:35
ValuationAdjustment = AdditionCode:4
Importer = Name:70 ID:17
Invoice = ID:70 IssueDateTime:35
Payer = Name:70 ID:17
Surety = Name:70 ID:17
TradeTerms = CountryRelationshipCode:3 Description:70 LocationID:17 LocationName:256
Warehouse = ID:35 TypeCode:3
ObligationGuarantee = ID:70 ReferenceID:35 SecurityDetailsCode:3 AccessCode:4
GuaranteeOffice = ID:17
PresentationOffice = ID:17
SupervisingOffice = ID:17
"""


def _by_element() -> dict[tuple[str, str], int]:
    longest: dict[tuple[str, str], int] = {}
    for line in _LONGEST.strip().replace("\n    ", " ").splitlines():
        name, _, elements = line.partition(" = ")
        for entry in elements.split():
            element, _, length = entry.partition(":")
            longest[name, element] = int(length)
    return longest


LONGEST = _by_element()
