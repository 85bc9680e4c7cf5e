"""Refusal: a text about origin cannot be read; the refusals of each form say more."""

from customhouse.saying import Refusal


class UnreadableOriginError(Refusal, ValueError):
    """A text is no rule, agreement, scheme or claim of origin; the message says where and what is wanted."""
