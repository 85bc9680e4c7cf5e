"""HS range: chapters, headings or subheadings of the Harmonized System, as rules of origin write them: `72`, `72.06-72.08`, `7206.10`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from customhouse.assessment.origin.refusal import UnreadableOriginError

_CODE = re.compile(r"\d{2}|\d{2}\.\d{2}|\d{4}|\d{4}\.\d{2}|\d{6}")
_HEADING = 4


class UnreadableCodeError(UnreadableOriginError):
    """A text is no chapter, heading or subheading, nor a range of them."""


@dataclass(frozen=True, slots=True)
class HsRange:
    """From one code to another of the same level, both included; digits alone."""

    first: str
    last: str

    def __post_init__(self) -> None:
        """Refuse codes of different levels, or in the wrong order."""
        if len(self.first) != len(self.last) or self.first > self.last:
            raise UnreadableCodeError("{first}-{last} is no range of codes of one level in their order", first=self.first, last=self.last)

    def covers(self, hs_code: str) -> bool | None:
        """Whether the code lies in the range; nothing where it has too few digits to tell."""
        level = len(self.first)
        if len(hs_code) >= level:
            return self.first <= hs_code[:level] <= self.last
        known = len(hs_code)
        return None if self.first[:known] <= hs_code <= self.last[:known] else False

    def __str__(self) -> str:
        """As rules write it."""
        first, last = written(self.first), written(self.last)
        return first if first == last else f"{first}-{last}"


def read_range(text: str) -> HsRange:
    """The range that a text names; refuses with `UnreadableCodeError`."""
    first, dash, last = text.strip().partition("-")
    return HsRange(_digits(first), _digits(last if dash else first))


def covered(ranges: Iterable[HsRange], hs_code: str) -> bool | None:
    """Whether one of the ranges covers the code; nothing where that cannot be told."""
    answers = {each.covers(hs_code) for each in ranges}
    return True if True in answers else None if None in answers else False


def written(digits: str) -> str:
    """A code as rules write it: 72, 72.06, 7206.10."""
    if len(digits) > _HEADING:
        return f"{digits[:_HEADING]}.{digits[_HEADING:]}"
    return f"{digits[:2]}.{digits[2:]}" if len(digits) == _HEADING else digits


def digits_of(code: str) -> str:
    """A code without the dots and spaces that it is written with."""
    return code.replace(".", "").replace(" ", "")


def _digits(text: str) -> str:
    if not _CODE.fullmatch(text.strip()):
        raise UnreadableCodeError("{text!r} is no chapter (72), heading (72.06) or subheading (7206.10)", text=text.strip())
    return text.strip().replace(".", "")
