"""Consultation: a draft rule, the comments on it and what became of both, as events (TFA 2)."""

from datetime import date

from customhouse.kernel import Event

DISPOSITIONS = ("taken up", "taken up in part", "not taken up", "noted")
"""What can become of a comment."""


class DraftOpened(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A draft rule was opened to comments."""

    number: int
    closes_on: date


class CommentMade(Event, frozen=True, kw_only=True, omit_defaults=True):
    """Somebody commented on a draft."""

    number: int
    comment: int


class CommentDisposed(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A comment was answered."""

    number: int
    comment: int
    disposition: str


class DraftDecided(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A draft was adopted or withdrawn."""

    number: int
    decision: str
    effective_on: date | None = None
    reason: str = ""
