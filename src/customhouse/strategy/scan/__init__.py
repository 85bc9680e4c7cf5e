"""What moves around customs and what it means for the plan: the environmental scan, in editions that are compared in words."""

from customhouse.strategy.scan.difference import difference
from customhouse.strategy.scan.edition import Edition, UnreadableScanError, read_edition, unlinked
from customhouse.strategy.scan.item import Category, Evidence, Horizon, Item, Quality, Trend
from customhouse.strategy.scan.summary import summary

__all__ = [
    "Category",
    "Edition",
    "Evidence",
    "Horizon",
    "Item",
    "Quality",
    "Trend",
    "UnreadableScanError",
    "difference",
    "read_edition",
    "summary",
    "unlinked",
]
