"""Content: what one version of a declaration says and what came of it, as the one document that is stored."""

from typing import Protocol

import msgspec

from customhouse.assessment import Assessment
from customhouse.declaration import Declaration
from customhouse.kernel import Finding
from customhouse.risk import Selection


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration with its findings, its assessment and its selection."""

    declaration: Declaration
    findings: tuple[Finding, ...]
    assessment: Assessment | None
    selection: Selection | None


class Cleared(Protocol):
    """What the pipeline gives back, as far as it is kept."""

    declaration: Declaration
    findings: tuple[Finding, ...]
    assessment: Assessment | None
    selection: Selection | None


_encoder = msgspec.json.Encoder(decimal_format="string")
_decoder = msgspec.json.Decoder(Content)


def content_of(clearance: Cleared) -> Content:
    """What is kept of a journey through the pipeline."""
    return Content(
        declaration=clearance.declaration,
        findings=clearance.findings,
        assessment=clearance.assessment,
        selection=clearance.selection,
    )


def written(content: Content) -> str:
    """The content as JSON text."""
    return _encoder.encode(content).decode()


def read(text: str) -> Content:
    """The content back from its JSON text: what `written` gave, value for value."""
    return _decoder.decode(text)
