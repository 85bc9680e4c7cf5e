"""What can be told of a table without telling of anybody in it: k-anonymity, suppression, dominance, and a log against differences."""

from customhouse.research.disclosure.anonymity import ANY, k_anonymous
from customhouse.research.disclosure.declarations import DIMENSIONS, MEASURES, records_from
from customhouse.research.disclosure.release import Cell, Policy, Release, release
from customhouse.research.disclosure.release_log import Published, ReleaseLog, TooFineError

__all__ = [
    "ANY",
    "DIMENSIONS",
    "MEASURES",
    "Cell",
    "Policy",
    "Published",
    "Release",
    "ReleaseLog",
    "TooFineError",
    "k_anonymous",
    "records_from",
    "release",
]
