"""Headings that stand beside the goods (HTSUS chapters 98 and 99): which lines of the schedule point to them, and what they add."""

from customhouse.tariff.heading.link import Link, linked_measures, links
from customhouse.tariff.heading.named_line import measures_of_named_lines
from customhouse.tariff.heading.provision import Provision, read_provisions
from customhouse.tariff.heading.rule import HeadingRule, read_heading_rules

__all__ = [
    "HeadingRule",
    "Link",
    "Provision",
    "linked_measures",
    "links",
    "measures_of_named_lines",
    "read_heading_rules",
    "read_provisions",
]
