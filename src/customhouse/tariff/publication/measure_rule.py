"""Measure rules: what each measure must keep towards the commodities, areas, codes and quotas that it names, and towards the others."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import lru_cache

from customhouse.tariff.condition import OTHERWISE, Condition, UnreadableConditionError, read_conditions
from customhouse.tariff.edition.table import Line
from customhouse.tariff.measure import goods_key
from customhouse.tariff.publication.draft import Breach, Draft, covers, days, overlaps
from customhouse.tariff.rate import Rate
from customhouse.tariff.taric import UnreadableSeasonError, read_seasonal_rate

_LONGEST_CODE = 10
_KEY = ("commodity", "kind", "area", "excludes", "additional_code", "preference", "quota")
_ABOVE = "the floor is above the cap"


def without_commodity(draft: Draft) -> Iterator[Breach]:
    """Measures on goods that are no line of the nomenclature."""
    return _each(draft, lambda line: _no_goods(draft, line)) if draft.goods else iter(())


def beyond_commodity(draft: Draft) -> Iterator[Breach]:
    """Measures that hold on days on which their commodity does not."""
    for line in draft.of("measures"):
        periods = draft.goods.get(goods_key(line.get("commodity", "")))
        if line.get("commodity") and periods and not covers(periods, days(line)):
            yield _breach(line, f"commodity {line['commodity']} holds from {periods[0][0] or 'the start'} until {periods[-1][1]}")


def wrong_level(draft: Draft) -> Iterator[Breach]:
    """Measures on codes of a length that no level of the nomenclature has."""
    return _each(draft, _level)


def overlapping(draft: Draft) -> Iterator[Breach]:
    """Measures that say twice, for the same days, what is owed on the same goods from the same area on the same claim."""
    seen: defaultdict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in draft.of("measures"):
        key = tuple(line.get(column, "") for column in _KEY)
        other = next((each for each in seen[key] if overlaps(days(each), days(line))), None)
        if other is not None:
            yield _breach(line, f"it overlaps measure {other.get('id')}")
        seen[key].append(line)


def unknown_area(draft: Draft) -> Iterator[Breach]:
    """Measures for, or not for, an area that is neither a country nor a group."""
    for line in draft.of("measures"):
        for area in (line.get("area", ""), *line.get("excludes", "").split()):
            if area and area not in draft.places:
                yield _breach(line, f"there is no area {area}")


def excluded_stranger(draft: Draft) -> Iterator[Breach]:
    """Measures that leave out a country which their area does not hold."""
    for line in draft.of("measures"):
        area = line.get("area", "")
        if draft.is_whole_world(area) or area not in draft.places:
            continue
        held = draft.members.get(area, {})
        for excluded in line.get("excludes", "").split():
            if not set(draft.members.get(excluded, {})) - {excluded} <= set(held) or not (excluded in held or excluded in draft.members):
                yield _breach(line, f"{excluded} is no member of {area}")


def unknown_additional_code(draft: Draft) -> Iterator[Breach]:
    """Measures under an additional code that the set does not list, where it lists any."""
    known = {line.get("code") for line in draft.of("additional_codes")}
    for line in draft.of("measures") if known else ():
        if line.get("additional_code") and line["additional_code"] not in known:
            yield _breach(line, f"there is no additional code {line['additional_code']}")


def _takes_in(draft: Draft, area: str, origins: list[str]) -> bool:
    """Whether some goods from the area are of an origin that the quota is for."""
    if not origins or draft.is_whole_world(area) or area in origins:
        return True
    return any(origin in draft.members.get(area, {}) or area in draft.members.get(origin, {}) for origin in origins)


def without_quota(draft: Draft) -> Iterator[Breach]:
    """Measures of a quota that is not defined for their area and any of their days, where the set defines any."""
    defined: defaultdict[str, list[Line]] = defaultdict(list)
    for line in draft.of("quotas"):
        defined[line.get("order_number", "")].append(line)
    for line in draft.of("measures") if defined else ():
        if not line.get("quota"):
            continue
        found = [each for each in defined[line["quota"]] if overlaps(days(each), days(line))]
        if not any(_takes_in(draft, line.get("area", ""), each.get("origins", "").split()) for each in found):
            yield _breach(line, f"quota {line['quota']} is not defined for {line.get('area') or 'all countries'} on these days")


def unreadable_rate(draft: Draft) -> Iterator[Breach]:
    """Measures whose rate gives no amount: the tax on these goods will come out undetermined."""
    return _each(draft, _unreadable)


def floor_above_cap(draft: Draft) -> Iterator[Breach]:
    """Measures whose rate has a floor above its cap."""
    return _each(draft, lambda line: _ABOVE if any(rate.unreadable == _ABOVE for rate in _rates(line)) else "")


def unknown_unit(draft: Draft) -> Iterator[Breach]:
    """Measures with a rate by a unit that no list of units has."""
    return _each(draft, lambda line: " ".join(sorted({unit for rate in _rates(line) for unit in _units(rate) - draft.units})))


def unreadable_condition(draft: Draft) -> Iterator[Breach]:
    """Measures with conditions that cannot be read."""
    return _each(draft, lambda line: _condition_fault(line.get("conditions", "")))


def undecided_condition(draft: Draft) -> Iterator[Breach]:
    """Measures with conditions that do not say what happens where none of them is met."""
    return _each(draft, lambda line: _undecided(line.get("conditions", "")))


def deleted_past(draft: Draft) -> Iterator[Breach]:
    """Published measures that the draft takes away for days that have passed, which only an end from now on may do."""
    retired = tuple(draft.retired("measures"))
    standing: defaultdict[tuple[str, ...], list[Line]] = defaultdict(list)
    for line in draft.of("measures") if retired else ():
        standing[_undated(line)].append(line)
    today = draft.on.isoformat()
    for line in retired:
        start, end = days(line)
        past = (start, min(end, today))
        if past[0] < past[1] and not covers([days(each) for each in standing[_undated(line)]], past):
            yield _breach(line, f"it held from {start or 'the start'} and is gone")


def _each(draft: Draft, fault: Callable[[Line], str]) -> Iterator[Breach]:
    return (_breach(line, what) for line in draft.of("measures") if (what := fault(line)))


def _breach(line: Line, what: str) -> Breach:
    return Breach("measures", line.get("id", ""), what)


def _no_goods(draft: Draft, line: Line) -> str:
    code = line.get("commodity", "")
    return f"there is no commodity {code}" if code and goods_key(code) not in draft.goods else ""


def _unreadable(line: Line) -> str:
    """Why the rate gives no amount; a measure without one of its own may have it in its conditions."""
    if not line.get("rate") and any(each.rate for each in _conditions(line.get("conditions", ""))):
        return ""
    return "; ".join(rate.unreadable for rate in _rates(line) if rate.unreadable and rate.unreadable != _ABOVE)


def _level(line: Line) -> str:
    code = line.get("commodity", "").replace(" ", "").replace(".", "")
    fits = not code or (code.isascii() and code.isdigit() and len(code) % 2 == 0 and len(code) <= _LONGEST_CODE)
    return "" if fits else f"{code!r} has not 2, 4, 6, 8 or 10 digits"


def _rates(line: Line) -> tuple[Rate, ...]:
    return _rates_of(line.get("rate", ""))


@lru_cache(maxsize=65_536)
def _rates_of(text: str) -> tuple[Rate, ...]:
    try:
        return tuple(rate for _, rate in read_seasonal_rate(text))
    except UnreadableSeasonError as refusal:
        return (Rate(text, unreadable=str(refusal)),)


@lru_cache(maxsize=65_536)
def _units(rate: Rate) -> frozenset[str]:
    """The codes of units that a rate asks for, without their qualifiers and the parts of the goods that they measure."""
    names = {name.partition(":")[0].partition("#")[0] for need in rate.needs for name in need.split("*")}
    return frozenset(name for name in names if len(name) == 3 and name.isupper())  # noqa: PLR2004 - a unit has three letters


@lru_cache(maxsize=65_536)
def _condition_fault(text: str) -> str:
    try:
        read_conditions(text)
    except UnreadableConditionError as refusal:
        return str(refusal)
    return ""


@lru_cache(maxsize=65_536)
def _conditions(text: str) -> tuple[Condition, ...]:
    return () if _condition_fault(text) else read_conditions(text)


def _undecided(text: str) -> str:
    decided = {each.code: each.test == OTHERWISE for each in _conditions(text)}
    return ", ".join(f"condition {code} has no last line" for code, is_decided in decided.items() if not is_decided)


def _undated(line: Line) -> tuple[str, ...]:
    return tuple(f"{name}={cell}" for name, cell in sorted(line.items()) if cell and name not in {"valid_from", "valid_to"})
