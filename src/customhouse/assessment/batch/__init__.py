"""Assessing whole tables of items: Arrow in, Arrow out, equal to the penny to assessing them one by one."""

from customhouse.assessment.batch.columns import InexactColumnError, decimals
from customhouse.assessment.batch.table import SCHEMA, MissingColumnError, TableAssessor, assess_table

__all__ = [
    "SCHEMA",
    "InexactColumnError",
    "MissingColumnError",
    "TableAssessor",
    "assess_table",
    "decimals",
]
