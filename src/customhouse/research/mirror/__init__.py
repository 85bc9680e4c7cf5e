"""What partners say they sent, against what we say came: the gaps, ranked, with how far the cost of carriage explains them."""

from customhouse.research.mirror.gap import CarriageFactor, Gap, Verdict, gaps
from customhouse.research.mirror.trade import Fault, Flow, Unattributed, UnreadableTradeError, by_chapter, imports_from, read_partner_trade

__all__ = [
    "CarriageFactor",
    "Fault",
    "Flow",
    "Gap",
    "Unattributed",
    "UnreadableTradeError",
    "Verdict",
    "by_chapter",
    "gaps",
    "imports_from",
    "read_partner_trade",
]
