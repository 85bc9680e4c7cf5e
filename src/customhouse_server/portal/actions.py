"""Portal: what is published, and the notices.

publication(name, on=) -> rules.Publication         a sheet of rules, or of this site; `pipeline.publication.UnknownPublicationError`
titles(on=) -> tuple[rules.Publication, ...]        all sheets of rules, and the forms
notices(subject=, limit=) -> tuple[WrittenNotice, ...]  the newest first, on one subject or on all
fees_to_review(person, on=) -> tuple[Fee, ...]      whose review is due, for those who publish
publish(person, wording, at=) -> WrittenNotice      for supervisors and administrators; `UnworthyNoticeError`
"""

import datetime as dt
from collections.abc import Callable

from django.db import transaction

from customhouse.kernel import Event
from customhouse.pipeline import fee
from customhouse.pipeline import publication as rules
from customhouse.saying import Refusal
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.journal import store as journal
from customhouse_server.portal import store
from customhouse_server.portal.form import forms
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
    own: dict[str, Callable[[], rules.Sheet]] = {"notices": _notices, "times": lambda: times(on=on), "forms": forms}
    if name in own:
        return made_public(name, own[name](), on=on)
    return rules.published(current_country(), name, on=on)


def titles(*, on: dt.date) -> tuple[rules.Publication, ...]:
    """Every sheet of rules, and the forms."""
    return tuple(publication(name, on=on) for name in (*rules.PUBLICATIONS, "forms"))


def made_public(name: str, sheet: rules.Sheet, *, on: dt.date) -> rules.Publication:
    """A sheet of this site as a publication, under the edition of the country package in force."""
    country = current_country()
    return rules.Publication(name=name, country=country.code, edition=country.edition, on=on, sheet=sheet)


def notices(*, subject: str = "", limit: int = 20) -> tuple[WrittenNotice, ...]:
    """The notices, the newest first; those on a subject, where one is named."""
    return store.newest(subject=subject, limit=limit)


def fees_to_review(person: Person | None, *, on: dt.date) -> tuple[fee.Fee, ...]:
    """The fees whose periodic review is due (TFA 6.1.4), for those who may publish; for anybody else none."""
    if person is None or person.role not in PUBLISHERS:
        return ()
    return tuple(each for each in current_country().fees if each.is_review_due(on=on))


def publish(person: Person, wording: Wording, *, at: dt.datetime) -> WrittenNotice:
    """Publish a notice."""
    person.require(PUBLISHERS, "publishing a notice")
    if not wording.title.strip() or not wording.text.strip() or len(wording.title) > _LONGEST_TITLE:
        raise UnworthyNoticeError("a notice has a title of at most {most} characters, and a text", most=_LONGEST_TITLE)
    if wording.subject and wording.subject not in rules.PUBLICATIONS:
        raise UnworthyNoticeError(
            "{subject} is nothing that is published: a notice is on one of {subjects}", subject=wording.subject, subjects=rules.PUBLICATIONS
        )
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
            each.subject,
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
        columns=("number", "published on", "matters from", "subject", "title", "text", "legal basis"),
        rows=tuple(rows),
    )
