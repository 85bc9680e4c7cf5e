"""How much of some goods may come in at a lower duty, what is left of it on a day, and who gets it, first come, first served."""

from customhouse.tariff.quota.allotment import allot, drawing
from customhouse.tariff.quota.known import Known
from customhouse.tariff.quota.quota import Method, Quota, Quotas, State
from customhouse.tariff.quota.quota_sheet import read_quotas
from customhouse.tariff.quota.request import Answer, Request, amended, answer_to

__all__ = [
    "Answer",
    "Known",
    "Method",
    "Quota",
    "Quotas",
    "Request",
    "State",
    "allot",
    "amended",
    "answer_to",
    "drawing",
    "read_quotas",
]
