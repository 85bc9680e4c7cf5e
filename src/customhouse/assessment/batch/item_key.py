"""Item keys: which items of a table fall under the same law, told by numbers of their texts that hold from table to table."""

from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from customhouse.assessment.batch.columns import Whole
from customhouse.assessment.batch.item_row import DAY, TEXTS, ItemKey
from customhouse.assessment.batch.origin_class import OriginClasses
from customhouse.assessment.law import Law

_EPOCH = date(1970, 1, 1)
_ORIGIN, _PREFERENCE = TEXTS.index("origin"), TEXTS.index("preference")


class _Numbered:
    """The different values of one column over all tables, each with its number."""

    def __init__(self) -> None:
        """Begin with none."""
        self.values: list[object] = []
        self._numbers: dict[object, int] = {}

    def number(self, value: object) -> int:
        if value not in self._numbers:
            self._numbers[value] = len(self.values)
            self.values.append(value)
        return self._numbers[value]

    def of(self, column: pa.ChunkedArray, missing: object) -> Whole:
        """The number of the value in each row."""
        plain = column.cast(column.type.value_type) if pa.types.is_dictionary(column.type) else column
        encoded = _flat(pc.fill_null(plain, missing)).dictionary_encode()
        numbers = np.array([self.number(each) for each in encoded.dictionary.to_pylist()], dtype=np.int64)
        return numbers[encoded.indices.to_numpy()] if len(numbers) else np.zeros(0, dtype=np.int64)


class ItemKeys:
    """Finds the different keys of tables with the same columns; where all fall on one day, origins treated alike are one."""

    def __init__(self, law: Law, schema: pa.Schema, *, on: date) -> None:
        """Take the law, the columns of the tables, and the legal day of items that name none."""
        self._on = on
        self._names = [name for name in (*TEXTS, DAY) if name in schema.names]
        self._columns = {name: _Numbered() for name in (*TEXTS, DAY)}
        self._classes = None if DAY in schema.names else OriginClasses(law, on=on)

    def of(self, table: pa.Table) -> tuple[list[tuple[int, ...]], Whole]:
        """The different keys of the table, each the numbers of its texts and its day, and of each item which."""
        none = np.zeros(len(table), dtype=np.int64)
        numbers = {name: none + self._columns[name].number("") for name in TEXTS}
        numbers[DAY] = none + self._columns[DAY].number((self._on - _EPOCH).days)
        for name in self._names:
            column = table[name].cast(pa.int32()) if name == DAY else table[name]
            numbers[name] = self._columns[name].of(column, (self._on - _EPOCH).days if name == DAY else "")
        if self._classes:
            numbers["origin"] = self._by_class(self._classes, numbers["origin"], numbers["preference"])
        first, of_item = _distinct([numbers[name] for name in numbers if name in self._names])
        return list(zip(*(each[first].tolist() for each in numbers.values()), strict=True)), of_item

    def item_key(self, key: tuple[int, ...]) -> ItemKey:
        """The texts and the day that the numbers stand for."""
        values = [column.values[number] for column, number in zip(self._columns.values(), key, strict=True)]
        return ItemKey(tuple(str(each) for each in values[:-1]), _EPOCH + timedelta(days=int(str(values[-1]))))

    def _by_class(self, classes: OriginClasses, origins: Whole, preferences: Whole) -> Whole:
        """The numbers of the origins that stand for these."""
        of_origin, of_preference = self._columns["origin"], self._columns["preference"]
        stands_for = np.array(
            [
                [of_origin.number(classes.representative(str(origin), str(preference))) for preference in of_preference.values]
                for origin in list(of_origin.values)
            ]
        )
        found: Whole = stands_for[origins, preferences]
        return found


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
