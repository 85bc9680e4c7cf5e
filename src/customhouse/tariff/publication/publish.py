"""Publish: a draft edition becomes law by the word of a second person, once no rule that stops it is broken."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from customhouse.kernel import Finding, Severity
from customhouse.saying import Refusal
from customhouse.tariff.edition import TariffSet


class NoDraftError(Refusal):
    """There is no draft edition to publish."""


class FourEyesError(Refusal):
    """The person who prepared an edition may not publish it."""


class BrokenRulesError(Refusal):
    """A draft breaks business rules that stop its publication; the findings name each with its row."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        """Keep what is broken."""
        self.findings = tuple(findings)
        super().__init__("{count} rows break rules that stop publication", count=len(self.findings))


def publish(tariff_set: TariffSet, findings: Sequence[Finding], *, by: str, at: datetime) -> TariffSet:
    """The set with its draft published; refuses with `NoDraftError`, `FourEyesError` and `BrokenRulesError`.

    The findings are those that `check` made of this set.
    """
    draft = tariff_set.draft
    if draft is None:
        raise NoDraftError("there is no draft edition")
    authors = {name.strip().casefold() for name in draft.prepared_by.split(";")}
    if not by.strip() or by.strip().casefold() in authors:
        raise FourEyesError(
            "{prepared_by} prepared edition {number}: another person must publish it", prepared_by=draft.prepared_by, number=draft.number
        )
    stopping = [finding for finding in findings if finding.severity is Severity.ERROR]
    if stopping:
        raise BrokenRulesError(stopping)
    return replace(tariff_set, editions=(*tariff_set.editions[:-1], replace(draft, published_by=by.strip(), published_at=at)))
