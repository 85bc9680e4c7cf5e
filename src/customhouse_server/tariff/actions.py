"""Acts on the tariff: an edition is prepared from plain files, checked, and published by a second person.

Each act has its event in the same transaction. Refuses with `NotPermittedError`, `MalformedTariffError` for a file that cannot be read,
and the core's `publication.FourEyesError`, `publication.BrokenRulesError` and `publication.NoDraftError`.
"""

import datetime as dt
import hashlib
import io
from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from customhouse.kernel import Event, Finding
from customhouse.saying import Refusal
from customhouse.tariff import edition, loading, publication
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role
from customhouse_server.journal import store as journal
from customhouse_server.tariff import store
from customhouse_server.tariff.country import current_country

TARIFF_OFFICE = frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR})
MOST_BYTES = 50_000_000


class MalformedTariffError(Refusal, ValueError):
    """A file that was handed in is no plain file of a tariff; the message says where."""


class TariffEditionPrepared(Event, frozen=True, kw_only=True, omit_defaults=True):
    """A draft edition of the tariff was made of files, by their digests."""

    number: int
    source: str
    sha256: str


class TariffEditionPublished(Event, frozen=True, kw_only=True, omit_defaults=True):
    """An edition of the tariff was published: what is accepted from then on is assessed by it."""

    number: int


@dataclass(frozen=True, slots=True)
class DraftView:
    """A draft with what it changes and what of it breaks a rule."""

    edition: edition.Edition
    counts: Mapping[str, edition.Count]
    difference: edition.Difference
    findings: tuple[Finding, ...]


def prepare(person: Person, files: Mapping[str, bytes], *, note: str, at: dt.datetime) -> DraftView | None:
    """Make a draft edition of these plain files, by name; nothing where they say what stands."""
    person.require(TARIFF_OFFICE, "preparing an edition of the tariff")
    if sum(map(len, files.values())) > MOST_BYTES:
        raise MalformedTariffError("the files are larger than {most} bytes", most=f"{MOST_BYTES:,}")
    with transaction.atomic():
        standing = _standing()
        sources = [(name, io.BytesIO(content)) for name, content in files.items()]
        try:
            loaded = loading.load(loading.Dialect.PLAIN, sources, into=standing, types=loading.MeasureTypes())
        except (loading.UnreadableSourceError, edition.UnreadableSetError) as refusal:
            raise MalformedTariffError("{why}", why=refusal) from refusal
        digests = " ".join(hashlib.sha256(content).hexdigest() for content in files.values())
        prepared = edition.Preparation(by=person.username, at=at, source="; ".join(files), sha256=digests, note=note)
        after = standing.after(loading.next_lines(loaded, standing, on=None, is_part=False), prepared)
        if after is not standing:
            store.save(after)
            told = TariffEditionPrepared(occurred_at=at, number=after.newest, source=prepared.source, sha256=digests)
            journal.record(told, actor=person.username)
        return _view(after, at=at)


def draft(person: Person, *, at: dt.datetime) -> DraftView | None:
    """The draft that waits, if there is one."""
    person.require(TARIFF_OFFICE, "reading a draft of the tariff")
    standing = store.standing_set()
    return _view(standing, at=at) if standing else None


def publish(person: Person, *, at: dt.datetime) -> edition.Edition:
    """Publish the draft; declarations accepted from now on are assessed by it."""
    person.require(TARIFF_OFFICE, "publishing an edition of the tariff")
    with transaction.atomic():
        standing = _standing()
        findings = publication.check(standing, on=current_country().legal_day(at=at))
        published = publication.publish(standing, findings, by=person.username, at=at)
        store.save(published)
        newest = published.editions[-1]
        journal.record(TariffEditionPublished(occurred_at=at, number=newest.number), actor=person.username)
    return newest


def history() -> tuple[edition.Edition, ...]:
    """Every edition, in order; anybody may read it."""
    return store.register()


def _standing() -> edition.TariffSet:
    """What stands, held against others until the transaction ends: at first the files of the country package."""
    store.lock()
    found = store.standing_set()
    if found is None:
        folder = current_country().folder
        shipped = {name: folder / f"{name}.csv" for name in (*edition.TABLES, "editions")}
        files = {name: path.read_text("utf-8-sig").splitlines(keepends=True) for name, path in shipped.items() if path.is_file()}
        found = edition.read_set(files)
        store.save(found)
    return found


def _view(found: edition.TariffSet, *, at: dt.datetime) -> DraftView | None:
    waiting = found.draft
    if waiting is None:
        return None
    changed = edition.difference(found.identified(found.published), found.identified(waiting.number))
    on = current_country().legal_day(at=at)
    return DraftView(waiting, found.counts(waiting.number), changed, publication.check(found, on=on))
