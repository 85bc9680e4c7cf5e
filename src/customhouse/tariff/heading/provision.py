"""Provision: one heading beside the goods, read from its words: what it adds, for how long, and to which headings it gives way."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from customhouse.kernel import Validity
from customhouse.tariff.hts import ScheduleLine, read_rate
from customhouse.tariff.rate import Rate

_CHAPTERS = ("98", "99")
_DIGITS = 8  # of a heading that is claimed; what follows is for statistics
_NUMBER = r"9[89]\d{2}\.\d{2}(?:\.\d{2})?"
_LIST = re.compile(rf"\bexcept\b.{{0,120}}?(?P<list>{_NUMBER}(?:(?:[\s,\-\u2013]|and|or|through|(?:sub)?headings?){{1,8}}{_NUMBER})*)")
_RANGE = re.compile(rf"({_NUMBER})(?:\s*(?:[-\u2013]|through)\s*({_NUMBER}))?")
_DAY = r"(?P<{0}>[A-Z][a-z]+ \d{{1,2}}, \d{{4}})"
_SINCE = re.compile(r"on or after " + _DAY.format("day"))
_THROUGH = re.compile(r"through " + _DAY.format("day"))
_BEFORE = re.compile(r"(?:and|,) before " + _DAY.format("day"))
_OVER = re.compile(r"provision suspended|have expired|has expired", re.IGNORECASE)
_APPLICABLE = re.compile(r"the duty provided (?:for )?in\s?the applicable subheading", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Provision:
    """A heading in digits; what it adds to the duty of the goods, or puts in its place, or why that cannot be told."""

    heading: str
    line: ScheduleLine
    rate: Rate
    adds: bool
    validity: Validity
    gives_way_to: tuple[str, ...] = ()
    refusal: str = ""

    @property
    def is_exception(self) -> bool:
        """Whether it leaves the duty of the goods as it is, so that claiming it does no more than keep another heading away."""
        return self.adds and self.rate.is_zero


def read_provisions(lines: Iterable[ScheduleLine]) -> dict[str, Provision]:
    """The headings of chapters 98 and 99 that print a rate in any column, by their digits."""
    printed = [line for line in lines if line.number.startswith(_CHAPTERS) and (line.general.strip() or line.special.strip())]
    known = sorted(_digits(line) for line in printed)
    return {each.heading: each for each in (_provision(line, known) for line in printed)}


def _digits(line: ScheduleLine) -> str:
    return line.number.replace(".", "")[:_DIGITS]


def numbers_in(text: str, known: Sequence[str] = ()) -> tuple[str, ...]:
    """The headings that a text names, in digits; of a range all that are known."""
    return tuple(dict.fromkeys(each for found in _RANGE.finditer(text) for each in _expanded(found[1], found[2], known)))


def _expanded(first: str, last: str | None, known: Sequence[str]) -> Iterator[str]:
    low, high = first.replace(".", ""), (last or first).replace(".", "")
    yield from [each for each in known if low <= each <= high] if last else [low]


def _provision(line: ScheduleLine, known: Sequence[str]) -> Provision:
    rate = read_rate(line.general)
    adds = bool(_APPLICABLE.fullmatch(rate.refers_to.strip()))
    if adds:
        rate = replace(rate, unreadable="", refers_to="")
    refusal = ""
    if _OVER.search(line.description):
        refusal = "the schedule says that it is suspended or has expired"
    elif rate.unreadable:
        refusal = f"{rate.unreadable}: {rate.refers_to or rate.text}"
    words = line.description.replace("Except", "except")
    exceptions = [each for found in _LIST.finditer(words) for each in numbers_in(found["list"], known)]
    return Provision(
        heading=_digits(line),
        line=line,
        rate=rate,
        adds=adds,
        validity=_validity(line.description),
        gives_way_to=tuple(dict.fromkeys(exceptions)),
        refusal=refusal,
    )


def _validity(words: str) -> Validity:
    since, through, before = (pattern.search(words) for pattern in (_SINCE, _THROUGH, _BEFORE))
    start = _day(since) if since and "loaded onto" not in words[: since.start()] else None
    end = _day(before) if before and start else None
    if through and start and _day(through) >= start:
        end = _day(through) + timedelta(days=1)
    return Validity(start, end)


def _day(found: "re.Match[str]") -> date:
    return datetime.strptime(found["day"], "%B %d, %Y").date()  # noqa: DTZ007 - a day of the calendar
