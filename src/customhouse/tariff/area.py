"""Area: a country, or a dated group of countries, to which a measure applies (TARIC geographical area)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from customhouse.kernel import Validity
from customhouse.tariff.dated_table import read_table

EVERY_COUNTRY = "*"


@dataclass(frozen=True, slots=True)
class Membership:
    """One country as a member of one group for a period; the member `*` stands for every country."""

    area: str
    member: str
    validity: Validity


class Areas:
    """The groups of a country package and who belonged to them when."""

    def __init__(self, memberships: Iterable[Membership] = ()) -> None:
        """Keep the memberships by group."""
        self._groups: dict[str, list[Membership]] = {}
        for each in memberships:
            self._groups.setdefault(each.area, []).append(each)
        self.nearness = lru_cache(maxsize=65_536)(self._nearness)

    def __iter__(self) -> Iterator[Membership]:
        """Every membership of every group."""
        return (each for group in self._groups.values() for each in group)

    def __reduce__(self) -> tuple[type["Areas"], tuple[tuple[Membership, ...]]]:
        """What another process needs to make the same areas."""
        return Areas, (tuple(self),)

    def joined_by(self, memberships: Iterable[Membership]) -> "Areas":
        """These areas with further members."""
        return Areas((*(each for group in self._groups.values() for each in group), *memberships))

    def contains(self, area: str, country: str | None, *, on: date) -> bool:
        """Whether the country is the area or belongs to it on the day."""
        return self.nearness(area, country, on=on) > 0

    def members(self, area: str, *, on: date) -> tuple[str, ...]:
        """The countries of a group on the day."""
        return tuple(each.member for each in self._groups.get(area, ()) if each.validity.includes(on))

    def is_every_country(self, area: str, *, on: date) -> bool:
        """Whether the area is the whole world: no area at all, or a group with the member `*`."""
        return not area or EVERY_COUNTRY in self.members(area, on=on)

    def _nearness(self, area: str, country: str | None, *, on: date) -> int:
        """How closely the area fits the country: 3 itself, 2 a group with it, 1 the whole world, 0 not at all."""
        if area and area == country:
            return 3
        if self.is_every_country(area, on=on):
            return 1
        return 2 if country in self.members(area, on=on) else 0


def read_areas(text: str, *, edition: int = 1) -> Areas:
    """The areas, as known in an edition, of a CSV `area,member,valid_from,valid_to`, the end of a validity not included."""
    rows = (row for row in read_table(text, ("area", "member")) if row.stands_in(edition))
    return Areas(Membership(row["area"], row["member"], row.validity) for row in rows)
