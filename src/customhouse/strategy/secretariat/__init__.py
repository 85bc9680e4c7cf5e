"""What a secretariat owes its members: a budget that adds up, and an audit plan that begins where the risk is."""

from customhouse.strategy.secretariat.audit import AuditArea, AuditFinding, FollowUp, follow_up, ranked
from customhouse.strategy.secretariat.budget import BudgetLine, BudgetProposal, Source, totals

__all__ = ["AuditArea", "AuditFinding", "BudgetLine", "BudgetProposal", "FollowUp", "Source", "follow_up", "ranked", "totals"]
