"""Profile: one risk, written as a condition, with what to do about it, who stands for it, and until when (WCO SAFE, TFA 7.4)."""

import tomllib
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import msgspec

from customhouse.kernel import Validity
from customhouse.risk.lane import Lane
from customhouse.risk.language import Condition, Lists, RuleError, chapters, compiled


class UnreadableProfilesError(ValueError):
    """A profile file with faults; the message lists all of them, a line each."""


class Profile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A risk profile; it ends on a day, and whoever approved it is not its author."""

    id: str
    version: int = 1
    title: str
    risk_area: str
    condition: str
    lane: Lane
    instruction: str
    author: str
    approver: str
    valid_from: date
    valid_to: date
    offices: tuple[str, ...] = ()
    reference: str = ""

    def applies(self, *, office: str | None, on: date) -> bool:
        """Whether the profile is in force on the day at the office."""
        return Validity(self.valid_from, self.valid_to).includes(on) and (not self.offices or office in self.offices)


class RandomArm(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The share of declarations drawn at random into a lane, so that what profiles miss is measured without bias."""

    per_mille: int
    lane: Lane = Lane.RED


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    random: RandomArm
    lists: dict[str, frozenset[str]] = {}
    profiles: tuple[Profile, ...] = ()


@dataclass(frozen=True)
class ProfileSet:
    """Profiles compiled together, with an index by chapter, and the random arm."""

    profiles: tuple[Profile, ...]
    lists: Lists
    random: RandomArm

    @cached_property
    def conditions(self) -> dict[str, Condition]:
        """The compiled condition of each profile by its id."""
        return {profile.id: compiled(profile.condition, self.lists) for profile in self.profiles}

    @cached_property
    def by_chapter(self) -> dict[str, tuple[Profile, ...]]:
        """The profiles that can hit in a chapter; under the empty text those that can hit in any."""
        index: dict[str, list[Profile]] = defaultdict(list)
        for profile in self.profiles:
            for chapter in chapters(profile.condition) or ("",):
                index[chapter].append(profile)
        return {chapter: tuple(profiles) for chapter, profiles in index.items()}

    def candidates(self, chapter: str | None) -> tuple[Profile, ...]:
        """The profiles worth trying on goods of a chapter."""
        everywhere = self.by_chapter.get("", ())
        return everywhere + self.by_chapter.get(chapter, ()) if chapter else everywhere


def read_profiles(text: str) -> ProfileSet:
    """The profiles of a TOML text, compiled; refuses with `UnreadableProfilesError`, which lists every fault."""
    try:
        file = msgspec.convert(tomllib.loads(text), _File)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
        raise UnreadableProfilesError(str(error)) from error
    faults = [fault for profile in file.profiles for fault in _faults(profile, file.lists)]
    ids = [profile.id for profile in file.profiles]
    faults += [f"{each}: the id stands twice" for each in sorted({each for each in ids if ids.count(each) > 1})]
    if faults:
        raise UnreadableProfilesError("\n".join(faults))
    return ProfileSet(profiles=file.profiles, lists=file.lists, random=file.random)


def _faults(profile: Profile, lists: Lists) -> list[str]:
    faults = []
    if profile.author == profile.approver:
        faults.append(f"{profile.id}: author and approver are one person; a second pair of eyes must approve")
    if profile.valid_to <= profile.valid_from:
        faults.append(f"{profile.id}: ends on {profile.valid_to}, not after it starts on {profile.valid_from}")
    try:
        compiled(profile.condition, lists)
        chapters(profile.condition)
    except RuleError as error:
        faults.append(f"{profile.id}: {error}")
    return faults
