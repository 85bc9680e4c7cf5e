"""Commodity: one line of the nomenclature, in its place under its parents (HS Convention, Article 3)."""

import csv
import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from customhouse.kernel import ALWAYS, Validity
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

    def __iter__(self) -> Iterator[Commodity]:
        """Every version of every commodity."""
        return (each for versions in self._by_code.values() for each in versions)

    def __len__(self) -> int:
        """How many codes there are."""
        return len(self._by_code)

    def find(self, code: str, *, on: date) -> Commodity | None:
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


def read_commodities(text: str) -> Nomenclature:
    """The nomenclature of a CSV with the header `code,parent,description,valid_from,valid_to,declarable[,unit]`."""
    return Nomenclature(_commodity(row) for row in csv.DictReader(io.StringIO(text)))


def _commodity(row: dict[str, str]) -> Commodity:
    first, last = (row.get(column) or "" for column in ("valid_from", "valid_to"))
    return Commodity(
        code=row["code"].strip(),
        description=row["description"].strip(),
        parent=(row.get("parent") or "").strip(),
        is_declarable=(row.get("declarable") or "").strip().lower() in {"", "1", "true", "yes"},
        validity=Validity(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None),
        supplementary_unit=(row.get("unit") or "").strip(),
    )
