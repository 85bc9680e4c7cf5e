"""What customs is measured by: indicators as data, each figure told together with the events that it is made of."""

from customhouse.performance.indicator.figure import Figure, FormulaError, Quality, evaluated, traced
from customhouse.performance.indicator.indicator import (
    Dimension,
    Direction,
    Disclosure,
    Indicator,
    IndicatorSet,
    UnreadableIndicatorsError,
    read_indicators,
)

__all__ = [
    "Dimension",
    "Direction",
    "Disclosure",
    "Figure",
    "FormulaError",
    "Indicator",
    "IndicatorSet",
    "Quality",
    "UnreadableIndicatorsError",
    "evaluated",
    "read_indicators",
    "traced",
]
