"""Catalogue of findings that an assessment can make: each with its wording, its legal basis and its fix."""

from customhouse.assessment.quota_remarks import QUOTA_REMARKS
from customhouse.kernel import Finding, Severity
from customhouse.tariff import Remark

ITEM = "GoodsShipment/GovernmentAgencyGoodsItem"

CATALOGUE = {
    "ASM-01": Remark(
        "The customs value cannot be determined: {reason}.",
        "WTO Valuation Agreement, Art 1 and 8",
        "Declare what is missing, or correct it.",
    ),
    "ASM-02": Remark("{tax} cannot be determined: {reason}.", "RKC General Annex, Standard 4.1", "Declare what is missing, or correct it."),
    "ASM-03": Remark(
        "Preference {claimed} is not granted: {reason}. The duty is that of preference {applied}.",
        "RKC Specific Annex K, Chapter 2",
        "Give the proof that the measure asks for, or claim no preference.",
        Severity.WARNING,
    ),
    "ASM-04": Remark(
        "Measure {measure} does not let the goods in: {reason}.",
        "RKC General Annex, Standard 3.16",
        "Give the document, or its waiver.",
    ),
    "ASM-05": Remark(
        "The rate of {declared} declared for {currency} is not the published one, {published}, which was used.",
        "WTO Valuation Agreement, Art 9",
        "Declare the published rate of the day.",
        Severity.WARNING,
    ),
    "ASM-06": Remark(
        "Procedure {procedure} is not one that the country assesses.",
        "RKC General Annex, Chapter 2 (procedure)",
        "Correct the procedure code.",
    ),
    "ASM-07": Remark(
        "The price under {incoterm} does not include {missing}, and none is declared.",
        "WTO Valuation Agreement, Art 8.2",
        "Declare the charge, if it was borne by the buyer.",
        Severity.WARNING,
    ),
    "ASM-08": Remark(
        "Measure {measure} is left out: no tax of the country takes measures of the kind {kind}.",
        "RKC General Annex, Standard 4.1",
        "Correct the kind of the measure, or name the tax in the regime.",
        Severity.WARNING,
    ),
    "ASM-09": Remark(
        "{tax} is left to customs to determine: {reason}.",
        "RKC General Annex, Standard 4.1",
        "Nothing is to be done by the declarant: an officer determines the amount and gives the reason.",
        Severity.WARNING,
    ),
    "ASM-10": Remark(
        "Valuation method {method} is not one that the country knows.",
        "WTO Valuation Agreement, General Introductory Commentary",
        "Declare the code of the method by which the value was determined.",
        Severity.WARNING,
    ),
    "ASM-11": Remark(
        "{indicator} is neither a valuation indicator of four digits nor an addition with its amount.",
        "WTO Valuation Agreement, Art 1.1 and 8",
        "Answer each of the four questions with 0 or 1, or declare the amount of the addition.",
        Severity.WARNING,
    ),
    "ASM-12": Remark(
        "Buyer and seller are declared to be related: customs may ask how the price came about.",
        "WTO Valuation Agreement, Art 1.2 and 15.4",
        "Have ready what shows that the relationship did not influence the price, or a test value.",
        Severity.WARNING,
    ),
    "ASM-13": Remark(
        "The price is declared as the value, although {what} on the sale is declared.",
        "WTO Valuation Agreement, Art 1.1(a) and (b)",
        "Show that it is one that the Agreement permits or that has a value, or use the next method.",
        Severity.WARNING,
    ),
    "ASM-14": Remark(
        "Proceeds of resale are declared to go to the seller, and none are added.",
        "WTO Valuation Agreement, Art 1.1(c) and 8.1(d)",
        "Declare the part of the proceeds that goes to the seller.",
        Severity.WARNING,
    ),
    "ASM-15": Remark(
        "{addition} adds {element}, which only a transaction value takes; the method declared is {method}.",
        "WTO Valuation Agreement, Art 8.1",
        "Correct the method, or leave the addition out.",
        Severity.WARNING,
    ),
    "ASM-16": Remark(
        "Of the two tariffs of {territory} {applies} one applies: the duties, {own} and {other}, differ by {compared} than {share} % of the"
        " customs value ({legal_basis}).",
        "RKC General Annex, Standard 4.1",
        "Nothing is to be done.",
        Severity.INFORMATION,
    ),
    **QUOTA_REMARKS,
}


def finding(code: str, pointer: str, **params: str) -> Finding:
    """A finding of the catalogue at a place."""
    return Finding(code=code, pointer=pointer, severity=CATALOGUE[code].severity, params=params)


def item_pointer(place: int) -> str:
    """The WCO path to the item in that place, counted from 1."""
    return f"{ITEM}[{place}]"
