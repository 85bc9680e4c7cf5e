"""Catalogue of findings about proofs of origin: each with its wording, its legal basis and its fix."""

from customhouse.kernel import Severity
from customhouse.tariff import Remark

_LAW = "RKC Specific Annex K, Chapter 2"
CATALOGUE = {
    "ORG-01": Remark("No proof of origin is given under {agreement}.", _LAW, "Give a proof that the agreement accepts."),
    "ORG-02": Remark("{type} is no proof that {agreement} accepts.", _LAW, "Give one of those that the agreement names."),
    "ORG-03": Remark("The proof {number} was valid until {last}; the goods were accepted on {day}.", _LAW, "Ask the issuer for a new one."),
    "ORG-04": Remark("The proof {number} is dated {issued}, after acceptance on {day}.", _LAW, "Correct the date, or claim afterwards."),
    "ORG-05": Remark(
        "An origin declaration above {ceiling} is made by an approved exporter alone, whose number is missing.",
        _LAW,
        "Give the number of the approved exporter, or a certificate.",
    ),
    "ORG-06": Remark("{type} covers consignments up to {ceiling}; the value is {value}.", _LAW, "Give a certificate."),
    "ORG-07": Remark("The proof lacks its {what}, so it cannot be checked.", _LAW, "State what is missing.", Severity.WARNING),
    "ORG-08": Remark(
        "The proof was issued on {issued}, after export on {exported}, and is not marked so.", _LAW, "Ask the issuer to mark it."
    ),
    "ORG-09": Remark("{agreement} knows no proof issued after export.", _LAW, "Give a proof issued at export."),
    "ORG-10": Remark("No proof is needed up to {ceiling}.", _LAW, "Nothing is to be done.", Severity.INFORMATION),
    "ORG-11": Remark(
        "Whether the value is within the limit of {ceiling} cannot be told.", _LAW, "State the value in that currency.", Severity.WARNING
    ),
}
