"""Author: somebody who signs in answers an open call, submits the paper in time, and sees how it stands.

answer_call(person, call, posted, at) -> int            an abstract before the closing day; `FaultyError`, `ClosedCallError`
correct(person, number, posted, at)                     while the call is open and nobody has decided
submit(person, number, manuscript, at)                  `review.RefusedStepError`
mine(person) -> tuple[Mine, ...]; own(person, number) -> Mine
"""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from django.db import transaction

from customhouse.research import review
from customhouse.saying import Refusal
from customhouse_server.accounts.person import Person
from customhouse_server.desk.form import Form, read
from customhouse_server.register import reviewing, store, writing
from customhouse_server.register.paper import paper_of, papers, refuse_data_sets
from customhouse_server.register.scholarship import Abstract, Call
from customhouse_server.register.store import UnknownEntryError
from customhouse_server.tariff.country import current_country

ABSTRACT = Form(document=Abstract)


class ClosedCallError(Refusal, RuntimeError):
    """The call does not take abstracts on the day, or the paper has gone on from where its author may change it."""


@dataclass(frozen=True, slots=True)
class Mine:
    """A paper as its author sees it, with what reviewers tell the author once the chair has decided."""

    number: int
    paper: review.Paper
    reviews: tuple[review.verdict.ToAuthor, ...]


@transaction.atomic
def answer_call(person: Person, call: int, posted: Mapping[str, object], *, at: dt.datetime) -> int:
    """Answer an open call with an abstract, which is a proposed paper; its number."""
    _refuse_closed(call, at=at)
    number = store.next_number("papers")
    paper = review.Paper(code=f"C{call}-{number}", call=call, account=person.username, **_abstract(posted))
    return writing.begin("papers", paper, actor=person.username, at=at)


@transaction.atomic
def correct(person: Person, number: int, posted: Mapping[str, object], *, at: dt.datetime) -> None:
    """Correct one's own abstract while its call is open and nobody has decided on it."""
    entry, paper = _of_author(person, number)
    if paper.stage is not review.Stage.PROPOSED:
        raise ClosedCallError("the abstract of a paper stands once it is {stage}", stage=paper.stage)
    _refuse_closed(paper.call or 0, at=at)
    writing.go_on("papers", entry, msgspec.structs.replace(paper, **_abstract(posted)), actor=person.username, at=at)


@transaction.atomic
def submit(person: Person, number: int, manuscript: str, *, at: dt.datetime) -> None:
    """Submit one's own paper by the address of its text, which does not name its authors."""
    entry, paper = _of_author(person, number)
    written = msgspec.structs.replace(paper, manuscript=manuscript.strip())
    writing.go_on("papers", entry, review.advance(written, review.Act.SUBMIT), actor=person.username, at=at)


def mine(person: Person) -> tuple[Mine, ...]:
    """The papers that the person handed in."""
    return tuple(_seen_by_author(entry.number, paper) for entry, paper in papers() if paper.account == person.username)


def own(person: Person, number: int) -> Mine:
    """A paper of one's own; refuses with `UnknownEntryError` any other."""
    return _seen_by_author(number, _of_author(person, number)[1])


def _abstract(posted: Mapping[str, object]) -> dict[str, object]:
    told = msgspec.structs.asdict(read(ABSTRACT, posted))
    refuse_data_sets(told["data_sets"])
    return told


def _refuse_closed(call: int, *, at: dt.datetime) -> None:
    found = msgspec.json.decode(store.last("calls", call).document, type=Call)
    if found.stands(on=current_country().legal_day(at=at)) != "in force":
        raise ClosedCallError("the call takes abstracts from {first} to {last}", first=found.opens_on, last=found.closes_on)


def _of_author(person: Person, number: int) -> tuple[store.Entry, review.Paper]:
    entry, paper = paper_of(number)
    if paper.account != person.username:
        raise UnknownEntryError("there is no paper {number} of yours", number=number)
    return entry, paper


def _seen_by_author(number: int, paper: review.Paper) -> Mine:
    """What reviewers say of a submission reaches the author with the decision on it, not before."""
    is_open = paper.stage is review.Stage.SUBMITTED
    told = [each for each in reviewing.reviews_of(paper) if not (is_open and each.round == paper.round)]
    return Mine(number, paper, review.to_author(told))
