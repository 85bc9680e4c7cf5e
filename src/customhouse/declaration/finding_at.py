"""Found: a rule met at a place, before the country's settings decide how serious it is."""

from typing import NamedTuple

ITEM = "GoodsShipment/GovernmentAgencyGoodsItem"


class Found(NamedTuple):
    """The code of a rule, the WCO path to the place, and the values for its wording."""

    code: str
    pointer: str
    params: dict[str, str]


def at(code: str, pointer: str, **params: object) -> Found:
    """A rule met at a place, the values as text."""
    return Found(code, pointer, {name: str(value) for name, value in params.items()})


def item_at(place: int, path: str = "") -> str:
    """The path to an item counted from 1, or to something in it."""
    return f"{ITEM}[{place}]/{path}" if path else f"{ITEM}[{place}]"
