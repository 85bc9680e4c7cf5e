"""Strata: the strata of a study as a table that an address sorts and filters."""

from collections.abc import Mapping
from urllib.parse import urlencode

from customhouse.performance import release_time
from customhouse_server.performance import study_view
from customhouse_server.performance.naming import value_named
from customhouse_server.performance.telling import UNKNOWN, percent, took

_ORDERS = ("value", "n", "median", "p90", "within")


def listing(study: release_time.Study, asked: Mapping[str, str]) -> dict[str, object]:
    """What the page of a study shows of its strata: `stratum`, `segment`, `q` and `sort` (with `-` downwards) as the address has them."""
    measured = {each.segment for stratum in study.strata for each in stratum.segments}
    segment = asked.get("segment", "")
    segment = segment if segment in measured else study_view.leading(study)
    stratum, text, sort = asked.get("stratum", ""), asked.get("q", "").strip(), asked.get("sort", "")
    names = list(dict.fromkeys(each.stratum for each in study.strata))
    rows = [
        row
        for each in study.strata
        if (not stratum or each.stratum == stratum) and text.casefold() in value_named(each.stratum, each.value).casefold()
        for row in [_row(each, segment)]
        if row
    ]
    order = sort.removeprefix("-")
    if order in _ORDERS:
        rows.sort(key=lambda row: (row["key"][order] is None, row["key"][order]), reverse=sort.startswith("-"))
    bounds = {"stratum": stratum, "segment": segment, "q": text}
    return {
        "rows": rows,
        "asked": bounds | {"sort": sort},
        "stratum_names": names,
        "measured": [each.segment for each in study.segments if each.segment in measured],
        "heads": [(name, urlencode(bounds | {"sort": f"-{name}" if sort == name else name}), _direction(sort, name)) for name in _ORDERS],
    }


def _row(each: release_time.StratumTime, segment: str) -> dict[str, object] | None:
    found = next((time for time in each.segments if time.segment == segment), None)
    if found is None:
        return None
    slowest = max(each.actors, key=lambda actor: actor.share, default=None)
    return {
        "stratum": each.stratum,
        "value": each.value,
        "n": each.n,
        "median": took(found.elapsed.median),
        "between": study_view.between(found),
        "p90": took(found.elapsed.percentiles[90]),
        "within": study_view.within(found),
        "slowest": slowest.actor if slowest else "",
        "slowest_share": percent(slowest.share) if slowest else UNKNOWN,
        "key": {
            "value": each.value,
            "n": each.n,
            "median": found.elapsed.median,
            "p90": found.elapsed.percentiles[90],
            "within": found.elapsed.within_target if found.elapsed.within_target is not None else -1.0,
        },
    }


def _direction(sort: str, name: str) -> str:
    return {name: "ascending", f"-{name}": "descending"}.get(sort, "")
