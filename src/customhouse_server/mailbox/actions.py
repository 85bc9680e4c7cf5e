"""Mailbox: letters between somebody without a name and the integrity office.

readers() -> tuple[Reader, ...]                          whose keys a letter can be sealed to, with their fingerprints
write(text, left_out=, on=) -> case key                  begins a case; the key is shown once
read(case_key) -> tuple[Letter, ...]; write_again(case_key, text, on=); forget(case_key)
make_key(person, passphrase, at=)                        a member of the integrity office; the journal keeps that one was made
cases(person); read_case(person, id, passphrase) -> tuple[Letter, ...]; answer(person, id, text, on=)

Refuses with `MailboxError`; what is unknown, and what is not for the one who asks, are not told apart. Days come in by `on=`, and nothing
finer is kept. Nothing of a sender's act goes to the journal, whose instants are exact.
"""

import datetime as dt
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from customhouse.saying import Refusal
from customhouse_server.accounts.person import Person
from customhouse_server.integrity import actions as integrity
from customhouse_server.mailbox import sealing, store
from customhouse_server.mailbox.sealing import CannotOpenError
from customhouse_server.mailbox.store import Exchange, Key, Summary

LONGEST = 8_000
SHORTEST_PASSPHRASE = 16
_MOST_A_DAY = 20
_MOST_CASES_A_DAY = 500


class MailboxError(Refusal):
    """It cannot be done; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A member of the integrity office who can be written to."""

    id: str
    name: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Letter:
    """A message that was opened."""

    by_sender: bool
    day: dt.date
    text: str


def readers() -> tuple[Reader, ...]:
    """Whose keys a letter can be sealed to."""
    return tuple(Reader(str(key.person_id), key.name, sealing.fingerprint(key.public)) for key in _keys())


def write(text: str, *, left_out: tuple[str, ...], on: dt.date) -> str:
    """Begin a case that those left out cannot read; the case key, which is kept nowhere."""
    _require_text(text)
    unread_by = tuple(sorted({each.id for each in readers()} & set(left_out)))
    case_key = sealing.drawn_case_key()
    with transaction.atomic():
        if store.opened(on=on) >= _MOST_CASES_A_DAY:
            raise MailboxError(_("the mailbox is full for today: come back tomorrow"))
        public = sealing.public_of(sealing.sender_key(case_key))
        case = store.open_case(lookup=sealing.lookup(case_key), sender_public=public, left_out=list(unread_by), on=on)
        _add(case, text, by_sender=True, on=on)
    return case_key


def read(case_key: str) -> tuple[Letter, ...]:
    """The letters of a case, for who has its key."""
    return _opened(_case(case_key), None, sealing.sender_key(case_key))


def write_again(case_key: str, text: str, *, on: dt.date) -> None:
    """Go on with a case."""
    _require_text(text)
    with transaction.atomic():
        case = _case(case_key, locked=True)
        if store.written(case, by_sender=True, on=on) >= _MOST_A_DAY:
            raise MailboxError(_("that is enough for one day: come back tomorrow"))
        _add(case, text, by_sender=True, on=on)


def forget(case_key: str) -> None:
    """Delete a case, at the wish of who has its key."""
    with transaction.atomic():
        store.forget(_case(case_key, locked=True))


def make_key(person: Person, passphrase: str, *, at: dt.datetime) -> None:
    """Make the person's key; letters sealed to an earlier one cannot be read with it."""
    integrity.require_member(person)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise MailboxError(_("choose a longer passphrase: it is the only way to what is sealed to you"))
    key = sealing.drawn_key()
    with transaction.atomic():
        store.save_key(person.id, public=sealing.public_of(key), wrapped=sealing.wrapped(key, passphrase), on=at.date())
        integrity.journal("MailboxKeyMade", person.username, at=at, fingerprint=sealing.fingerprint(sealing.public_of(key)))


def key_of(person: Person) -> Reader | None:
    """The person's own key, if one was made."""
    integrity.require_member(person)
    return next(
        (
            Reader(str(key.person_id), key.name, sealing.fingerprint(key.public))
            for key in store.keys_in_use()
            if key.person_id == person.id
        ),
        None,
    )


