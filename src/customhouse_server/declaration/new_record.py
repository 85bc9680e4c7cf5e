"""New record: who a declaration is from and which office deals with it, as it enters the books."""

import datetime as dt
from uuid import uuid4

from customhouse.declaration import Declaration
from customhouse.saying import saying
from customhouse_server.accounts.person import Person
from customhouse_server.declaration.lodging import ForeignPartyError
from customhouse_server.declaration.record import Record
from customhouse_server.tariff.country import current_country

_LONGEST_LRN = 70


def new_record(person: Person, declared: Declaration, *, at: dt.datetime) -> Record:
    """The record of a declaration lodged by the person; refuses with `ForeignPartyError` one for a party that it may not act for."""
    return Record(
        id=uuid4(),
        declarant_id=_declarant(person, declared),
        submitter_id=person.id,
        lrn=(declared.lrn or "")[:_LONGEST_LRN],
        mrn=None,
        office=_office(declared, at=at)[:17],
        type_code=(declared.type_code or "")[:10],
        state="",
        lane="",
        version=1,
        item_count=0,
        payable=None,
        currency="",
        case="",
        lodged_at=at,
        accepted_at=None,
        released_at=None,
        cleared_at=None,
        updated_at=at,
    )


def _declarant(person: Person, declared: Declaration) -> str:
    """The party that declares; where the declaration names none, which is a finding, the person's own first."""
    party = (declared.declarant.id if declared.declarant else None) or next(iter(person.parties), "")
    if party not in person.parties:
        raise ForeignPartyError("you may not declare for {party}: it is not among the parties you act for", party=party or saying("nobody"))
    return party


def _office(declared: Declaration, *, at: dt.datetime) -> str:
    """The office that deals with the declaration: as it names one, else the first of the country, so that none is left lying."""
    named = (declared.declaration_office_id, declared.presentation_office_id, declared.supervising_office_id)
    country = current_country()
    offices = country.lists.named("offices")
    first = next((entry.code for entry in offices.entries(on=country.legal_day(at=at))), "") if offices else ""
    return next((office for office in named if office), first)
