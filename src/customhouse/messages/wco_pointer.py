"""WCO pointer: the path to a field as responses write it, in the numbers of WCO Data Model classes and tags, and our path form of it."""

import re
from types import MappingProxyType

from customhouse.declaration import document

_STEP = re.compile(r"(?P<name>\w+)(\[(?P<position>\d+)\])?")

# A line a class: `Class:number = Tag:number ...`.
_NUMBERS = """
Declaration:42A = AcceptanceDateTime:023 FunctionCode:017 FunctionalReferenceID:D026 ID:D014 IssueDateTime:D011 IssueLocationID:D012
    TypeCode:D013 GoodsItemQuantity:228 DeclarationOfficeID:065 InvoiceAmount:109 LoadingListQuantity:013 TotalGrossMassMeasure:131
    TotalPackageQuantity:146 SpecificCircumstancesCodeCode:504
Authentication:61B = Authentication:104
Authenticator:12A = Name:R007
Submitter:17B = Name:R058 ID:R059 RoleCode:R005
Address:04A = CityName:241 CountryCode:242 CountrySubDivisionCode:244 CountrySubDivisionName:243 Line:239 PostcodeID:245 TypeCode:410
AdditionalDocument:02A = CategoryCode:D031 ID:D005 TypeCode:D006 EffectiveDateTime:276 Name:D028 LPCOExemptionCode:360
AdditionalInformation:03A = StatementCode:226 StatementDescription:225 StatementTypeCode:369
Pointer:97A = SequenceNumeric:006 DocumentSectionCode:375 TagID:381
Agent:05A = Name:R003 ID:R004 FunctionCode:102
Amendment:06A = ChangeReasonCode:099
AuthorisationHolder:17C = ID:R144 CategoryCode:R145
BorderTransportMeans:15A = Name:T005 ID:T006 IdentificationTypeCode:T018 TypeCode:T010 RegistrationNationalityCode:T014 ModeCode:T022
Consignment:28A = ContainerCode:096
Carrier:18A = Name:R011 ID:R012
Communication:25A = ID:240 TypeCode:253
ConsignmentItem:29A = SequenceNumeric:006
Consignor:30A = Name:R020 ID:R021
Freight:62A = PaymentMethodCode:098
Itinerary:81A = SequenceNumeric:006 RoutingCountryCode:064
CurrencyExchange:40A = CurrencyTypeCode:135 RateNumeric:118
Declarant:57B = Name:R124 ID:R123
Contact:34A = Name:246
ExitOffice:56A = ID:G005
Exporter:57A = Name:R031 ID:R032
GoodsShipment:67A = ExitDateTime:024 TransactionNatureCode:103
AEOMutualRecognitionParty:16C = ID:R143 RoleCode:R005
Buyer:16A = Name:R009 ID:R010
Consignee:27A = Name:R014 ID:R015
ArrivalTransportMeans:10A = Name:T001 ID:T002 IdentificationTypeCode:T034 TypeCode:T008 ModeCode:T020
DepartureTransportMeans:46A = Name:T003 ID:T004 IdentificationTypeCode:T029 TypeCode:T009 ModeCode:T021
GoodsLocation:64A = Name:L016 ID:L017 TypeCode:L110
LoadingLocation:83A = Name:L009 ID:L010
TransportEquipment:31B = SequenceNumeric:006 ID:159
Seal:44B = SequenceNumeric:006 ID:165
CustomsValuation:41A = FreightChargeAmount:117 MethodCode:122
ChargeDeduction:58B = ChargesTypeCode:371 OtherChargeDeductionAmount:181
Destination:99B = CountryCode:465 RegionID:477
DomesticDutyTaxParty:55B = ID:R119 RoleCode:R005
ExportCountry:95B = ID:062
GovernmentAgencyGoodsItem:68A = CustomsValueAmount:108 SequenceNumeric:006 StatisticalValueAmount:114 TransactionNatureCode:103
WriteOff:22C = QuantityQuantity:502 AmountAmount:503
Commodity:23A = Description:137
Classification:21A = ID:145
DangerousGoods:12C = UNDGID:506
DutyTaxFee:50A = AdValoremTaxBaseAmount:116 DeductAmount:111 DutyRegimeCode:164 SpecificTaxBaseQuantity:129 TaxRateNumeric:115
    TypeCode:113 QuotaOrderID:401
Payment:94A = MethodCode:107 TaxAssessedAmount:120 PaymentAmount:378
GoodsMeasure:65A = GrossMassMeasure:126 NetNetWeightMeasure:128 TariffQuantity:130
InvoiceLine:79A = ItemChargeAmount:112
GovernmentProcedure:70A = CurrentCode:166 PreviousCode:161
Origin:92A = CountryCode:063 RegionID:066 TypeCode:501
Packaging:93A = SequenceNumeric:006 MarksNumbersID:142 QuantityQuantity:144 TypeCode:141 PackingMaterialDescription:344
    LengthMeasure:367 WidthMeasure:368 HeightMeasure:402 VolumeMeasure:395
PreviousDocument:99A = CategoryCode:D031 ID:D018 TypeCode:D019 LineNumeric:171
Seller:09B = Name:R050 ID:R051
UCR:35B = ID:016 TraderAssignedReferenceID:009
ValuationAdjustment:39B = AdditionCode:188
Importer:74A = Name:R037 ID:R038
Invoice:78A = ID:D016 IssueDateTime:D015
Payer:56B = Name:R120 ID:R121
Surety:19B = Name:R054 ID:R055
TradeTerms:22B = ConditionCode:090 CountryRelationshipCode:106 Description:089 LocationID:L002 LocationName:L001
Warehouse:43B = ID:L019 TypeCode:L112
ObligationGuarantee:90A = AmountAmount:492 ID:D014 ReferenceID:100 SecurityDetailsCode:101 AccessCode:499
GuaranteeOffice:14C = ID:G014
PresentationOffice:15C = ID:G015
SupervisingOffice:97B = ID:G012
"""


