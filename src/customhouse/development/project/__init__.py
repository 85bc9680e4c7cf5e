"""From a recommendation to a project (phase II): case, log frame, budget, tranches, states as one table, checks."""

from customhouse.development.project.budget import InKind, costed, total
from customhouse.development.project.business_case import appraised
from customhouse.development.project.check import CATALOGUE, checked
from customhouse.development.project.life_cycle import Move, State
from customhouse.development.project.moving import MoveRefusedError, moved, possible
from customhouse.development.project.project import Project

__all__ = [
    "CATALOGUE",
    "InKind",
    "Move",
    "MoveRefusedError",
    "Project",
    "State",
    "appraised",
    "checked",
    "costed",
    "moved",
    "possible",
    "total",
]
