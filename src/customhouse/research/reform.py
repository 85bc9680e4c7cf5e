"""Reform: the law in force beside the draft of another, and how imports are taken to answer to it."""

from dataclasses import dataclass, field
from datetime import date

from customhouse.assessment import Law
from customhouse.research.elasticity import Elasticities


@dataclass(frozen=True, slots=True)
class Reform:
    """What a simulation compares; `on` is the legal day of items of the history that name none."""

    in_force: Law
    draft: Law
    on: date
    elasticities: Elasticities = field(default_factory=Elasticities)
