"""Drawing: the stakeholders by interest and influence, as a map of how many stand where."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from customhouse_server.desk.heat_map import Cell, heat_map
from customhouse_server.register.partner import Stakeholder

_SCALE = range(1, 6)
_MUCH = 4


def matrix(stakeholders: Iterable[Stakeholder]) -> tuple[str, str, int]:
    """The title, which says how many have much of both, the drawing, and how many stakeholders nobody rated."""
    everybody = list(stakeholders)
    rated = [each for each in everybody if each.interest and each.influence]
    key = [each for each in rated if min(each.interest or 0, each.influence or 0) >= _MUCH]
    words = ngettext(
        "%(counter)s of %(all)s stakeholders has much interest and much influence",
        "%(counter)s of %(all)s stakeholders have much interest and much influence",
        len(key),
    )
    title = words % {"counter": len(key), "all": len(everybody)}
    heads = [str(number) for number in _SCALE]
    places = [(across, up) for across in _SCALE for up in _SCALE]
    by_place = {place: [each.name for each in rated if (each.interest, each.influence) == place] for place in places}
    most = max(map(len, by_place.values()), default=0)
    rows = [
        (_("influence %(number)s") % {"number": up}, [_cell(by_place[across, up], most) for across in _SCALE]) for up in reversed(_SCALE)
    ]
    return title, heat_map(title, heads, rows), len(everybody) - len(rated)


def _cell(names: list[str], most: int) -> Cell:
    return Cell(str(len(names)) if names else "·", ", ".join(names), 100 * len(names) // most if most else 0)
