"""Keys, cases and sealed messages in rows."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Max

from customhouse_server.mailbox.models import Case, Copy, Message, OfficerKey


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a member of the integrity office."""

    id: UUID
    person_id: int
    name: str
    public: bytes
    wrapped: bytes


@dataclass(frozen=True, slots=True)
class Exchange:
    """A case: how to answer who began it, and for whose eyes it is not."""

    id: UUID
    sender_public: bytes
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SealedMessage:
    """A message as one reader has it."""

    number: int
    by_sender: bool
    day: dt.date
    sealed: bytes


@dataclass(frozen=True, slots=True)
class Summary:
    """What can be told of a case without opening it."""

    id: UUID
    opened_on: dt.date
    messages: int
    last: dt.date
    awaits_answer: bool


def keys_in_use() -> tuple[Key, ...]:
    """The keys in use, in no order that says anything."""
    found = OfficerKey.objects.filter(ended_on=None).select_related("person").order_by("person__username")
    return tuple(
        Key(each.id, each.person_id, each.person.get_full_name() or each.person.username, bytes(each.public), bytes(each.wrapped))
        for each in found
    )


def save_key(person_id: int, *, public: bytes, wrapped: bytes, on: dt.date) -> None:
    """A person's key from now on; one in use before is ended."""
    end_key(person_id, on=on)
    OfficerKey.objects.create(person_id=person_id, public=public, wrapped=wrapped, since=on)


def end_key(person_id: int, *, on: dt.date) -> None:
    """Seal nothing more to a person's key."""
    OfficerKey.objects.filter(person_id=person_id, ended_on=None).update(ended_on=on)


def open_case(*, lookup: bytes, sender_public: bytes, left_out: list[str], on: dt.date) -> Exchange:
    """A new case."""
    return _exchange(Case.objects.create(lookup=lookup, sender_public=sender_public, left_out=left_out, opened_on=on))


def case_under(lookup: bytes, *, locked: bool = False) -> Exchange | None:
    """The case that is found so."""
    found = (Case.objects.select_for_update() if locked else Case.objects).filter(lookup=lookup).first()
    return _exchange(found) if found else None


def case_for(person_id: int, case_id: UUID, *, locked: bool = False) -> Exchange | None:
    """The case, if it has a copy for the person."""
    readable = Copy.objects.filter(message__case_id=case_id, key__person_id=person_id).exists()
    found = (Case.objects.select_for_update() if locked else Case.objects).filter(id=case_id).first()
    return _exchange(found) if found and readable else None


def first_readers(case: Exchange) -> frozenset[int]:
    """The people whom the first message of a case was sealed to; nobody while there is none."""
    return frozenset(
        Copy.objects.filter(message__case_id=case.id, message__number=1, key__isnull=False).values_list("key__person_id", flat=True)
    )


def add(case: Exchange, number: int, *, by_sender: bool, on: dt.date, copies: Mapping[UUID | None, bytes]) -> None:
    """Keep a message with its copies, by the keys that they are sealed to; none is the sender's."""
    message = Message.objects.create(case_id=case.id, number=number, by_sender=by_sender, day=on)
    Copy.objects.bulk_create([Copy(message=message, key_id=key, sealed=blob) for key, blob in copies.items()])


def next_number(case: Exchange) -> int:
    """The number of the next message of a case."""
    return int(Message.objects.filter(case_id=case.id).aggregate(last=Max("number"))["last"] or 0) + 1


def written(case: Exchange, *, by_sender: bool, on: dt.date) -> int:
    """How many messages one side has written on a day."""
    return Message.objects.filter(case_id=case.id, by_sender=by_sender, day=on).count()


def opened(*, on: dt.date) -> int:
    """How many cases were opened on a day."""
    return Case.objects.filter(opened_on=on).count()


def messages(case: Exchange, key: UUID | None) -> tuple[SealedMessage, ...]:
    """The messages of a case in the copies for one key; none is the sender's."""
    found = Copy.objects.filter(message__case_id=case.id, key_id=key).select_related("message").order_by("message__number")
    return tuple(SealedMessage(each.message.number, each.message.by_sender, each.message.day, bytes(each.sealed)) for each in found)


def cases_of(person_id: int) -> tuple[Summary, ...]:
    """The cases with a copy for the person, the latest first."""
    readable = Copy.objects.filter(key__person_id=person_id).values("message__case_id")
    found = Case.objects.filter(id__in=readable).annotate(count=Count("message"), last=Max("message__day"), number=Max("message__number"))
    last_by_sender = set(Message.objects.filter(case_id__in=readable, by_sender=True).values_list("case_id", "number"))
    return tuple(
        Summary(each.id, each.opened_on, each.count, each.last, (each.id, each.number) in last_by_sender)
        for each in found.order_by("-last", "id")
    )


def forget(case: Exchange) -> None:
    """Delete a case with all that was written in it."""
    Case.objects.filter(id=case.id).delete()


def _exchange(case: Case) -> Exchange:
    return Exchange(case.id, bytes(case.sender_public), tuple(case.left_out))
