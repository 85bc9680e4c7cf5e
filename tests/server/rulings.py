"""Steps of rulings that several tests take: applied for, walked, drafted, issued."""

import datetime as dt
from uuid import UUID

from customhouse.tariff.interpretation import Candidate, Citation, GeneralRule, SourceKind, Step
from customhouse.tariff.ruling import Act
from customhouse_server.accounts.person import Person
from customhouse_server.ruling import actions
from customhouse_server.ruling.view import Doing, View

AT = dt.datetime(2026, 11, 24, 9, 30, tzinfo=dt.UTC)
DAY = dt.date(2026, 11, 24)
FIELDS = {
    "applicant": "QZ12345678",
    "office": "QZ000101",
    "scope": "classification",
    "goods_name": "Lemons in crates",
    "description": "Fresh lemons, Citrus limon, waxed with [[carnauba blend Xylozyme]], in wooden crates of 15 kg.",
    "composition": "lemons and a film of wax from Zanzibar",
    "confidential.composition": "1",
}
TEXT = (Citation(SourceKind.HEADING, "heading 0805"),)
RULES_WITHOUT_PART = tuple(GeneralRule)[1:9]


def applied(person: Person, at: dt.datetime = AT, **differing: str) -> UUID:
    record = actions.start(person, at=at)
    actions.save(person, record.id, FIELDS | differing, version=1, at=at)
    return actions.apply(person, record.id, at=at).record.id


def walk_to(officer: Person, ruling_id: UUID, code: str) -> View:
    first = Step(rule=GeneralRule.RULE_1, applies=True, answer="citrus", candidates=(Candidate(code[:4], "citrus"),), texts=TEXT)
    rest = [Step(rule=rule, applies=False, answer="one heading covers them") for rule in RULES_WITHOUT_PART]
    last = Step(rule=GeneralRule.RULE_6, applies=True, answer="lemons", candidates=(Candidate(code[:6], "lemons"),), texts=TEXT)
    return actions.step(officer, ruling_id, [first, *rest, last], at=AT)


def drafted(officer: Person, ruling_id: UUID, code: str = "08055010", **differing: str) -> View:
    actions.perform(officer, ruling_id, Doing(Act.ACCEPT), at=AT)
    view = walk_to(officer, ruling_id, code)
    fields = {
        "code": code,
        "goods": "Fresh lemons waxed with carnauba, in crates",
        "reasons": "Terms of heading 0805; blend Xylozyme.",
    } | differing
    actions.save(officer, ruling_id, fields, version=view.record.saved_version, at=AT)
    return actions.draft(officer, ruling_id, at=AT)


def issued(people: tuple[Person, Person, Person], **differing: str) -> View:
    ann, olu, sue = people
    ruling_id = applied(ann)
    drafted(olu, ruling_id, **differing)
    return actions.perform(sue, ruling_id, Doing(Act.ISSUE), at=AT)
