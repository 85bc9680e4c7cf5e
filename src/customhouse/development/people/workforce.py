"""Workforce: how many people an administration has, who retires when, and how mixed it is, without a figure that could name somebody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec


class Post(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A post: its unit, its job profile, its holder if it has one, when he retires, and the group that he states of himself."""

    unit: str
    profile: str
    holder: str = ""
    retires_on: date | None = None
    group: str = ""


class Workforce(msgspec.Struct, frozen=True, kw_only=True):
    """The figures on a day; a group of fewer people than `fewest`, or one that would give such a group away, is told as nothing."""

    posts: int
    headcount: int
    vacant: int
    by_unit: Mapping[str, int]
    retirements: Mapping[int, int]
    unstated_retirements: int
    groups: Mapping[str, int | None]
    fewest: int


def workforce(posts: Iterable[Post], *, on: date, years: int = 5, fewest: int = 5) -> Workforce:
    """The figures of the posts as held on a day; who has retired by then leaves his post vacant."""
    every = tuple(posts)
    staffed = [each for each in every if each.holder and (each.retires_on is None or on < each.retires_on)]
    retiring = Counter(each.retires_on.year for each in staffed if each.retires_on and each.retires_on.year < on.year + years)
    return Workforce(
        posts=len(every),
        headcount=len(staffed),
        vacant=len(every) - len(staffed),
        by_unit=dict(sorted(Counter(each.unit for each in staffed).items())),
        retirements={year: retiring.get(year, 0) for year in range(on.year, on.year + years)},
        unstated_retirements=sum(1 for each in staffed if each.retires_on is None),
        groups=_groups(Counter(each.group or "unstated" for each in staffed), fewest),
        fewest=fewest,
    )


def _groups(counted: Counter[str], fewest: int) -> dict[str, int | None]:
    """Small groups hidden; where one alone would be, the next smallest is too, so that nobody subtracts it from the headcount."""
    ordered = sorted(counted, key=lambda group: (counted[group], group))
    small = [group for group in ordered if counted[group] < fewest]
    if len(small) == 1 and len(ordered) > 1:
        small = ordered[:2]
    return {group: None if group in small else counted[group] for group in sorted(counted)}
