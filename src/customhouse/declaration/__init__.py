"""What was declared: the goods declaration as the WCO Data Model orders it, and the checks it must pass."""

from customhouse.declaration.goods_declaration import Declaration, GoodsShipment
from customhouse.declaration.goods_item import GoodsItem
from customhouse.declaration.rule import Rule
from customhouse.declaration.value import Amount, Measure, StampedTime, UnmappedLeaf

__all__ = ["Amount", "Declaration", "GoodsItem", "GoodsShipment", "Measure", "Rule", "StampedTime", "UnmappedLeaf"]
