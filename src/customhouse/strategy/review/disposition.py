"""Disposition: what becomes of a comment."""

from enum import StrEnum


class Disposition(StrEnum):
    """The answers that a comment can have, beside the words."""

    ACCEPTED = "comment_accepted"
    PARTLY = "comment_partly_accepted"
    DECLINED = "comment_declined"
    NOTED = "comment_noted"
