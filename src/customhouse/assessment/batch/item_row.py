"""Item rows: the columns in which items come as a table, and the facts that one row states.

`commodity` and `value` (the customs value, in national currency) are needed. The others may be missing or empty: `origin`,
`preference`, `procedure` (four digits, `4000` without one), `additional_codes`, `documents`, `quota`, several of one kind apart by
spaces, `border_mode`, the mode of transport at the border, and `on`, the legal day. Every further column of decimals is a quantity, named
as rates name it: `KGM`, `NAR`, `value:battery`. Each item counts as a declaration of its own where a fee is bounded by the declaration.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from customhouse.assessment.goods_facts import GoodsFacts

TEXTS = ("commodity", "origin", "preference", "procedure", "additional_codes", "documents", "quota", "border_mode")
VALUE, DAY = "value", "on"
_RELEASE_FOR_HOME_USE = "4000"


@dataclass(frozen=True, slots=True)
class ItemKey:
    """What decides under which law an item falls: its texts, in the order of `TEXTS`, and its day."""

    texts: tuple[str, ...]
    on: date

    def facts(self, quantities: Mapping[str, Decimal], *, default_preference: str) -> GoodsFacts:
        """The facts of an item with these quantities."""
        commodity, origin, preference, procedure, additional_codes, documents, quota, border_mode = self.texts
        procedure = procedure or _RELEASE_FOR_HOME_USE
        return GoodsFacts(
            commodity=commodity,
            additional_codes=frozenset(additional_codes.split()),
            procedure=procedure[:2],
            previous_procedure=procedure[2:4],
            additional_procedures=(),
            preference=preference or default_preference,
            quota=quota,
            origin=origin or None,
            preferential_origin=origin or None,
            documents=frozenset(documents.split()),
            statements=frozenset(),
            party_roles=frozenset(),
            declared_amounts={},
            quantities={"item": Decimal(1), **quantities},
            supplementary=None,
            border_mode=border_mode,
        )
