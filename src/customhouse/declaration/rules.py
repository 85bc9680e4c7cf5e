"""The catalogue of rules: what each check is called, which law it serves, and what to do about a finding."""

from collections.abc import Mapping
from types import MappingProxyType

from customhouse.declaration.rule import Rule
from customhouse.kernel import Severity

_WCO = "WCO Data Model"
_RKC = "RKC GA 3.12 (data required)"


def _code(code: str, what: str, basis: str, box: str) -> Rule:
    return Rule(
        code,
        layer="code list",
        wording=f"{{value}} is not a valid {what} on {{day}}.",
        legal_basis=basis,
        fix="Choose one of the list that is valid on the day.",
        sad_box=box,
    )


def _obligation(code: str, wording: str, fix: str, box: str, basis: str = _RKC) -> Rule:
    return Rule(code, layer="obligation", wording=wording, legal_basis=basis, fix=fix, sad_box=box)


def _doubt(code: str, wording: str, fix: str, box: str, basis: str) -> Rule:
    return Rule(code, layer="plausibility", wording=wording, legal_basis=basis, fix=fix, sad_box=box, severity=Severity.WARNING)


def _sum(code: str, wording: str, fix: str, box: str) -> Rule:
    return Rule(code, layer="cross-item", wording=wording, legal_basis=_RKC, fix=fix, sad_box=box)


def _ruling(code: str, wording: str, fix: str, box: str = "44", *, severity: Severity = Severity.ERROR) -> Rule:
    return Rule(code, layer="ruling", wording=wording, legal_basis="TFA Art 3; RKC GA 9.9", fix=fix, sad_box=box, severity=severity)


def _tariff(code: str, wording: str, fix: str, box: str) -> Rule:
    return Rule(code, layer="tariff", wording=wording, legal_basis="HS Convention, Art 3; national tariff", fix=fix, sad_box=box)


