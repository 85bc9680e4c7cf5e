"""Pledge: by when a member promised a measure (TFA Articles 13 to 20): its category, its dates, what moved them, and the clocks.

The lengths of the clocks are data (`Terms`), for a developing and a least developed country.
"""

import tomllib
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

import msgspec

from customhouse.kernel import months_after
from customhouse.saying import Refusal, Saying, saying


class UnreadableTermsError(Refusal, ValueError):
    """The terms of an agreement cannot be read: the message says where."""


class Category(StrEnum):
    """When a measure is to be carried out: at once, after a time, or after a time and with assistance."""

    A = "A"
    B = "B"
    C = "C"


class Status(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What the agreement grants to a kind of member; months and days are data."""

    code: str
    title: str
    early_warning_days: int
    extension_months: int
    grace_months_a: int
    grace_months_bc: int


class Register(StrEnum):
    """What is registered of each measure, from which an item of a notice is answered."""

    MEASURES = "measures"
    ASSISTANCE = "assistance"
    ARRANGEMENTS = "arrangements"
    PROGRESS = "progress"


class Item(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a notice has to contain; without a register only somebody can answer it."""

    text: str
    register: Register | None = None


class NoticeDue(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A notification that members of these statuses owe, so many months after the agreement binds them, and what it has to contain."""

    code: str
    article: str
    title: str
    statuses: tuple[str, ...]
    months: int
    content: tuple[Item, ...]
    category: Category | None = None


class Terms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The clocks of an agreement."""

    source: str
    agreement_in_force: date
    statuses: tuple[Status, ...]
    notices: tuple[NoticeDue, ...]

    def status(self, code: str) -> Status | None:
        """What is granted to members of that status."""
        return next((each for each in self.statuses if each.code == code), None)


class Pledge(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a member promised for one measure."""

    category: Category
    indicative_on: date | None = None
    definitive_on: date | None = None
    notified_on: date | None = None

    def faults(self) -> tuple[Saying, ...]:
        """Why it cannot be: a measure is meant to be carried out before the day by which it has to be."""
        if self.indicative_on and self.definitive_on and self.indicative_on > self.definitive_on:
            return (saying("the indicative date is not after the definitive date"),)
        return ()


class Extension(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """More time asked for (Article 17); it moves the date once the committee grants it, a first one also by being short and in time."""

    asked_on: date
    until: date
    reason: str
    granted_on: date | None = None

    def faults(self) -> tuple[Saying, ...]:
        """Why it cannot be: more time ends after it was asked for, and is not granted before."""
        found = []
        if self.until <= self.asked_on:
            found.append(saying("more time ends after the day on which it was asked for"))
        if self.granted_on and self.granted_on < self.asked_on:
            found.append(saying("more time is not granted before it was asked for"))
        return tuple(found)


class Shift(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """A measure moved between categories B and C (Article 19), from the day of its notification; to C it says the assistance needed."""

    moved_to: Category
    notified_on: date
    assistance_needed: str = ""

    def faults(self, pledge: Pledge, shifts: Iterable["Shift"]) -> tuple[Saying, ...]:
        """Why it cannot be: only between B and C, and to C only with the assistance needed (Article 19.1)."""
        before = category_of(pledge, shifts, on=self.notified_on)
        found = []
        if {before, self.moved_to} != {Category.B, Category.C}:
            wording = "a measure of category {before} is not moved to {after}: only between B and C"
            found.append(saying(wording, before=before, after=self.moved_to))
        if self.moved_to is Category.C and not self.assistance_needed:
            found.append(saying("a shift to category C says which assistance is needed"))
        return tuple(found)


class Clock(StrEnum):
    """What runs out."""

    INDICATIVE = "indicative date"
    EARLY_WARNING = "last day of the early warning"
    DEFINITIVE = "definitive date"
    EXTENDED = "extended date"
    GRACE = "end of the grace period"


class Deadline(msgspec.Struct, frozen=True, kw_only=True, order=True):
    """A day by which something is to be done, and for which measure."""

    on: date
    clock: Clock
    number: str

    def days_left(self, *, on: date) -> int:
        """The days until it; negative once it has passed."""
        return (self.on - on).days


def read_terms(text: str) -> Terms:
    """The terms that a TOML text states; refuses with `UnreadableTermsError`."""
    try:
        return msgspec.convert(tomllib.loads(text), Terms)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableTermsError("the terms cannot be read: {refusal}", refusal=refusal) from refusal


def category_of(pledge: Pledge, shifts: Iterable[Shift], *, on: date) -> Category:
    """The category of a measure on a day: that of its last shift, or the one first promised."""
    done = sorted((each for each in shifts if each.notified_on <= on), key=lambda each: each.notified_on)
    return done[-1].moved_to if done else pledge.category


def is_granted_by_right(extension: Extension, *, definitive_on: date, status: Status) -> bool:
    """Whether a first extension needs no decision of the committee (Article 17.3): asked for in time, and no longer than allowed."""
    in_time = extension.asked_on <= definitive_on - timedelta(days=status.early_warning_days)
    return in_time and extension.until <= months_after(definitive_on, status.extension_months)


def due_on(pledge: Pledge, extensions: Iterable[Extension], *, status: Status) -> date | None:
    """The day by which a measure of category B or C is to be carried out, with every extension that is granted or needs no grant.

    Once the date was extended, a further extension waits for the committee, however short (Article 17.4).
    """
    due, is_extended = pledge.definitive_on, False
    for each in sorted(extensions, key=lambda each: each.asked_on):
        if due and (each.granted_on or (not is_extended and is_granted_by_right(each, definitive_on=due, status=status))):
            due, is_extended = max(due, each.until), True
    return due


def deadlines(
    number: str, pledge: Pledge, *, extensions: Iterable[Extension] = (), status: Status, agreement_in_force: date
) -> tuple[Deadline, ...]:
    """Every clock of a measure, first to last.

    That of category A runs from the entry into force of the agreement itself, whenever the member accepted it (Article 20.1 and 20.2).
    """
    asked = tuple(extensions)
    if pledge.category is Category.A:
        return (Deadline(on=months_after(agreement_in_force, status.grace_months_a), clock=Clock.GRACE, number=number),)
    found = []
    if pledge.indicative_on and not pledge.definitive_on:
        found.append(Deadline(on=pledge.indicative_on, clock=Clock.INDICATIVE, number=number))
    due = due_on(pledge, asked, status=status)
    if due and pledge.definitive_on:
        warning = due - timedelta(days=status.early_warning_days)
        found.append(Deadline(on=warning, clock=Clock.EARLY_WARNING, number=number))
        clock = Clock.EXTENDED if due != pledge.definitive_on else Clock.DEFINITIVE
        found.append(Deadline(on=due, clock=clock, number=number))
        if status.grace_months_bc:
            found.append(Deadline(on=months_after(due, status.grace_months_bc), clock=Clock.GRACE, number=number))
    return tuple(sorted(found))
