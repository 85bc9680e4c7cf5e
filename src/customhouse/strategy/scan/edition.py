"""Edition: the items of a scan as they stood when it was published; an edition never changes, a later one does."""

import tomllib
from datetime import date
from hashlib import sha256

import msgspec

from customhouse.saying import Refusal
from customhouse.strategy.plan import StrategicPlan
from customhouse.strategy.scan.item import Item


class UnreadableScanError(Refusal, ValueError):
    """A text is no edition of a scan, or does not hold together: the message says where."""


class Edition(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An edition by its name, with the day of its publication and where it comes from."""

    name: str
    title: str
    published_on: date
    items: tuple[Item, ...]
    source: str = ""

    @property
    def seal(self) -> str:
        """A digest of all that it says: another seal, another edition."""
        return sha256(msgspec.json.encode(self)).hexdigest()


def read_edition(text: str) -> Edition:
    """The edition that a TOML text states; refuses with `UnreadableScanError` what is none, or has a number twice."""
    try:
        edition = msgspec.convert(tomllib.loads(text), Edition)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as refusal:
        raise UnreadableScanError("the scan cannot be read: {refusal}", refusal=refusal) from refusal
    numbers = [each.number for each in edition.items]
    twice = sorted({each for each in numbers if numbers.count(each) > 1})
    if twice:
        raise UnreadableScanError("items stand twice: {twice}", twice=twice)
    return edition


def unlinked(edition: Edition, plan: StrategicPlan) -> tuple[str, ...]:
    """In words, every link of an item to an activity that the plan does not have, and every item without a link."""
    known = {activity.number for goal in plan.goals for activity in goal.activities}
    told = []
    for each in edition.items:
        told += [
            f"{each.number} names the activity {number}, which {plan.name} does not have"
            for number in each.activities
            if number not in known
        ]
        if not each.activities:
            told.append(f"{each.number} bears on no activity")
    return tuple(told)
