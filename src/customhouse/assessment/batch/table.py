"""Table: assessing a table of items into a table of tax lines, each to the penny what the single path makes of it."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

import numpy as np
import pyarrow as pa

from customhouse.assessment.batch.arithmetic import Arithmetic, Computed
from customhouse.assessment.batch.columns import Truths, Whole, decimals, whole_numbers
from customhouse.assessment.batch.item_key import ItemKeys
from customhouse.assessment.batch.item_row import DAY, TEXTS, VALUE, ItemKey
from customhouse.assessment.batch.lines import NO_LINE, PlannedLines
from customhouse.assessment.batch.plan import AMOUNT_PLACES, PLACES, plan
from customhouse.assessment.cascade import ItemCascade, levied_item
from customhouse.assessment.customs_value import CustomsValue
from customhouse.assessment.entry_fee import within_bounds
from customhouse.assessment.law import Law
from customhouse.assessment.tax_line import ItemAssessment, TaxLine

_CODE = pa.dictionary(pa.int32(), pa.string())
_AMOUNT = pa.decimal128(18, AMOUNT_PLACES)
SCHEMA = pa.schema(
    [
        ("item", pa.int64()),
        ("tax", _CODE),
        ("base", _AMOUNT),
        ("rate", _CODE),
        ("amount", _AMOUNT),
        ("payable", _AMOUNT),
        ("status", _CODE),
        ("measure", _CODE),
        ("reason", pa.string()),
    ]
)
"""One tax line a row, of the item at that place of the input, counted from 0; amounts in the currency of the country."""


class MissingColumnError(ValueError):
    """A table of items lacks a column that every item needs."""


class TableAssessor:
    """Assesses tables under one law, and remembers the plans that it has made; all tables have the same columns."""

    def __init__(self, law: Law, schema: pa.Schema, *, on: date) -> None:
        """Take the law, the columns that tables will have, and the legal day of items that name none."""
        missing = [name for name in ("commodity", VALUE) if name not in schema.names]
        if missing:
            raise MissingColumnError(f"the table of items lacks the column {', '.join(missing)}")
        self.law = law
        self.on = on
        self.quantities = tuple(name for name in schema.names if name not in {*TEXTS, VALUE, DAY} and _is_number(schema.field(name).type))
        self._lines = PlannedLines((VALUE, *self.quantities, "item"))
        self._keys = ItemKeys(law, schema, on=on)
        self._plan_of: dict[tuple[int, ...], int] = {}

    def assess(self, table: pa.Table, *, first: int = 0) -> pa.Table:
        """The tax lines of the items of a table, in their order; `first` is the place of its first item."""
        keys, of_item = self._keys.of(table)
        plans = np.array([self._plan(key) for key in keys], dtype=np.int64)
        numbers, present = self._numbers(table)
        arithmetic = Arithmetic(self._lines.columns(), numbers, present)
        plan_of_item = plans[of_item]
        arithmetic.alone |= plan_of_item == NO_LINE
        by_plan = self._lines.plans()
        lines = by_plan[plan_of_item] if len(by_plan) else np.empty((len(of_item), 0), dtype=np.int64)
        done = self._told(arithmetic.computed(lines), first)
        alone = [(int(place), self._keys.item_key(keys[of_item[place]])) for place in np.flatnonzero(arithmetic.alone)]
        if not alone:
            return done
        told = pa.concat_tables([done, self._one_by_one(alone, numbers, present, first)], promote_options="permissive").unify_dictionaries()
        return told.take(pa.array(np.argsort(told["item"].to_numpy(), kind="stable")))

    def _plan(self, key: tuple[int, ...]) -> int:
        if key not in self._plan_of:
            item = self._keys.item_key(key)
            facts = item.facts({}, default_preference=self.law.regime.default_preference)
            self._plan_of[key] = self._lines.add(plan(self.law, facts, on=item.on))
        return self._plan_of[key]

    def _numbers(self, table: pa.Table) -> tuple[Whole, Truths]:
        """The value and the quantities of each item in thousandths, one for each item last, and where there are any."""
        read = [whole_numbers(table[name], places=PLACES) for name in (VALUE, *self.quantities)]
        one = np.full(len(table), 10**PLACES, dtype=np.int64)
        there = np.ones(len(table), dtype=bool)
        return np.column_stack([*(number for number, _ in read), one]), np.column_stack([*(present for _, present in read), there])

    def _told(self, computed: list[Computed], first: int) -> pa.Table:
        items = np.concatenate([each.items for each in computed] or [np.zeros(0, dtype=np.int64)])
        order = np.argsort(items, kind="stable") if len(computed) > 1 else slice(None)

        def joined(name: str) -> Whole:
            return np.concatenate([getattr(each, name) for each in computed] or [np.zeros(0, dtype=np.int64)])[order].astype(np.int64)

        line, amount = joined("line"), joined("amount")
        columns = {
            "item": pa.array(items[order] + first),
            "tax": self._texts(line, "tax"),
            "base": decimals(joined("base"), places=AMOUNT_PLACES),
            "rate": self._texts(line, "rate"),
            "amount": decimals(amount, places=AMOUNT_PLACES),
            "payable": decimals(amount * self._lines.columns().is_payable[line], places=AMOUNT_PLACES),
            "status": self._texts(line, "status"),
            "measure": self._texts(line, "measure"),
            "reason": pa.nulls(len(line), pa.string()),
        }
        return pa.table(columns, schema=SCHEMA)

    def _texts(self, line: Whole, name: str) -> pa.DictionaryArray:
        of_line = self._lines.columns().texts[name]
        return pa.DictionaryArray.from_arrays(pa.array(of_line.numbers[line].astype(np.int32)), pa.array(of_line.texts, pa.string()))

    def _one_by_one(self, alone: list[tuple[int, ItemKey]], numbers: Whole, present: Truths, first: int) -> pa.Table:
        rows = []
        for place, key in alone:
            known = {
                name: Decimal(int(numbers[place, column])).scaleb(-PLACES)
                for column, name in enumerate((VALUE, *self.quantities))
                if present[place, column]
            }
            rows += [_row(place + first, line) for line in self._lines_of(key, known)]
        return pa.Table.from_pylist(rows, schema=SCHEMA)

    def _lines_of(self, key: ItemKey, known: dict[str, Decimal]) -> Iterable[TaxLine]:
        """The lines that the single path makes of one item, a declaration of its own as regards fees by the entry."""
        amount = known.pop(VALUE, None)
        value = CustomsValue(amount, reason="" if amount is not None else "the item has no value")
        facts = key.facts(known, default_preference=self.law.regime.default_preference)
        lines = ItemCascade(self.law, levied_item(self.law, facts, value=value, on=key.on), {}).lines("", on=key.on)[0]
        alone = ItemAssessment(sequence=1, customs_value=value.amount, lines=lines)
        return within_bounds([alone], self.law.regime, on=key.on)[0][0].lines


def assess_table(table: pa.Table, law: Law, *, on: date) -> pa.Table:
    """The tax lines of a table of items (`item_row`), in the columns of `SCHEMA`; `on` is the legal day of items that name none."""
    return TableAssessor(law, table.schema, on=on).assess(table)


def _row(item: int, line: TaxLine) -> dict[str, object]:
    return {
        "item": item,
        "tax": line.tax,
        "base": line.base,
        "rate": line.rate,
        "amount": line.amount,
        "payable": line.payable,
        "status": line.status.value,
        "measure": line.measure,
        "reason": line.reason or None,
    }


def _is_number(kind: pa.DataType) -> bool:
    return bool(pa.types.is_decimal(kind) or pa.types.is_integer(kind))
