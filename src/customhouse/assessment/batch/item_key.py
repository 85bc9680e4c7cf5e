"""Item keys: which items of a table fall under the same law, told by numbers of their texts that hold from table to table."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from customhouse.assessment.batch.columns import Whole
from customhouse.assessment.batch.day_class import DayClasses
from customhouse.assessment.batch.item_row import DAY, TEXTS, ItemKey
from customhouse.assessment.batch.origin_class import OriginClasses
from customhouse.assessment.law import Law

_EPOCH = date(1970, 1, 1)


class _Numbered:
    """The different values of one column over all tables, each with its number; of several alike, that of the one that stands for them."""

    def __init__(self, stands_for: Callable[[object], object] = lambda value: value) -> None:
        """Begin with none."""
        self.values: list[object] = []
        self._numbers: dict[object, int] = {}
        self._stands_for = stands_for

    def number(self, value: object) -> int:
        if value not in self._numbers:
            self._numbers[value] = len(self.values)
            self.values.append(value)
        return self._numbers[value]

    def of(self, column: pa.ChunkedArray, missing: object) -> Whole:
        """The number of the value in each row."""
        plain = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        encoded = _flat(pc.fill_null(plain, missing)).dictionary_encode()
        numbers = np.array([self.number(self._stands_for(each)) for each in encoded.dictionary.to_pylist()], dtype=np.int64)
        return numbers[encoded.indices.to_numpy()] if len(numbers) else np.zeros(0, dtype=np.int64)


class ItemKeys:
    """Finds the different keys of tables with the same columns; days on which the law is the same are one, and origins treated alike."""

    def __init__(self, law: Law, schema: pa.Schema, *, on: date) -> None:
        """Take the law, the columns of the tables, and the legal day of items that name none."""
        self._on = on
        self._names = [name for name in (*TEXTS, DAY) if name in schema.names]
        self._days, self._origins = DayClasses(law), OriginClasses(law)
        self._columns = {**{name: _Numbered() for name in TEXTS}, DAY: _Numbered(self._day_that_stands_for)}

    def of(self, table: pa.Table) -> tuple[list[tuple[int, ...]], Whole]:
        """The different keys of the table, each the numbers of its texts and its day, and of each item which."""
        none = np.zeros(len(table), dtype=np.int64)
        numbers = {name: none + self._columns[name].number("") for name in TEXTS}
        numbers[DAY] = none + self._columns[DAY].number((self._on - _EPOCH).days)
        for name in self._names:
            column = table[name].cast(pa.int32()) if name == DAY else table[name]
            numbers[name] = self._columns[name].of(column, (self._on - _EPOCH).days if name == DAY else "")
        numbers["origin"] = self._by_class(numbers["origin"], numbers["preference"], numbers[DAY])
        first, of_item = _distinct([numbers[name] for name in numbers if name in self._names])
        return list(zip(*(each[first].tolist() for each in numbers.values()), strict=True)), of_item

    def item_key(self, key: tuple[int, ...]) -> ItemKey:
        """The texts and the day that the numbers stand for."""
        values = [column.values[number] for column, number in zip(self._columns.values(), key, strict=True)]
        return ItemKey(tuple(str(each) for each in values[:-1]), _day(values[-1]))

    def _day_that_stands_for(self, day: object) -> int:
        return (self._days.representative(_day(day)) - _EPOCH).days

    def _by_class(self, origins: Whole, preferences: Whole, days: Whole) -> Whole:
        """The numbers of the origins that stand for these."""
        of_origin, of_preference, of_day = self._columns["origin"], self._columns["preference"], self._columns[DAY]
        found = origins.copy()
        for number in np.unique(days):
            day, here = _day(of_day.values[number]), days == number
            stands_for = np.array(
                [
                    [of_origin.number(self._origins.representative(str(origin), str(claim), on=day)) for claim in of_preference.values]
                    for origin in list(of_origin.values)
                ]
            )
            found[here] = stands_for[origins[here], preferences[here]]
        return found


def _day(number: object) -> date:
    return _EPOCH + timedelta(days=int(str(number)))


def _flat(column: pa.ChunkedArray | pa.Array) -> pa.Array:
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    return pa.concat_arrays(array.chunks) if isinstance(array, pa.ChunkedArray) else array


def _distinct(columns: list[Whole]) -> tuple[Whole, Whole]:
    """Where each different row of the columns first stands, and of each row which it is."""
    of_item = np.zeros(len(columns[0]), dtype=np.int64)
    for column in columns:
        encoded = pa.array(of_item * (int(column.max(initial=0)) + 1) + column).dictionary_encode()
        of_item = encoded.indices.to_numpy().astype(np.int64)
    first = np.zeros(int(of_item.max(initial=-1)) + 1, dtype=np.int64)
    first[of_item[::-1]] = np.arange(len(of_item) - 1, -1, -1)
    return first, of_item
