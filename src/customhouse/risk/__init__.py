"""Which consignments to look at and how closely: profiles in a closed rule language, lanes, and a random arm nobody can override."""

from customhouse.risk.fact import FIELDS, Row, facts
from customhouse.risk.lane import Lane
from customhouse.risk.language import RuleError
from customhouse.risk.profile import ProfileSet, UnreadableProfilesError, read_profiles
from customhouse.risk.selection import Selection, rerouted, select

__all__ = [
    "FIELDS",
    "Lane",
    "ProfileSet",
    "Row",
    "RuleError",
    "Selection",
    "UnreadableProfilesError",
    "facts",
    "read_profiles",
    "rerouted",
    "select",
]
