"""Options: every way in which goods may be brought in on a day, each with what it comes to."""

from customhouse.assessment.option.goods import Goods
from customhouse.assessment.option.options import Option, Options, options

__all__ = ["Goods", "Option", "Options", "options"]
