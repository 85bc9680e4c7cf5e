"""Saying and refusal: what is told to a person, as a wording with what fills it apart, so that it can be told in another language."""

from collections.abc import Callable, Mapping
from enum import Enum

import msgspec


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """A wording in English and what fills it: texts that stand as they are, words and sayings that are told too, or a row of these.

    A wording that nothing fills is a word or a sentence of its own, and may hold braces.
    """

    wording: str
    params: Mapping[str, "str | Saying | tuple[str | Saying, ...]"] = {}
    between: str = ", "

    def __str__(self) -> str:
        """The saying in English."""
        return self.told()

    def told(self, translated: Callable[[str], str] = str) -> str:
        """The saying in the language of the words that are given."""
        wording = translated(self.wording)
        return wording.format_map({name: self._filled(part, translated) for name, part in self.params.items()}) if self.params else wording

    def _filled(self, part: "str | Saying | tuple[str | Saying, ...]", translated: Callable[[str], str]) -> str:
        if isinstance(part, tuple):
            return self.between.join(self._filled(each, translated) for each in part)
        return part.told(translated) if isinstance(part, Saying) else part


class Refusal(Exception):  # noqa: N818 - the word of the style guide; the kinds of it end in Error
    """An act is not done, or a text not read; the message says why, in English, and `told` says it in another language."""

    def __init__(self, wording: str, /, *, between: str = ", ", **params: object) -> None:
        """Refuse with a wording, and what fills it as it fills a saying."""
        self.saying = saying(wording, between=between, **params)
        super().__init__(str(self.saying))

    def told(self, translated: Callable[[str], str]) -> str:
        """The message in the language of the words that are given."""
        return self.saying.told(translated)


def saying(wording: str, /, *, between: str = ", ", **params: object) -> Saying:
    """The saying of a wording that is filled with these; what stands in a row has `between` in between.

    A member of an enumeration is a word, and is told; a text, a number or a day stands as it is.
    """
    return Saying(wording=wording, params={name: _part(each) for name, each in params.items()}, between=between)


def _part(value: object) -> "str | Saying | tuple[str | Saying, ...]":
    if isinstance(value, tuple | list):
        return tuple(_word(each) for each in value)
    return _word(value)


def _word(value: object) -> str | Saying:
    if isinstance(value, Saying):
        return value
    if isinstance(value, Refusal):
        return value.saying
    return Saying(wording=str(value.value)) if isinstance(value, Enum) else str(value)
