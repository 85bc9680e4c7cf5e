"""Partition: the batch function as a cluster calls it, batches of items in and batches of lines out, each line with the id of its item.

Made for `mapInArrow` of Apache Spark, and for any engine that hands a function the batches of a partition: nothing of it is imported
here. Rows have no place that holds across partitions, so each item brings a number of its own in the column `item`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import pyarrow as pa

from customhouse.assessment.batch.table import SCHEMA, MissingColumnError, TableAssessor
from customhouse.assessment.law import Law

ID = "item"
PLAIN_SCHEMA = pa.schema([(each.name, each.type.value_type if pa.types.is_dictionary(each.type) else each.type) for each in SCHEMA])
"""The columns of `SCHEMA` with codes as plain texts, for engines that take no dictionaries."""


@dataclass(frozen=True, slots=True)
class PartitionAssessor:
    """Assesses the batches of one partition after the other; what it needs travels to another process with it."""

    law: Law
    schema: pa.Schema
    on: date

    def __call__(self, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        """The tax lines of the items of each batch, in their order, in the columns of `PLAIN_SCHEMA`."""
        assessor = TableAssessor(self.law, _without_id(self.schema), on=self.on)
        for each in batches:
            items = pa.Table.from_batches([each])
            lines = assessor.assess(items.drop_columns([ID]))
            ids = items[ID].take(lines[ID])
            yield from lines.set_column(0, ID, ids).cast(PLAIN_SCHEMA).combine_chunks().to_batches()


def partition_assessor(law: Law, schema: pa.Schema, *, on: date) -> PartitionAssessor:
    """The function that assesses partitions of items with these columns; refuses with `MissingColumnError` items without an id."""
    if ID not in schema.names:
        raise MissingColumnError(f"the items of a partition lack the column {ID}: a number of each that holds in all partitions")
    TableAssessor(law, _without_id(schema), on=on)
    return PartitionAssessor(law, schema, on)


def _without_id(schema: pa.Schema) -> pa.Schema:
    return pa.schema([each for each in schema if each.name != ID])
