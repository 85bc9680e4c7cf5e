"""Record: where one declaration stands, and each version of what was declared, as values."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from customhouse.saying import Refusal


class UnknownDeclarationError(Refusal, LookupError):
    """There is no such declaration, or it does not concern the person who asks: the two are not told apart."""


class LrnTakenError(Refusal, ValueError):
    """The declarant has already lodged a declaration under this reference."""


@dataclass(frozen=True, slots=True)
class Record:
    """Where one declaration stands now."""

    id: UUID
    declarant_id: str
    submitter_id: int
    lrn: str
    mrn: str | None
    office: str
    type_code: str
    state: str
    lane: str
    version: int
    item_count: int
    payable: Decimal | None
    currency: str
    case: str
    lodged_at: dt.datetime
    accepted_at: dt.datetime | None
    released_at: dt.datetime | None
    cleared_at: dt.datetime | None
    updated_at: dt.datetime


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a declaration: its content as JSON text, the message it came in, and what is needed to work it out again."""

    number: int
    content: str
    message: bytes
    country: str
    seed: bytes
    at: dt.datetime
    actor: str
    reason: str
