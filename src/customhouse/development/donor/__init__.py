"""Who pays: pledges and what they are earmarked for, which of them fit a need and why, and a statement to a donor."""

from customhouse.development.donor.matching import Fitting, Misfit, Offer, matched
from customhouse.development.donor.pledge import Need, Pledge, account_of
from customhouse.development.donor.statement import Commitment, Statement, statement

__all__ = ["Commitment", "Fitting", "Misfit", "Need", "Offer", "Pledge", "Statement", "account_of", "matched", "statement"]
