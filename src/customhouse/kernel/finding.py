"""Finding: one thing that is wrong in what was declared, as data."""

from enum import StrEnum

import msgspec


class Severity(StrEnum):
    """What a finding means for the declaration: an error stops acceptance, a warning asks, information tells."""

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Finding(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What is wrong, where, and by which rule.

    `code` names the rule in its catalogue, which holds the wording, the legal basis and the fix; `pointer` is the WCO Data
    Model path from the declaration down to the field, items counted from 1, as in
    `GoodsShipment/GovernmentAgencyGoodsItem[3]/Commodity/Classification[1]/ID`, and empty for the whole document; `params`
    are the values that fill the wording, already in text.
    """

    code: str
    pointer: str
    severity: Severity = Severity.ERROR
    params: dict[str, str] = {}
