"""What is left of a limit: one kernel of reserve, consume and return for guarantees, quotas, licences, manifests, stock and transit."""

from customhouse.ledger.account import Account, Holding, Posted
from customhouse.ledger.allotment import allotted
from customhouse.ledger.movement import Kind, Movement
from customhouse.ledger.posting import CauseReusedError, InsufficientBalanceError, NotHeldError, RefusedMovementError, posted, reversal

__all__ = [
    "Account",
    "CauseReusedError",
    "Holding",
    "InsufficientBalanceError",
    "Kind",
    "Movement",
    "NotHeldError",
    "Posted",
    "RefusedMovementError",
    "allotted",
    "posted",
    "reversal",
]
