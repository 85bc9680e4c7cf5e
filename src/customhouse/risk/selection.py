"""Selection: the lane of a declaration by the heaviest of all hits, every reason kept, and a random draw that nobody can undo."""

import hashlib
import hmac
from collections.abc import Sequence
from datetime import date

import msgspec

from customhouse.risk.fact import Row
from customhouse.risk.lane import Lane
from customhouse.risk.profile import ProfileSet
from customhouse.saying import Refusal

_DRAW_BYTES = 8


class RandomControlError(Refusal):
    """A control drawn at random cannot be lightened, by anyone."""


class Hit(msgspec.Struct, frozen=True, kw_only=True):
    """One reason: the profile in its version, the item it hit, and what it asks of the officer. Never shown to the declarant."""

    profile_id: str
    profile_version: int
    title: str
    item: int
    lane: Lane
    instruction: str


class Selection(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The lane, the hits behind it, the conditions whose facts were missing, and the random draw with the hash of its seed."""

    lane: Lane
    hits: tuple[Hit, ...] = ()
    unknown: tuple[str, ...] = ()
    random_control: bool = False
    seed_sha256: str = ""
    rerouted_from: Lane | None = None
    reroute_reason: str = ""


def select(rows: Sequence[Row], profiles: ProfileSet, *, identity: str, seed: bytes, on: date) -> Selection:
    """The selection for a declaration: deterministic in the facts, the profiles, its identity and the seed of the day.

    The draw is HMAC-SHA256 of the identity under the seed, so that nobody foresees it without the seed, and anybody repeats it with it.
    """
    hits: list[Hit] = []
    unknown: list[str] = []
    for place, row in enumerate(rows, start=1):
        _try_profiles(row, place, profiles, hits=hits, unknown=unknown, on=on)
    drawn = is_drawn(identity, seed, per_mille=profiles.random.per_mille)
    lanes = [hit.lane for hit in hits] + ([profiles.random.lane] if drawn else [])
    return Selection(
        lane=Lane.heaviest(lanes),
        hits=tuple(hits),
        unknown=tuple(unknown),
        random_control=drawn,
        seed_sha256=hashlib.sha256(seed).hexdigest(),
    )


def _try_profiles(  # noqa: PLR0913 - the two lists are filled for all items
    row: Row, place: int, profiles: ProfileSet, *, hits: list[Hit], unknown: list[str], on: date
) -> None:
    chapter, office = row["chapter"], row["office"]
    assert chapter is None or isinstance(chapter, str), "a chapter is text"
    assert office is None or isinstance(office, str), "an office is text"
    for profile in profiles.candidates(chapter):
        verdict = profiles.conditions[profile.id](row)
        if verdict is False or not profile.applies(office=office, on=on):
            continue
        if verdict is None:
            unknown.append(f"{profile.id}/{place}")
            continue
        hits.append(
            Hit(
                profile_id=profile.id,
                profile_version=profile.version,
                title=profile.title,
                item=place,
                lane=profile.lane,
                instruction=profile.instruction,
            )
        )


def is_drawn(identity: str, seed: bytes, *, per_mille: int) -> bool:
    """Whether the random arm draws a declaration: each with the same chance, whoever lodged it."""
    digest = hmac.new(seed, identity.encode(), hashlib.sha256).digest()
    return int.from_bytes(digest[:_DRAW_BYTES], "big") * 1000 < per_mille << (8 * _DRAW_BYTES)


def rerouted(selection: Selection, lane: Lane, *, reason: str) -> Selection:
    """The selection in another lane, the first one kept; refuses to lighten a random control with `RandomControlError`."""
    if selection.random_control and Lane.heaviest((lane, selection.lane)) is not lane:
        raise RandomControlError("this declaration was drawn at random; a random control is never lightened")
    return msgspec.structs.replace(selection, lane=lane, rerouted_from=selection.lane, reroute_reason=reason)
