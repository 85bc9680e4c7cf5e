"""Lodging: a message that a person hands in, and the ways in which it can be refused before it is looked into."""

from dataclasses import dataclass
from uuid import UUID

from customhouse.kernel import Finding
from customhouse.saying import Refusal
from customhouse_server.gateway.submission import Submission


class ForeignPartyError(Refusal, PermissionError):
    """The declarant named is not one for whom the person may act."""


class WrongDocumentError(Refusal, ValueError):
    """The document is not of the kind that this act takes."""


class AmendmentRejectedError(Refusal, ValueError):
    """The amended declaration has errors, so that the one before it stands; `findings` are all of them."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        """Refuse with what was found."""
        super().__init__("the amended declaration has errors; the declaration stands as it was")
        self.findings = findings


@dataclass(frozen=True, slots=True)
class Lodging:
    """A message as it came, the key it came under, and the draft that it grew from."""

    message: bytes
    submission: Submission | None = None
    draft_id: UUID | None = None