def _numbers() -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    classes: dict[str, str] = {}
    tags: dict[str, dict[str, str]] = {}
    for line in _NUMBERS.strip().replace("\n    ", " ").splitlines():
        head, _, tail = line.partition(" = ")
        name, _, number = head.partition(":")
        classes[name] = number
        tags[name] = dict(entry.split(":") for entry in tail.split())
    return classes, tags


_CLASSES, _TAGS = _numbers()
CLASS_NUMBERS = MappingProxyType(_CLASSES)
_CLASS_NAMES = {number: name for name, number in reversed(_CLASSES.items())}


def pointers_of(path: str) -> tuple[document.Pointer, ...]:
    """The WCO pointer for a path such as `GoodsShipment/GovernmentAgencyGoodsItem[2]/Commodity`; what has no number ends it."""
    chain = [document.Pointer(document_section_code=_CLASSES["Declaration"])]
    here = "Declaration"
    for step in _STEP.finditer(path):
        name, position = step["name"], step["position"]
        sequence = int(position) if position else None
        if name in _CLASSES and name not in _TAGS.get(here, {}):
            chain.append(document.Pointer(sequence_numeric=sequence, document_section_code=_CLASSES[name]))
            here = name
        elif tag := _TAGS[here].get(name):
            last = chain.pop()
            chain.append(
                document.Pointer(sequence_numeric=last.sequence_numeric, document_section_code=last.document_section_code, tag_id=tag)
            )
            break
        else:
            break
    return tuple(chain)


def path_of_pointers(pointers: tuple[document.Pointer, ...]) -> str:
    """The path that a WCO pointer names, the declaration itself being the empty path; an unknown number stands as it came."""
    steps: list[str] = []
    for pointer in pointers:
        name = _CLASS_NAMES.get(pointer.document_section_code or "", pointer.document_section_code or "?")
        if name != "Declaration":
            steps.append(name if pointer.sequence_numeric is None else f"{name}[{pointer.sequence_numeric}]")
        if pointer.tag_id is not None:
            tags = {number: tag for tag, number in _TAGS.get(name, {}).items()}
            steps.append(tags.get(pointer.tag_id, pointer.tag_id))
    return "/".join(steps)
