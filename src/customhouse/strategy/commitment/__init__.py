"""What a member promised under an agreement and by when (TFA Section II): categories, clocks, actions, and the notices that it owes."""

from customhouse.strategy.commitment.action import Action, effort_remaining
from customhouse.strategy.commitment.notice import NoticeGiven, notice_text, notices
from customhouse.strategy.commitment.pledge import Extension, Pledge, Shift, Terms, category_of, deadlines, read_terms

__all__ = [
    "Action",
    "Extension",
    "NoticeGiven",
    "Pledge",
    "Shift",
    "Terms",
    "category_of",
    "deadlines",
    "effort_remaining",
    "notice_text",
    "notices",
    "read_terms",
]
