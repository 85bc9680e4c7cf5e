"""How an administration grows: what it lacks, the projects that close the gaps, who pays, who delivers, and what its people can do."""

from customhouse.development import delivery, diagnostic, donor, integrity, monitoring, people, project
from customhouse.development.clock import Clock, Standing, clock
from customhouse.development.happened import DevelopmentRecorded

__all__ = [
    "Clock",
    "DevelopmentRecorded",
    "Standing",
    "clock",
    "delivery",
    "diagnostic",
    "donor",
    "integrity",
    "monitoring",
    "people",
    "project",
]
