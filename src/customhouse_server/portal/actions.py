"""Portal: what is published, and the notices.

publication(name, on=) -> rules.Publication         a sheet of rules, `notices` or `times`; `pipeline.publication.UnknownPublicationError`
titles(on=) -> tuple[rules.Publication, ...]        all sheets of rules
notices(limit=) -> tuple[WrittenNotice, ...]  the newest first
publish(person, wording, at=) -> WrittenNotice      for supervisors and administrators; `UnworthyNoticeError`
"""

import datetime as dt

from django.db import transaction

from customhouse.kernel import Event
from customhouse.pipeline import publication as rules
from customhouse.saying import Refusal
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.journal import store as journal
from customhouse_server.portal import store
from customhouse_server.portal.service_level import times
from customhouse_server.portal.store import Wording, WrittenNotice
from customhouse_server.tariff.country import current_country

PUBLISHERS = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
_MOST_NOTICES = 1_000
_LONGEST_TITLE = 200


class UnworthyNoticeError(Refusal, ValueError):
    """A notice without a title or a text, or with too long a one."""


class NoticePublished(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A notice was published."""

    number: int
    title: str


def publication(name: str, *, on: dt.date) -> rules.Publication:
    """What is published under a name, as it stands on the day."""
    if name == "notices":
        return made_public(name, _notices(), on=on)
    if name == "times":
        return made_public(name, times(on=on), on=on)
    return rules.published(current_country(), name, on=on)


def titles(*, on: dt.date) -> tuple[rules.Publication, ...]:
    """Every sheet of rules."""
    return tuple(publication(name, on=on) for name in rules.PUBLICATIONS)


def made_public(name: str, sheet: rules.Sheet, *, on: dt.date) -> rules.Publication:
    """A sheet of this site as a publication, under the edition of the country package in force."""
    country = current_country()
    return rules.Publication(name=name, country=country.code, edition=country.edition, on=on, sheet=sheet)


def notices(*, limit: int = 20) -> tuple[WrittenNotice, ...]:
    """The notices, the newest first."""
    return store.newest(limit=limit)


def publish(person: Person, wording: Wording, *, at: dt.datetime) -> WrittenNotice:
    """Publish a notice."""
    person.require(PUBLISHERS, "publishing a notice")
    if not wording.title.strip() or not wording.text.strip() or len(wording.title) > _LONGEST_TITLE:
        raise UnworthyNoticeError("a notice has a title of at most {most} characters, and a text", most=_LONGEST_TITLE)
    with transaction.atomic():
        written = store.write(wording, actor=person.username, at=at)
        journal.record(NoticePublished(occurred_at=at, number=written.number, title=written.title), actor=person.username)
    return written


def _notices() -> rules.Sheet:
    rows = [
        (
            str(each.number),
            each.published_at.date().isoformat(),
            each.effective_on.isoformat() if each.effective_on else "",
            each.title,
            each.text,
            each.legal_basis,
        )
        for each in notices(limit=_MOST_NOTICES)
    ]
    return rules.Sheet(
        title="Notices",
        about="What customs has to say: changes of the law and of practice, the newest first.",
        source="the notices of this site",
        basis="TFA Art 1.2; Art 2.1",
        columns=("number", "published on", "matters from", "title", "text", "legal basis"),
        rows=tuple(rows),
    )
