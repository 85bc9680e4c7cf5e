"""Breach: the items of a declaration that go against an advance ruling, a fact that risk profiles can ask about."""

import re
from collections.abc import Iterable

from customhouse.declaration import RULES
from customhouse.kernel import Finding

_USE_ALLOWED = ("RUL-04",)  # extended use under a contract is no breach
_ITEM = re.compile(r"GovernmentAgencyGoodsItem\[(\d+)\]")


def items_in_breach(findings: Iterable[Finding]) -> frozenset[int]:
    """The places, counted from 1, of the items on which a rule about rulings was found broken."""
    broken = (each for each in findings if each.code in RULES and RULES[each.code].layer == "ruling" and each.code not in _USE_ALLOWED)
    return frozenset(int(found.group(1)) for each in broken if (found := _ITEM.search(each.pointer)))
