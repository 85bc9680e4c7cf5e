"""Drawing: where the marks of a chart of areas and of a map of projects lie; templates put them on the page as SVG."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from customhouse.development import diagnostic
from customhouse_server.development.dossier import Dossier
from customhouse_server.people.words import in_language

_LEFT, _UNIT, _ROW, _TILE, _ACROSS = 8, 90, 46, 96, 4


@dataclass(frozen=True, slots=True)
class AreaBar:
    """One area: its bar from 0 to the maturity found, its mark at the maturity wanted; no bar where nothing is known."""

    title: str
    score: diagnostic.Score
    top: int
    width: int | None
    wanted: int | None


@dataclass(frozen=True, slots=True)
class Tile:
    """One country of a region, with how many projects it has."""

    country: str
    count: int
    left: int
    top: int


@dataclass(frozen=True, slots=True)
class Region:
    """The projects of a region, a tile a country."""

    name: str
    count: int
    tiles: tuple[Tile, ...]
    height: int


def area_bars(framework: diagnostic.Framework, scores: Sequence[diagnostic.Score]) -> list[AreaBar]:
    """The bars of a diagnostic, an area a row."""
    return [
        AreaBar(in_language(area.title), score, place * _ROW, _across(score.maturity), _across(score.wanted))
        for place, (area, score) in enumerate(zip(framework.areas, scores, strict=True))
    ]


def regions(projects: Sequence[Dossier]) -> list[Region]:
    """The projects as tiles by region and country; where a country lies on the globe plays no part."""
    found = []
    for name in sorted({each.value.region for each in projects}):
        countries = [each.value.country for each in projects if each.value.region == name]
        tiles = [_tile(country, countries.count(country), place) for place, country in enumerate(sorted(set(countries)))]
        found.append(Region(name, len(countries), tuple(tiles), ((len(tiles) - 1) // _ACROSS + 1) * _TILE // 2))
    return found


def _tile(country: str, count: int, place: int) -> Tile:
    return Tile(country, count, place % _ACROSS * _TILE, place // _ACROSS * _TILE // 2)


def _across(level: Decimal | None) -> int | None:
    return None if level is None else _LEFT + int(level * _UNIT)
