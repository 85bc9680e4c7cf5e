"""Sample: the made-up entries of a demo, written once, with papers that have come as far as the sample says."""

import datetime as dt
import re
import tomllib
from collections.abc import Mapping

import msgspec

from customhouse.research import review
from customhouse_server.accounts.person import Person
from customhouse_server.register import actions, author, reviewing, store
from customhouse_server.register.paper import paper_of
from customhouse_server.tariff.country import current_country


class SampleEntry(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An entry by the fields of its form."""

    register: str
    fields: dict[str, str]


class SampleAnswer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An author's answer to a call, and how far the paper comes: with a manuscript it is submitted, with an act it is decided."""

    call: int
    account: str
    abstract: dict[str, str]
    ethics_decision: str = ""
    reviewers: str = ""
    manuscript: str = ""
    reviews: tuple[dict[str, str], ...] = ()
    act: review.Act | None = None


class Samples(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a demo shows."""

    entries: tuple[SampleEntry, ...]
    answers: tuple[SampleAnswer, ...] = ()


def write_samples(text: str, people: Mapping[str, Person], *, at: dt.datetime) -> int:
    """Write what a TOML text states, unless there are stakeholders already; how many entries and answers were written."""
    if store.current("stakeholders"):
        return 0
    samples, on = msgspec.convert(tomllib.loads(text), Samples), current_country().legal_day(at=at)
    for each in samples.entries:
        fields = {name: _dated(value, on=on) for name, value in each.fields.items()}
        actions.write(people["supervisor"], actions.kind_of(each.register), None, fields, at=at)
    for answer in samples.answers:
        _answer(answer, people, at=at)
    return len(samples.entries) + len(samples.answers)


def _answer(answer: SampleAnswer, people: Mapping[str, Person], *, at: dt.datetime) -> None:
    chair, writer = people["supervisor"], people[answer.account]
    number = author.answer_call(writer, answer.call, answer.abstract, at=at)
    if not answer.manuscript:
        return
    settled = msgspec.to_builtins(paper_of(number)[1]) | {"ethics_decision": answer.ethics_decision, "reviewers": answer.reviewers}
    actions.write(chair, actions.kind_of("papers"), number, settled, at=at)
    reviewing.step(chair, number, review.Act.GRANT_ACCESS, "", at=at)
    author.submit(writer, number, answer.manuscript, at=at)
    for each in answer.reviews:
        reviewing.give_review(chair, number, each, at=at)
    if answer.act:
        reviewing.step(chair, number, answer.act, "", at=at)


def _dated(value: str, *, on: dt.date) -> str:
    """A value with its day or year worked out from the day on which the demo is made."""
    if value in {"this year", "next year"}:
        return str(on.year + (value == "next year"))
    moved = re.fullmatch(r"today([+-]\d+)", value)
    return (on + dt.timedelta(days=int(moved[1]))).isoformat() if moved else value
