"""The rulings in force, together: what is published of each, which conflict, which of them a new edition of the nomenclature ends."""

from customhouse.tariff.register.conflict import Conflict, conflicts_of, conflicts_within
from customhouse.tariff.register.issued import Ruling, Rulings, Status, issued
from customhouse.tariff.register.publication import published
from customhouse.tariff.register.reissue import Reissue, UnreadableCorrelationError, read_correlation, reissues

__all__ = [
    "Conflict",
    "Reissue",
    "Ruling",
    "Rulings",
    "Status",
    "UnreadableCorrelationError",
    "conflicts_of",
    "conflicts_within",
    "issued",
    "published",
    "read_correlation",
    "reissues",
]
