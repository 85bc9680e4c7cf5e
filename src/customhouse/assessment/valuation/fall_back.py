"""Fall-back: the earlier methods read with reasonable flexibility, and nothing else (Article 7).

The seven prohibitions of Article 7.2 hold by construction. A source is either values that customs accepted on import entries, or sales
in the country of goods imported on an entry; the types let in no domestic price (a), (c), no choice of the higher of two (b), no cost of
production beside Article 6 (d), no price for a third country (e), and no bare amount, whether minimum (f) or arbitrary (g).
"""

import msgspec

from customhouse.assessment.valuation.comparable import Comparable, Relaxation, comparable_value
from customhouse.assessment.valuation.deductive import Deductive, deductive_value
from customhouse.assessment.valuation.goods import Goods
from customhouse.assessment.valuation.step import Accepted, OpenQuestionError
from customhouse.assessment.valuation.value_line import Terms
from customhouse.assessment.valuation_rules import ValuationMethod


class FlexibleComparables(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="source", tag="comparables"):
    """Articles 2 and 3 with what was relaxed: the time, the country of production, or the method of the earlier value."""

    comparables: tuple[Comparable, ...]
    relaxed: tuple[Relaxation, ...]


class FlexibleDeductive(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="source", tag="deductive"):
    """Article 5 with what was relaxed: the time, or the form as imported."""

    deductive: Deductive
    relaxed: tuple[Relaxation, ...]


FallBackSource = FlexibleComparables | FlexibleDeductive


def fall_back_value(source: FallBackSource, goods: Goods, *, terms: Terms) -> Accepted:
    """The value by the method relaxed; refuses as that method does, and with `OpenQuestionError` where nothing is relaxed."""
    if not source.relaxed:
        raise OpenQuestionError("it is not stated which requirement is read with flexibility (Article 7.1)")
    if isinstance(source, FlexibleComparables):
        method = ValuationMethod.FALL_BACK
        found = comparable_value(method, source.comparables, goods=goods, terms=terms, relaxed=source.relaxed)
    else:
        found = deductive_value(source.deductive, goods, terms=terms, relaxed=source.relaxed)
    read = ", ".join(each.replace("_", " ") for each in source.relaxed)
    notes = (f"read with flexibility: {read} (Article 7.1)", *found.notes)
    return Accepted(method=ValuationMethod.FALL_BACK, lines=found.lines, notes=notes, entries=found.entries)
