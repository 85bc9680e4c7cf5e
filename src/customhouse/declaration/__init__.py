"""What was declared: the goods declaration as the WCO Data Model orders it, and the checks it must pass."""

from customhouse.declaration.check import CheckSettings, check, read_check_settings
from customhouse.declaration.goods_declaration import Declaration, GoodsShipment
from customhouse.declaration.goods_item import GoodsItem
from customhouse.declaration.rule import Rule
from customhouse.declaration.rules import RULES
from customhouse.declaration.value import Amount, Measure, StampedTime, UnmappedLeaf

__all__ = [
    "RULES",
    "Amount",
    "CheckSettings",
    "Declaration",
    "GoodsItem",
    "GoodsShipment",
    "Measure",
    "Rule",
    "StampedTime",
    "UnmappedLeaf",
    "check",
    "read_check_settings",
]
