"""What a secretariat owes its members: a budget that ties to the plan and adds up, and audits planned by risk and followed to the end."""

from customhouse.strategy.secretariat.audit import Audit, AuditArea, AuditFinding, FollowUp, follow_up, ranked
from customhouse.strategy.secretariat.budget import BudgetLine, Source, totals
from customhouse.strategy.secretariat.plan import AuditYear, audit_plan
from customhouse.strategy.secretariat.tie import ties

__all__ = [
    "Audit",
    "AuditArea",
    "AuditFinding",
    "AuditYear",
    "BudgetLine",
    "FollowUp",
    "Source",
    "audit_plan",
    "follow_up",
    "ranked",
    "ties",
    "totals",
]
