"""Sentence: words with what fills them apart, so that a reason can be told in another language."""

from collections.abc import Mapping

import msgspec


class Sentence(msgspec.Struct, frozen=True, kw_only=True):
    """A wording in English, and the texts that fill it."""

    wording: str
    params: Mapping[str, str] = {}

    def __str__(self) -> str:
        """The sentence in English."""
        return self.wording.format_map(self.params)


def sentence(wording: str, **params: object) -> Sentence:
    """The sentence of a wording filled with these."""
    return Sentence(wording=wording, params={name: str(value) for name, value in params.items()})
