"""Saying: what is told of a scan, as a wording with what fills it apart, so that it can be told in another language."""

from collections.abc import Callable, Mapping, Sequence

import msgspec


class Saying(msgspec.Struct, frozen=True, kw_only=True):
    """A wording in English and what fills it: texts, which may have a translation too, further sayings, or a row of them."""

    wording: str
    params: Mapping[str, "str | Saying | tuple[Saying, ...]"] = {}
    between: str = " "

    def __str__(self) -> str:
        """The saying in English."""
        return self.told()

    def told(self, translated: Callable[[str], str] = str) -> str:
        """The saying in the language of the words that are given."""
        filled = {name: self._filled(part, translated) for name, part in self.params.items()}
        return translated(self.wording).format_map(filled)

    def _filled(self, part: "str | Saying | tuple[Saying, ...]", translated: Callable[[str], str]) -> str:
        if isinstance(part, tuple):
            return self.between.join(each.told(translated) for each in part)
        return part.told(translated) if isinstance(part, Saying) else translated(part)


def saying(wording: str, *, between: str = " ", **params: object) -> Saying:
    """The saying of a wording that is filled with these; rows of sayings stand `between` each other."""
    return Saying(wording=wording, params={name: _part(each) for name, each in params.items()}, between=between)


def counted(count: int) -> Saying:
    """How many items."""
    return saying("{count} item" if count == 1 else "{count} items", count=count)


def listed(numbers: Sequence[str]) -> str:
    """Numbers of items one after the other, the same in every language."""
    return ", ".join(numbers)


def _part(value: object) -> "str | Saying | tuple[Saying, ...]":
    if isinstance(value, Saying):
        return value
    if isinstance(value, tuple) and all(isinstance(each, Saying) for each in value):
        return value
    return str(value)