def cases(person: Person) -> tuple[Summary, ...]:
    """The cases that have a copy for the person."""
    integrity.require_member(person)
    return store.cases_of(person.id)


def read_case(person: Person, case_id: UUID, passphrase: str) -> tuple[Letter, ...]:
    """The letters of a case, opened with the person's passphrase, which is not kept."""
    integrity.require_member(person)
    case = _case_for(person, case_id)
    key = next((each for each in store.keys_in_use() if each.person_id == person.id), None)
    if key is None:
        raise MailboxError(_("make your key first"))
    try:
        private = sealing.unwrapped(key.wrapped, passphrase)
    except CannotOpenError as refusal:
        raise MailboxError(_("this is not the passphrase of your key")) from refusal
    if sealing.public_of(private) != key.public:
        raise MailboxError(
            _("the public key kept for you is not yours: somebody has replaced it; tell your colleagues, and make a new one")
        )
    if not (letters := _opened(case, key.id, private)):
        raise MailboxError(_("what was written here was sealed to an earlier key of yours, and cannot be read with this one"))
    return letters


def answer(person: Person, case_id: UUID, text: str, *, at: dt.datetime) -> None:
    """Answer who wrote; the journal keeps that an answer was given, and not to what."""
    integrity.require_member(person)
    _require_text(text)
    with transaction.atomic():
        _add(_case_for(person, case_id, locked=True), text, by_sender=False, on=at.date())
        integrity.journal("MailboxAnswered", person.username, at=at)


def _keys(left_out: tuple[str, ...] = ()) -> list[Key]:
    """The keys of those who are members now, without those left out."""
    members = integrity.member_ids()
    return [key for key in store.keys_in_use() if key.person_id in members and str(key.person_id) not in left_out]


def _add(case: Exchange, text: str, *, by_sender: bool, on: dt.date) -> None:
    """Seal a message to the sender and to every member whom the case does not leave out, of whom there must be one.

    Who becomes a member or makes the first key later is sealed nothing: the sender could not leave them out.
    """
    keys, first = _keys(case.left_out), store.first_readers(case)
    if first:
        keys = [key for key in keys if key.person_id in first]
    if not keys:
        raise MailboxError(
            _("nobody is left who could read it: leave out fewer, or come back when the integrity office has set up its keys")
        )
    number = store.next_number(case)
    place = _place(case, number, by_sender=by_sender)
    copies = {key.id: sealing.sealed(text, key.public, place=place) for key in keys}
    store.add(case, number, by_sender=by_sender, on=on, copies={None: sealing.sealed(text, case.sender_public, place=place), **copies})


def _opened(case: Exchange, key_id: UUID | None, private: sealing.X25519PrivateKey) -> tuple[Letter, ...]:
    try:
        return tuple(
            Letter(
                each.by_sender, each.day, sealing.opened(each.sealed, private, place=_place(case, each.number, by_sender=each.by_sender))
            )
            for each in store.messages(case, key_id)
        )
    except CannotOpenError as refusal:
        raise MailboxError(_("a message cannot be opened: it was changed after it was sealed")) from refusal


def _place(case: Exchange, number: int, *, by_sender: bool) -> str:
    return f"{case.id}/{number}/{'sender' if by_sender else 'office'}"


def _case(case_key: str, *, locked: bool = False) -> Exchange:
    case = store.case_under(sealing.lookup(case_key), locked=locked)
    if case is None:
        raise MailboxError(_("no case is found under this key: look at each letter again; it may also have been deleted"))
    return case


def _case_for(person: Person, case_id: UUID, *, locked: bool = False) -> Exchange:
    case = store.case_for(person.id, case_id, locked=locked)
    if case is None:
        raise MailboxError(_("there is no such case for you"))
    return case


def _require_text(text: str) -> None:
    if not text.strip():
        raise MailboxError(_("write something first"))
    if len(text) > LONGEST:
        raise MailboxError(_("the message is too long: send the rest in a second one"))
