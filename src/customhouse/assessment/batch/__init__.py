"""Assessing whole tables of items: Arrow in, Arrow out, equal to the penny to assessing them one by one."""

from customhouse.assessment.batch.columns import InexactColumnError, decimals
from customhouse.assessment.batch.partition import PLAIN_SCHEMA, partition_assessor
from customhouse.assessment.batch.table import SCHEMA, MissingColumnError, TableAssessor, assess_table

__all__ = [
    "PLAIN_SCHEMA",
    "SCHEMA",
    "InexactColumnError",
    "MissingColumnError",
    "TableAssessor",
    "assess_table",
    "decimals",
    "partition_assessor",
]
