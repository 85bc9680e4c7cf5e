"""Workforce: how many people an administration has, who retires when, and how mixed it is, without a figure that could name somebody."""

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date

import msgspec

from customhouse.development.integrity import disclosure

_UNSTATED = "unstated"


class Post(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A post: its unit, its job profile, its holder if it has one, when he retires, and the group that he states of himself."""

    unit: str
    profile: str
    holder: str = ""
    retires_on: date | None = None
    group: str = ""


class Workforce(msgspec.Struct, frozen=True, kw_only=True):
    """The figures on a day, as far as they may be told.

    A unit, year or group of fewer people than `fewest` is told as nothing, and so is another that would give it away by what is left of the
    headcount; the headcount itself where it is so small. Nobody is nobody, and is told.
    """

    posts: int
    headcount: int | None
    vacant: int | None
    by_unit: Mapping[str, int | None]
    retirements: Mapping[int, int | None]
    unstated_retirements: int | None
    groups: Mapping[str, int | None]
    fewest: int


def workforce(posts: Iterable[Post], *, on: date, years: int = 5, fewest: int = 5) -> Workforce:
    """The figures of the posts as held on a day; who has retired by then leaves his post vacant."""
    every = tuple(posts)
    staffed = [each for each in every if each.holder and (each.retires_on is None or on < each.retires_on)]
    ahead = range(on.year, on.year + years)
    leaving = Counter({str(year): 0 for year in ahead})
    leaving.update(_retires(each, ahead) for each in staffed)
    retirements = _told({_UNSTATED: 0} | leaving, fewest)
    is_told = not 0 < len(staffed) < fewest
    return Workforce(
        posts=len(every),
        headcount=len(staffed) if is_told else None,
        vacant=len(every) - len(staffed) if is_told else None,
        by_unit=_told(Counter(each.unit for each in staffed), fewest),
        retirements={year: retirements[str(year)] for year in ahead},
        unstated_retirements=retirements[_UNSTATED],
        groups=_told(Counter(each.group or _UNSTATED for each in staffed), fewest),
        fewest=fewest,
    )


def _retires(post: Post, ahead: range) -> str:
    """The cell of the retirements to which a holder belongs: a year, later than all that are told, or not stated."""
    if post.retires_on is None:
        return _UNSTATED
    return str(post.retires_on.year) if post.retires_on.year in ahead else "later"


def _told(counted: Mapping[str, int], fewest: int) -> dict[str, int | None]:
    """The parts of the headcount in order, each with its people where that may be told."""
    cells = disclosure.disclosed({(name,): count for name, count in counted.items()}, k=fewest)
    return {name: counted[name] if not counted[name] or (name,) in cells else None for name in sorted(counted)}
