"""Quota remarks: the words of findings on a claimed tariff quota, each reason with what the declarant can do about it."""

from customhouse.kernel import Severity
from customhouse.tariff import Remark

_LAW = "GATT 1994, Article XIII"


def _outside(wording: str, fix: str) -> Remark:
    return Remark(f"{wording} The duty is the one outside the quota.", _LAW, fix, Severity.WARNING)


def _told(wording: str, fix: str) -> Remark:
    return Remark(wording, _LAW, fix, Severity.INFORMATION)


QUOTA_REMARKS = {
    "QUO-01": _outside("Quota {quota} is not open on {day}.", "Claim a quota whose period holds the day of acceptance, or none."),
    "QUO-02": _outside("Quota {quota} is not open to goods of {origin}.", "Correct the origin or the order number, or claim no quota."),
    "QUO-03": _outside("Quota {quota} is given out by licence, and none of {documents} is declared.", "Give the licence as a document."),
    "QUO-04": _outside(
        "Quota {quota} is counted in {unit}, and no such quantity is declared.", "Give the net mass or the supplementary quantity."
    ),
    "QUO-05": _outside(
        "Quota {quota} is blocked on {day}: requests wait until it is not.", "Nothing: the request keeps its day, and is answered later."
    ),
    "QUO-06": _outside(
        "Quota {quota} is suspended on {day}: requests wait until it is not.", "Nothing: the request keeps its day, and is answered later."
    ),
    "QUO-07": _outside(
        "Quota {quota} is exhausted.", "Nothing: the request is answered from what comes back to the quota, if anything does."
    ),
    "QUO-08": _told(
        "What is left of quota {quota} is not known: the difference to the duty outside it is secured until the answer.",
        "Have a security ready for what the lines say is secured.",
    ),
    "QUO-09": _outside("Of {asked} {unit} asked of quota {quota}, nothing was allotted.", "Nothing: the quota was drawn by others first."),
    "QUO-10": _told(
        "Quota {quota} is critical: the difference to the duty outside it is secured until the answer.",
        "Have a security ready for what the lines say is secured.",
    ),
    "QUO-11": _told(
        "Of {asked} {unit} asked of quota {quota}, {allotted} {unit} were allotted: the rest is an item of its own outside the quota.",
        "Nothing: the parts add up to what was declared.",
    ),
}
