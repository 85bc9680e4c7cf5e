"""Learning: what a declaration teaches classification: its released items and nothing else (a trader's claim teaches nothing)."""

from collections.abc import Iterator

from customhouse.clearance import Case
from customhouse.declaration import Declaration
from customhouse.tariff import classification

_SUBHEADING = 6


def precedents_of(declaration: Declaration, case: Case) -> Iterator[classification.Precedent]:
    """The precedents in a declaration that stands as the case says: one a released item with a description and a code."""
    party = declaration.declarant.id if declaration.declarant else None
    for place, item in enumerate(declaration.items, start=1):
        description, code = (item.commodity.description if item.commodity else None) or "", item.commodity_code()
        if place in case.released_items and description and code.isdigit() and len(code) >= _SUBHEADING:
            key = f"{case.mrn or case.declaration_id}/{place}"
            yield classification.Precedent(key, description, code, office=declaration.declaration_office_id or "", declarant=party or "")
