"""Comment: what somebody says on a plan, for whom, by which way it reached the secretariat, and what becomes of it."""

from dataclasses import dataclass
from enum import StrEnum

from customhouse.strategy.review.cycle import Body


class Way(StrEnum):
    """By which way a comment came."""

    REMARK = "remark"
    REGIONAL_CONSULTATION = "regional_consultation"
    MEMBER_SURVEY = "member_survey"


class Disposition(StrEnum):
    """The answers that a comment can have, beside the words."""

    ACCEPTED = "comment_accepted"
    PARTLY = "comment_partly_accepted"
    DECLINED = "comment_declined"
    NOTED = "comment_noted"


@dataclass(frozen=True, slots=True)
class Said:
    """What is said, whose view it is in his words, and for which body or region it is said, if for one."""

    text: str
    origin: str = ""
    body: Body | None = None
    way: Way = Way.REMARK
