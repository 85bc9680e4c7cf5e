"""Heading rule: what the export of a schedule does not say of a heading: under which authority, and on goods of which origin.

The notes of the chapter name the countries and the lists of goods; the export holds the headings alone. So a country package states it
in `headings.csv`: `heading,kind,area,excludes,goods,valid_from,valid_to`. A heading is given by its first digits, and the longest that
fit decide; `*` as goods means all goods, without a link from their lines; the days hold where the words of the heading name none.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from customhouse.kernel import ALWAYS, Validity
from customhouse.tariff.dated_table import Row, read_table


@dataclass(frozen=True, slots=True)
class HeadingRule:
    """The tax of the headings that begin with these digits, and the origins that they hold for."""

    heading: str
    kind: str
    area: str = ""
    excludes: tuple[str, ...] = ()
    is_on_all_goods: bool = False
    validity: Validity = ALWAYS


def read_heading_rules(text: str) -> tuple[HeadingRule, ...]:
    """The rules of a CSV; refuses with `UnreadableTableError` one without the columns."""
    return tuple(_rule(row) for row in read_table(text, ("heading", "kind")))


def _rule(row: Row) -> HeadingRule:
    excludes, digits = tuple(row["excludes"].split()), row["heading"].replace(".", "")
    return HeadingRule(digits, row["kind"], row["area"], excludes, is_on_all_goods=row["goods"] == "*", validity=row.validity)


def rule_for(heading: str, rules: Sequence[HeadingRule]) -> HeadingRule | None:
    """The rule with the longest beginning of the heading, which is given in digits."""
    fitting = [each for each in rules if heading.startswith(each.heading)]
    return max(fitting, key=lambda each: len(each.heading), default=None)
