"""What partners say they sent, against what we say came: the gaps, ranked, with how far the cost of carriage explains them."""

from customhouse.research.mirror.gap import CarriageFactor, Gap, Verdict, gaps
from customhouse.research.mirror.trade import Flow, Unattributed, UnreadableTradeError, imports_from, read_partner_trade

__all__ = ["CarriageFactor", "Flow", "Gap", "Unattributed", "UnreadableTradeError", "Verdict", "gaps", "imports_from", "read_partner_trade"]
