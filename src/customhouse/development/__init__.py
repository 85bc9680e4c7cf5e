"""How an administration grows: what it lacks, the projects that close the gaps, who pays, who delivers, and what its people can do."""

from customhouse.development import integrity

__all__ = ["integrity"]