_ALL = (
    _code("COD-01", "country code", "ISO 3166-1", "15, 17, 21, 34"),
    _code("COD-02", "currency code", "ISO 4217", "22, 42"),
    _code("COD-03", "kind of package", "UNECE Recommendation 21", "31"),
    _code("COD-04", "procedure", "RKC GA 2 (customs procedure)", "37"),
    _code("COD-05", "additional procedure", "RKC GA 2 (customs procedure)", "37"),
    _code("COD-06", "document code", "UNCL 1001 and national codes", "44"),
    _code("COD-07", "tax type", "national tax types", "47"),
    _code("COD-08", "method of payment", "UNCL 4461 and national codes", "47"),
    _code("COD-09", "preference code", "national preference codes", "36"),
    _code("COD-10", "delivery term", "UNECE Recommendation 5, Incoterms", "20"),
    _code("COD-11", "mode of transport", "UNECE Recommendation 19", "25"),
    _code("COD-12", "customs office", "national office list", "29, A"),
    _code("COD-13", "declaration type", "national declaration types", "1"),
    _code("COD-14", "place", "UNECE Recommendation 16 (UN/LOCODE)", "20"),
    _obligation("OBL-01", "The function of the message is missing.", "Give 9 for an original declaration.", "", _WCO),
    _obligation("OBL-02", "The declarant's own reference (LRN) is missing.", "Give a reference that you use once only.", "7"),
    _obligation("OBL-03", "The declaration type is missing.", "Give the type and additional type, as IMA.", "1"),
    _obligation("OBL-04", "The declarant is not named.", "Give the declarant's number, or name and address.", "14", "RKC GA 3.6"),
    _obligation("OBL-05", "There is no goods item.", "Declare at least one item.", "5"),
    _obligation("OBL-06", "The commodity code is missing.", "Classify the goods.", "33", "HS Convention, Art 3"),
    _obligation("OBL-07", "The procedure is missing.", "Give the procedure requested and the previous one, as 40 and 00.", "37"),
    _obligation("OBL-08", "The importer is not named.", "Give the importer's number, or name and address.", "8"),
    _obligation("OBL-09", "The exporter is not named.", "Give the exporter's number, or name and address.", "2"),
    _obligation("OBL-10", "The country of origin is missing.", "Give the country of non-preferential origin.", "34", "RKC SA K.1"),
    _obligation("OBL-11", "The price is missing.", "Give the price paid or payable for the item.", "42", "WTO Valuation Agreement, Art 1"),
    _obligation("OBL-12", "The amount {value} has no currency.", "Give the currency beside the amount.", "22, 42", "ISO 4217"),
    _obligation("OBL-13", "The net mass is missing.", "Give the net mass in kilograms.", "38"),
    _obligation("OBL-14", "The gross mass is missing.", "Give the gross mass in kilograms.", "35"),
    _obligation("OBL-15", "The description of the goods is missing.", "Describe the goods so that they can be classified.", "31"),
    _obligation("OBL-16", "The packages are missing.", "Give number, kind and marks of the packages.", "31"),
    _obligation(
        "OBL-17",
        "The valuation method is missing.",
        "Give the method, 1 for the transaction value.",
        "43",
        "WTO Valuation Agreement, Art 1-7",
    ),
    _obligation(
        "OBL-18",
        "Preference {preference} is claimed, and no country of preferential origin is given.",
        "Give the country of preferential origin, or claim no preference.",
        "34, 36",
        "RKC SA K.2",
    ),
    _obligation("OBL-19", "The goods are said to be in containers, and none is named.", "Give the container numbers.", "31"),
    _obligation("OBL-20", "The place where the goods are is missing.", "Give the place where they can be examined.", "30", "RKC GA 3.33"),
    _obligation("OBL-21", "The country of export is missing.", "Give the country the goods came from.", "15"),
    _obligation("OBL-22", "The country of destination is missing.", "Give the country the goods go to.", "17"),
    _obligation("OBL-23", "The office of exit is missing.", "Give the office where the goods leave.", "29"),
    _obligation("OBL-24", "The goods come from a warehouse that is not named.", "Give the warehouse and its kind.", "49", "RKC SA D.1"),
    _obligation("OBL-25", "A party is named without its address.", "Give street, town, postcode and country, or a number.", "2, 8, 14"),
    _sum("SUM-01", "{stated} items are stated, and {counted} are declared.", "Correct the number, or add the items.", "5"),
    _sum("SUM-02", "The item numbers are {numbers}; they should run from 1 without gaps.", "Number the items 1, 2, 3.", "32"),
    _doubt("SUM-03", "{stated} packages are stated in all, and the items have {counted}.", "Correct the total, or the items.", "6", _RKC),
    _sum("SUM-04", "The invoice is stated as {stated}, and the prices of the items add up to {counted}.", "Correct either.", "22"),
    _sum("SUM-05", "The gross mass is stated as {stated} kg, and that of the items adds up to {counted} kg.", "Correct either.", "35"),
    _doubt("PLA-01", "The net mass of {net} kg is more than the gross mass of {gross} kg.", "Correct one of them.", "35, 38", _RKC),
    _doubt(
        "PLA-02", "The description {value} says too little to classify the goods.", "Say what the goods are and are made of.", "31", _RKC
    ),
    _doubt(
        "PLA-03", "The price is zero.", "Give the value, also of goods that nothing was paid for.", "42", "WTO Valuation Agreement, Art 1"
    ),
    _doubt("PLA-04", "The document {value} stands twice.", "Remove one.", "44", _RKC),
    _doubt("PLA-05", "The container number {value} has a wrong check digit.", "Compare it with the transport document.", "31", "ISO 6346"),
    _tariff("TAR-01", "The commodity {value} is not in the tariff of {day}.", "Look the goods up in the tariff of the day.", "33"),
    _tariff(
        "TAR-02",
        "The commodity {value} ({description}) has lines of its own, and only these may be declared.",
        "Choose the line under it that names the goods.",
        "33",
    ),
    _tariff(
        "TAR-03", "The tariff asks for the quantity of {value} in {unit}, and none is given.", "Give the supplementary quantity.", "41"
    ),
    _ruling("RUL-01", "There is no ruling {value}.", "Correct the number of the ruling, or leave the document out."),
    _ruling("RUL-02", "The ruling {ruling} is held by another than the declarant and the importer.", "Cite a ruling of your own."),
    _ruling(
        "RUL-03", "The ruling {ruling} does not hold on {day}.", "Leave it out, and apply for a new one if the goods are to come again."
    ),
    _ruling(
        "RUL-04",
        "The ruling {ruling} ended on {end}; until {grace} it holds only under a contract made before.",
        "Keep the contract at hand: customs may ask for it.",
        severity=Severity.WARNING,
    ),
    _ruling(
        "RUL-05",
        "The commodity code {value} is not that of the ruling {ruling}, {ruled}.",
        "Declare the code of the ruling, or leave the ruling out if the goods are others.",
        "33",
        severity=Severity.WARNING,
    ),
    _ruling(
        "RUL-06",
        "You hold the ruling {ruling} for like goods with the code {ruled}, and declare {value} without citing it.",
        "Cite the ruling and declare its code, or check that the goods are others.",
        "33, 44",
        severity=Severity.WARNING,
    ),
    _ruling(
        "RUL-07",
        "The origin {value} is not that of the ruling {ruling}, {origin}.",
        "Declare the origin of the ruling, or leave the ruling out if the goods are others.",
        "34",
        severity=Severity.WARNING,
    ),
    Rule(
        "FMT-01",
        layer="format",
        wording="The commodity code {value} is not of six to ten digits.",
        legal_basis="HS Convention, Art 3; national tariff",
        fix="Give the full code of the tariff, digits only.",
        sad_box="33",
    ),
    Rule(
        "FMT-02",
        layer="format",
        wording="{value} is less than nothing.",
        legal_basis=_RKC,
        fix="Give a number of zero or more.",
        sad_box="35, 38, 41, 42",
    ),
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.code: rule for rule in _ALL})
