"""How an administration keeps honest: it asks itself and others, maps its risks, agrees on figures, and follows up what events show."""

from customhouse.development.integrity import (
    chance,
    contract,
    disclosure,
    interest,
    lead,
    lead_rule,
    perception,
    review,
    risk_map,
    self_assessment,
)

__all__ = [
    "chance",
    "contract",
    "disclosure",
    "interest",
    "lead",
    "lead_rule",
    "perception",
    "review",
    "risk_map",
    "self_assessment",
]
