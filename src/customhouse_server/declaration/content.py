"""Content: what one version of a declaration says and what came of it, as the one document that is stored."""

import msgspec

from customhouse.assessment import Assessment, Determination, valuation
from customhouse.declaration import Declaration
from customhouse.kernel import Finding
from customhouse.pipeline import Clearance
from customhouse.risk import Selection
from customhouse.tariff import quota, register


class Content(msgspec.Struct, frozen=True, kw_only=True):
    """A declaration with its findings, its assessment and its selection, which is blank in the eyes of trade.

    `determined` is what customs determined itself, `valuations` the chains of valuation by item, `quotas` what was known of quotas
    and `rulings` what the declaration was held against, so that all can be made again.
    """

    declaration: Declaration
    findings: tuple[Finding, ...]
    assessment: Assessment
    selection: Selection | None
    determined: tuple[Determination, ...] = ()
    valuations: dict[int, valuation.Chain] = {}
    quotas: quota.Known = quota.Known()
    rulings: register.Rulings | None = None


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(Content)


def content_of(cleared: Clearance) -> Content:
    """What is kept of a journey through the pipeline."""
    return Content(
        declaration=cleared.declaration,
        findings=cleared.findings,
        assessment=cleared.assessment,
        selection=cleared.selection,
        quotas=cleared.quotas,
        rulings=cleared.rulings,
    )


def for_importer(content: Content) -> Content:
    """The content in the eyes of trade: without selection and rulings, and in the chains of valuation no entry of others by number."""
    chains = {item: chain.for_importer() for item, chain in content.valuations.items()}
    told = tuple(
        msgspec.structs.replace(item, valuation=chains[item.sequence].explanation) if item.sequence in chains else item
        for item in content.assessment.items
    )
    shown = msgspec.structs.replace(content.assessment, items=told) if chains else content.assessment
    return msgspec.structs.replace(content, selection=None, rulings=None, valuations=chains, assessment=shown)


def written(content: Content) -> str:
    """The content as JSON text."""
    return _encoder.encode(content).decode()


def read(text: str) -> Content:
    """The content back from its JSON text: what `written` gave, value for value."""
    return _decoder.decode(text)
