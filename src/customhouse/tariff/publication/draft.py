"""Draft: the rows that would stand if an edition were published, with what the business rules ask of them again and again."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from customhouse.codes import world_lists
from customhouse.tariff.edition import TABLES, TariffSet
from customhouse.tariff.edition.table import Line
from customhouse.tariff.measure import goods_key

EVERY_COUNTRY = "*"
NO_END = "9999-12-31"
_RATES = {"SPR"}  # the rate of a small producer, which stands beside the units
Days = tuple[str, str]  # the first day and the first day after, as they are written; they compare as days


@dataclass(frozen=True, slots=True)
class Breach:
    """One row that breaks a rule: its table, what identifies it, and what is wrong in words."""

    table: str
    row: str
    what: str


@dataclass(slots=True)
class Draft:
    """The newest edition of a set, to be published on a day."""

    tariff_set: TariffSet
    on: date
    lines: Mapping[str, tuple[Line, ...]] = field(init=False)
    goods: dict[str, list[Days]] = field(init=False)
    members: dict[str, dict[str, list[Days]]] = field(init=False)
    places: set[str] = field(init=False)
    units: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        """Read the rows once, and index the commodities and the areas."""
        newest = self.tariff_set.newest
        self.lines = {name: tuple(self.tariff_set.lines(name, edition=newest)) for name in TABLES if name in self.tariff_set.sheets}
        goods, members = defaultdict(list), defaultdict[str, defaultdict[str, list[Days]]](lambda: defaultdict(list))
        for line in self.of("commodities"):
            goods[goods_key(line.get("code", ""))].append(days(line))
        for line in self.of("areas"):
            members[line.get("area", "")][line.get("member", "")].append(days(line))
        self.goods = {key: joined(periods) for key, periods in goods.items()}
        self.members = {area: dict(held) for area, held in members.items()}
        lists = {each.name: {entry.code for entry in each.entries(on=self.on)} for each in world_lists()}
        self.units = frozenset(lists["units"]) | _RATES
        self.places = {*self.members, *(member for held in self.members.values() for member in held), *lists["countries"]} - {EVERY_COUNTRY}

    def of(self, table: str) -> tuple[Line, ...]:
        """The rows of a table."""
        return self.lines.get(table, ())

    def is_whole_world(self, area: str) -> bool:
        """Whether an area is every country."""
        return not area or EVERY_COUNTRY in self.members.get(area, {})

    def retired(self, table: str) -> Iterator[Line]:
        """The rows that the draft takes out of what is published."""
        sheet = self.tariff_set.sheets.get(table)
        draft = self.tariff_set.draft
        return (sheet.line(row) for row in sheet.rows if row.removed_in == draft.number) if sheet and draft else iter(())


def days(line: Line) -> Days:
    """The period of a row."""
    return (line.get("valid_from", ""), line.get("valid_to") or NO_END)


def joined(periods: list[Days]) -> list[Days]:
    """Periods with those that touch made one."""
    found: list[Days] = []
    for start, end in sorted(periods):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def covers(periods: list[Days], wanted: Days) -> bool:
    """Whether one of the periods holds the whole of another."""
    return any(start <= wanted[0] and wanted[1] <= end for start, end in periods)


def overlaps(one: Days, other: Days) -> bool:
    """Whether two periods share a day."""
    return one[0] < other[1] and other[0] < one[1]
