"""What customs publishes of its rules: made of the rules themselves, so that it never tells another story."""

from customhouse.pipeline.publication.coverage import coverage
from customhouse.pipeline.publication.observation import observed
from customhouse.pipeline.publication.procedure import UnknownProcedureError, procedure_of, procedures_of
from customhouse.pipeline.publication.published import PUBLICATIONS, UnknownPublicationError, published
from customhouse.pipeline.publication.sheet import Cell, Publication, Sheet, as_csv

__all__ = [
    "PUBLICATIONS",
    "Cell",
    "Publication",
    "Sheet",
    "UnknownProcedureError",
    "UnknownPublicationError",
    "as_csv",
    "coverage",
    "observed",
    "procedure_of",
    "procedures_of",
    "published",
]
