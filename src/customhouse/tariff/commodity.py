"""Commodity: one line of the nomenclature, in its place under its parents (HS Convention, Article 3)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from customhouse.kernel import ALWAYS, Validity
from customhouse.tariff.dated_table import Row, read_table
from customhouse.tariff.measure import goods_key


@dataclass(frozen=True, slots=True, kw_only=True)
class Commodity:
    """A chapter, heading, subheading or national line; only a declarable one may stand on a declaration."""

    code: str
    description: str
    parent: str = ""
    is_declarable: bool = True
    validity: Validity = ALWAYS
    supplementary_unit: str = ""


class Nomenclature:
    """The commodities of a country package, found by code on a day, and the goods above each."""

    def __init__(self, commodities: Iterable[Commodity] = ()) -> None:
        """Keep the commodities by code, the dated versions of one code side by side."""
        self._by_code: dict[str, list[Commodity]] = {}
        self._by_key: dict[str, list[Commodity]] = {}
        for each in sorted(commodities, key=lambda commodity: commodity.code):
            self._by_code.setdefault(each.code, []).append(each)
            self._by_key.setdefault(goods_key(each.code), []).append(each)
        self.keys_above = lru_cache(maxsize=65_536)(self._keys_above)
        self.find = lru_cache(maxsize=65_536)(self._find)

    def __iter__(self) -> Iterator[Commodity]:
        """Every version of every commodity."""
        return (each for versions in self._by_code.values() for each in versions)

    def __reduce__(self) -> tuple[type["Nomenclature"], tuple[tuple[Commodity, ...]]]:
        """What another process needs to make the same nomenclature."""
        return Nomenclature, (tuple(self),)

    def __len__(self) -> int:
        """How many codes there are."""
        return len(self._by_code)

    def joined_by(self, commodities: Iterable[Commodity]) -> "Nomenclature":
        """This nomenclature with further commodities, which come before its own versions of the same code."""
        return Nomenclature((*commodities, *self))

    def _find(self, code: str, *, on: date) -> Commodity | None:
        """The commodity of that code on the day; zeros at its end may be left out or added, a declarable line is preferred."""
        exact = next((each for each in self._by_code.get(code, ()) if each.validity.includes(on)), None)
        if exact:
            return exact
        alike = [each for each in self._by_key.get(goods_key(code), ()) if each.validity.includes(on)]
        return max(alike, key=lambda each: (each.is_declarable, len(each.code)), default=None)

    def _keys_above(self, code: str) -> tuple[str, ...]:
        """The goods keys that cover the code, the most specific first and all goods (the empty key) last."""
        keys: dict[str, None] = {}
        for each in self._line_of_descent(code):
            key = goods_key(each)
            keys.update(dict.fromkeys(key[:length] for length in range(len(key), 0, -1)))
        return (*sorted(keys, key=len, reverse=True), "")

    def _line_of_descent(self, code: str) -> list[str]:
        line = [code]
        while line[-1] in self._by_code:
            parent = self._by_code[line[-1]][-1].parent
            if not parent or parent in line:
                break
            line.append(parent)
        return line


def read_commodities(text: str, *, edition: int = 1) -> Nomenclature:
    """The nomenclature, as known in an edition, of a CSV `code,parent,description,valid_from,valid_to,declarable[,unit]`."""
    return Nomenclature(_commodity(row) for row in read_table(text, ("code", "description")) if row.stands_in(edition))


def _commodity(row: Row) -> Commodity:
    return Commodity(
        code=row["code"],
        description=row["description"],
        parent=row["parent"],
        is_declarable=row["declarable"].lower() in {"", "1", "true", "yes"},
        validity=row.validity,
        supplementary_unit=row["unit"],
    )
