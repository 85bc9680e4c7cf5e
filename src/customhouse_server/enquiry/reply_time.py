"""Reply time: how soon questions are answered, and how many in time; what waits too long counts as late."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from statistics import median


@dataclass(frozen=True, slots=True)
class Reply:
    """When a question was asked, until when an answer is in time, and when it was answered."""

    asked_on: dt.date
    due_on: dt.date | None
    answered_on: dt.date | None


@dataclass(frozen=True, slots=True)
class ReplyTime:
    """The figures: without an answer no median, without a clock that has ended no share."""

    asked: int
    answered: int
    overdue: int
    median_days: Decimal | None
    in_time_share: Decimal | None


def reply_time(replies: Iterable[Reply], *, on: dt.date) -> ReplyTime:
    """How soon these were answered, as seen on the day; what is neither answered nor due says nothing yet."""
    told = list(replies)
    days = [(each.answered_on - each.asked_on).days for each in told if each.answered_on]
    judged = [each for each in told if each.due_on and (each.answered_on or each.due_on < on)]
    in_time = sum(1 for each in judged if each.answered_on and each.due_on and each.answered_on <= each.due_on)
    return ReplyTime(
        asked=len(told),
        answered=len(days),
        overdue=sum(1 for each in told if not each.answered_on and each.due_on and each.due_on < on),
        median_days=Decimal(median(map(Decimal, days))) if days else None,
        in_time_share=Decimal(in_time) / len(judged) if judged else None,
    )
