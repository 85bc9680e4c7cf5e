"""Verdict: what a reviewer finds of a paper, what of it the author is told, and what all reviews together speak for.

Review is double-blind: a reviewer does not learn whose the paper is, and an author not whose the review is.
"""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec

FEWEST_REVIEWS = 2
_Score = Annotated[int, msgspec.Meta(ge=1, le=5)]


class Verdict(StrEnum):
    """What a reviewer would do with the paper."""

    ACCEPT = "acceptance"
    REVISE = "revision"
    DECLINE = "rejection"


class ToAuthor(msgspec.Struct, frozen=True, kw_only=True):
    """What the author reads of a review: no name, no day, and nothing that was meant for the chair."""

    relevance: int
    method: int
    evidence: int
    clarity: int
    verdict: Verdict
    text: str


class Review(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one reviewer finds of a paper as it was submitted in a round: four criteria from 1 to 5, words, and a verdict."""

    paper: str
    round: int
    reviewer: str
    relevance: _Score
    method: _Score
    evidence: _Score
    clarity: _Score
    verdict: Verdict
    to_author: Annotated[str, msgspec.Meta(min_length=1)]
    to_chair: str = ""
    given_on: date


def to_author(reviews: Iterable[Review]) -> tuple[ToAuthor, ...]:
    """The reviews as the author reads them, in an order that tells nothing of who wrote which or when."""
    told = [
        ToAuthor(
            relevance=each.relevance,
            method=each.method,
            evidence=each.evidence,
            clarity=each.clarity,
            verdict=each.verdict,
            text=each.to_author,
        )
        for each in reviews
    ]
    return tuple(sorted(told, key=lambda each: (each.verdict, each.text)))


def recommended(reviews: Iterable[Review]) -> Verdict | None:
    """What the reviews of a round speak for: all to accept, most to decline, else a revision; nothing while there are fewer than two."""
    verdicts = [each.verdict for each in reviews]
    if len(verdicts) < FEWEST_REVIEWS:
        return None
    if all(each is Verdict.ACCEPT for each in verdicts):
        return Verdict.ACCEPT
    return Verdict.DECLINE if 2 * verdicts.count(Verdict.DECLINE) > len(verdicts) else Verdict.REVISE
