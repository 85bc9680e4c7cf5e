"""What a reform would have brought: a draft law run over a history of imports, beside the law in force."""

from customhouse.research.comparison import DIMENSIONS, SUMS, Comparison
from customhouse.research.draft import UnreadableDraftError, drafted, fingerprint
from customhouse.research.elasticity import Elasticities, read_elasticities
from customhouse.research.history import History
from customhouse.research.outcome import Outcome, summed
from customhouse.research.reform import Reform

__all__ = [
    "DIMENSIONS",
    "SUMS",
    "Comparison",
    "Elasticities",
    "History",
    "Outcome",
    "Reform",
    "UnreadableDraftError",
    "drafted",
    "fingerprint",
    "read_elasticities",
    "summed",
]
