"""History: a made-up year of imports under a law, skewed as trade is: few goods, origins and importers make up most of it.

It is for trying things out and stands for no country; the same seed gives the same history.
"""

from collections.abc import Iterator
from datetime import date

import numpy as np
import pyarrow as pa
from numpy.random import Generator, default_rng
from numpy.typing import NDArray

from customhouse.assessment import Law, batch

_OF_DECLARATION, _OF_IMPORTER = 3, 400
_AT_ONCE = 80_000 * _OF_DECLARATION
_OTHER_PROCEDURE, _MISSING = 0.06, 0.02
_HOME_USE = "4000"
_EPOCH, _DAYS = date(1970, 1, 1), 365
_LETTERS_OF_COUNTRY, _LETTERS_OF_UNIT = 2, 3

Places = NDArray[np.int64]


class History:
    """A year of imports: who trades, what and from where is drawn once, by a seed."""

    def __init__(self, law: Law, *, first_day: date, seed: int) -> None:
        """Take the law whose goods, origins, preferences and procedures occur."""
        self._law, self._first_day, self._seed = law, first_day, seed
        draw = default_rng(seed)
        goods = [each.code for each in law.tariff.nomenclature if each.is_declarable and each.validity.includes(first_day)]
        self._goods = [str(each) for each in draw.permutation(goods)]
        areas = {member.member for member in law.tariff.areas} | {measure.area for measure in law.tariff.measures}
        self._origins = [
            str(each) for each in draw.permutation(sorted(each for each in areas if len(each) == _LETTERS_OF_COUNTRY and each.isalpha()))
        ]
        self._shift = draw.integers(0, len(self._origins), len(self._goods))
        self._procedures = [_HOME_USE, *sorted({f"{each:<04}" for effect in law.regime.procedures for each in effect.codes} - {_HOME_USE})]
        self._claims, self._claim_of = self._preferences()
        self._codes, self._code_of = self._additional_codes()
        needs = {need for each in law.tariff.measures for need in each.rate.needs}
        self._units = sorted(need for need in needs if need.isupper() and len(need) == _LETTERS_OF_UNIT)
        self._price = draw.integers(2, 200, (len(self._goods), len(self._units)))

    def tables(self, items: int) -> Iterator[pa.Table]:
        """So many items in order of their days, whole declarations a table."""
        for number, start in enumerate(range(0, items, _AT_ONCE)):
            yield self._table(np.arange(start, min(start + _AT_ONCE, items)), items, default_rng([self._seed, number]))

    def _table(self, item: Places, items: int, draw: Generator) -> pa.Table:
        size = len(item)
        declaration = item // _OF_DECLARATION
        importer = np.repeat(_skewed(draw, items // _OF_IMPORTER + 1, -(-size // _OF_DECLARATION)), _OF_DECLARATION)[:size]
        goods = (_skewed(draw, len(self._goods), size) + importer * 7) % len(self._goods)
        origin = (_skewed(draw, len(self._origins), size) + self._shift[goods]) % len(self._origins)
        other = np.where(draw.random(size) < _OTHER_PROCEDURE, draw.integers(0, len(self._procedures), size), 0)
        claim = np.where(draw.random(size) < _MISSING, 0, self._claim_of[goods, origin])
        code = np.where(draw.random(size) < _MISSING, 0, self._code_of[goods])
        value = draw.lognormal(7.5, 1.4, size).astype(np.int64) * 100 + draw.integers(0, 100, size)
        day = declaration * _OF_DECLARATION * _DAYS // items + (self._first_day - _EPOCH).days
        columns = {
            "declaration": pa.array(declaration + 1).cast(pa.string()),
            "on": pa.array(day.astype(np.int32)).cast(pa.date32()),
            "importer": _taken([f"IMP{each:06}" for each in range(items // _OF_IMPORTER + 1)], importer),
            "commodity": _taken(self._goods, goods),
            "origin": _taken(self._origins, origin),
            "preference": _taken([preference for preference, _ in self._claims], claim),
            "documents": _taken([document for _, document in self._claims], claim),
            "procedure": _taken(self._procedures, other),
            "additional_codes": _taken(self._codes, code),
            "value": batch.decimals(value, places=2),
        }
        for place, unit in enumerate(self._units):
            quantity = value * 10 // self._price[goods, place] * draw.integers(80, 121, size) // 100 + 1
            columns[unit] = batch.decimals(quantity, places=3)
        return pa.table(columns)

    def _preferences(self) -> tuple[list[tuple[str, str]], Places]:
        """The claims that occur, each with its proof, the first being none; and which of them goods of an origin make."""
        claims = [("", "")]
        of = np.zeros((len(self._goods), len(self._origins)), dtype=np.int64)
        for row, commodity in enumerate(self._goods):
            for column, origin in enumerate(self._origins):
                for each in self._law.tariff.measures_on(commodity, origin, on=self._first_day):
                    if self._law.is_preferential(each) and not each.quota:
                        claim = (each.preferences[0], next(iter(self._law.preferences[each.preferences[0]].documents), ""))
                        claims += [] if claim in claims else [claim]
                        of[row, column] = claims.index(claim)
        return claims, of

    def _additional_codes(self) -> tuple[list[str], Places]:
        """The additional codes that occur, the first being none; and which of them goods declare."""
        codes = [""]
        of = np.zeros(len(self._goods), dtype=np.int64)
        for row, commodity in enumerate(self._goods):
            covering = (each for each in self._law.tariff.measures if each.additional_code and commodity.startswith(each.commodity))
            code = next((each.additional_code for each in covering), "")
            codes += [] if code in codes else [code]
            of[row] = codes.index(code)
        return codes, of


def _skewed(draw: Generator, count: int, size: int) -> Places:
    """Places among so many, the nearer ones more often: the chance of each falls with its rank (Zipf)."""
    chances = np.cumsum(1 / np.arange(1, count + 1))
    found: Places = np.searchsorted(chances, draw.random(size) * chances[-1])
    return found


def _taken(texts: list[str], places: Places) -> pa.Array:
    return pa.array(texts, pa.string()).take(pa.array(places))
