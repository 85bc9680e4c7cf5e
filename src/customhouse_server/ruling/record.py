"""Record: where one application for a ruling stands, and what was said in it, as values."""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID, uuid4

import msgspec

from customhouse.saying import Refusal
from customhouse.tariff import interpretation, register, ruling


class UnknownRulingError(Refusal, LookupError):
    """There is no such ruling or application, or it does not concern the person who asks: the two are not told apart."""


class WrongActError(Refusal, ValueError):
    """The act is not one that is asked for by itself, or lacks what it carries."""


class ForeignApplicantError(Refusal, PermissionError):
    """The applicant named is not one for whom the person may act."""


class StaleFormError(Refusal, ValueError):
    """The form was saved elsewhere meanwhile; nothing is overwritten."""


class IncompleteError(Refusal, ValueError):
    """What was handed in lacks something; `fields` names each."""

    def __init__(self, fields: tuple[str, ...]) -> None:
        """Refuse with what is missing."""
        super().__init__("missing or not as it should be: {fields}", fields=fields)
        self.fields = fields


class UnweighedConflictError(Refusal, ValueError):
    """The draft conflicts with rulings that its author has not weighed; the message names them."""


class Content(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """One version: the application, and from the draft on the decision."""

    application: ruling.Application
    decision: ruling.Decision | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """Where one application stands now."""

    id: UUID
    applicant_id: str
    submitter_id: int
    office: str
    reference: str | None
    state: str
    goods_name: str
    code: str
    case: ruling.Case
    typed: dict[str, str]
    drafting: dict[str, str]
    walk: interpretation.Walk | None
    saved_version: int
    ruling: register.Ruling | None
    published: register.publication.Published | None
    search_text: str
    start: dt.date | None
    end: dt.date | None
    applied_at: dt.datetime | None
    updated_at: dt.datetime


def new_record(applicant: str, submitter_id: int, *, typed: dict[str, str], at: dt.datetime) -> Record:
    """A draft of an application, with what is typed already."""
    ruling_id = uuid4()
    return Record(
        id=ruling_id,
        applicant_id=applicant,
        submitter_id=submitter_id,
        office="",
        reference=None,
        state=ruling.State.DRAFT.value,
        goods_name="",
        code="",
        case=ruling.Case(ruling_id=str(ruling_id)),
        typed=typed,
        drafting={},
        walk=None,
        saved_version=1,
        ruling=None,
        published=None,
        search_text="",
        start=None,
        end=None,
        applied_at=None,
        updated_at=at,
    )
