"""How digital customs is: maturity from what is in use, the legal basis of each decision of a rule, and the portfolio of tools."""

from customhouse.strategy.digital.decision import Covered, LegalBasis, UnreadableRegisterError, covered, decisions, read_legal_bases
from customhouse.strategy.digital.maturity import LEVELS, Maturity, maturity
from customhouse.strategy.digital.portfolio import DigitalInstrument, faults_of, read_portfolio

__all__ = [
    "LEVELS",
    "Covered",
    "DigitalInstrument",
    "LegalBasis",
    "Maturity",
    "UnreadableRegisterError",
    "covered",
    "decisions",
    "faults_of",
    "maturity",
    "read_legal_bases",
    "read_portfolio",
]
