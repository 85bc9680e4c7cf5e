"""Ruling checks: whether the rulings that items cite are the declarant's own, hold on the day and agree with what is declared.

A ruling binds its holder too, where national law says so (TFA 3.5): goods like those of a ruling, declared otherwise, are told.
"""

from collections.abc import Iterator
from datetime import date

from customhouse.declaration.finding_at import Found, at, item_at
from customhouse.declaration.goods_declaration import Declaration
from customhouse.declaration.goods_item import GoodsItem
from customhouse.tariff import classification, register

_LIKE_SHARE = 2  # one word in so many, at least as many words in all


def ruling_findings(declaration: Declaration, rulings: register.Rulings, *, on: date) -> Iterator[Found]:
    """What the rulings say against the items; a document that cites none is not looked at."""
    holders = _holders(declaration)
    for place, item in enumerate(declaration.items, start=1):
        cited = []
        for number, document in enumerate(item.additional_documents, start=1):
            if document.code in rulings.citing_documents:
                path = item_at(place, f"AdditionalDocument[{number}]/ID")
                found = rulings.cited_as(document.id or "")
                if found is None:
                    yield at("RUL-01", path, value=document.id or document.code)
                else:
                    cited.append(found)
                    yield from _cited(item, found, place, path=path, holders=holders)
                    yield from _on_the_day(found, path, on=on)
        if not cited:
            yield from _unlinked(item, place, [each for each in rulings.known if each.holder in holders], on=on)


def _cited(item: GoodsItem, ruling: register.Ruling, place: int, *, path: str, holders: frozenset[str]) -> Iterator[Found]:
    if ruling.holder not in holders:
        yield at("RUL-02", path, ruling=ruling.reference)
        return
    code, origin = item.commodity_code(), item.origin_country("1")
    if code and not ruling.agrees_with(code):
        yield at("RUL-05", item_at(place, "Commodity/Classification[1]/ID"), value=code, ruling=ruling.reference, ruled=ruling.code)
    if ruling.origin and origin and origin != ruling.origin:
        yield at("RUL-07", item_at(place, "Origin[1]/CountryCode"), value=origin, ruling=ruling.reference, origin=ruling.origin)


def _on_the_day(ruling: register.Ruling, path: str, *, on: date) -> Iterator[Found]:
    status = ruling.status(on=on)
    if status is register.Status.IN_GRACE:
        yield at("RUL-04", path, ruling=ruling.reference, end=ruling.end, grace=ruling.grace_until)
    elif status is not register.Status.IN_FORCE:
        yield at("RUL-03", path, ruling=ruling.reference, day=on)


def _unlinked(item: GoodsItem, place: int, own: list[register.Ruling], *, on: date) -> Iterator[Found]:
    """Goods like those of a ruling in force that the declarant holds, under a code that is not the ruling's, and no word of it."""
    code, description = item.commodity_code(), (item.commodity.description if item.commodity else "") or ""
    for each in own:
        differs = bool(code) and not each.agrees_with(code)
        if differs and each.status(on=on) is register.Status.IN_FORCE and _like(description, each.goods):
            path = item_at(place, "Commodity/Classification[1]/ID")
            yield at("RUL-06", path, value=code, ruling=each.reference, ruled=each.code)


def _like(description: str, goods: str) -> bool:
    """Whether at least half of the description's words, and two of them, are words of the ruling's goods."""
    said = set(classification.words(description))
    shared = said & set(classification.words(goods))
    return len(shared) >= _LIKE_SHARE and len(shared) * _LIKE_SHARE >= len(said)


def _holders(declaration: Declaration) -> frozenset[str]:
    importer = declaration.goods_shipment.importer if declaration.goods_shipment else None
    return frozenset(party.id for party in (declaration.declarant, importer) if party and party.id)
