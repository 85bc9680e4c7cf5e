"""Valuation over the interface: doubts read, steps taken, values determined; each a thin shell over `actions`."""

from decimal import Decimal
from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Router, Schema

from customhouse.assessment import doubt, valuation
from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.valuation import actions
from customhouse_server.valuation.actions import Taking

router = Router(tags=["valuation"])


class EvidenceShown(Schema):
    """A piece of evidence: its kind, the reference under which it is kept, and what it shows."""

    kind: valuation.EvidenceKind
    reference: str = Field(min_length=1)
    shows: str = ""


class StepTaken(Schema):
    """A step in a doubt; a new doubt names the item, any other step the doubt."""

    act: doubt.DoubtAct
    doubt_id: UUID | None = None
    item: int = 0
    text: str = ""
    evidence: tuple[EvidenceShown, ...] = ()
    days: int | None = Field(default=None, ge=0, le=3660)
    security: Decimal = Field(default=Decimal(0), ge=0, lt=10**15, decimal_places=6)
    confidential: bool = False
    signal: str = ""


class CaseText(Schema):
    """A valuation case of one item, as TOML."""

    case: str


@router.get("/declarations/{uuid:declaration_id}/doubts", summary="Read the doubts about values")
def doubts(request: CalledRequest, declaration_id: UUID) -> HttpResponse:
    """Answer with the doubts about the values of a declaration, each with its steps and its clock."""
    return json_response({"doubts": actions.doubts(request.auth.person, declaration_id)})


@router.post("/declarations/{uuid:declaration_id}/doubts", openapi_extra=ONCE, summary="Take a step in a doubt about a value")
def take(request: CalledRequest, declaration_id: UUID, body: StepTaken) -> HttpResponse:
    """Begin a doubt, or take its next step: what follows is the table of Decision 6.1."""
    shown = tuple(valuation.Evidence(kind=each.kind, reference=each.reference, shows=each.shows) for each in body.evidence)
    taking = Taking(
        act=body.act,
        doubt_id=body.doubt_id,
        item=body.item,
        text=body.text,
        evidence=shown,
        days=body.days,
        security=body.security,
        confidential=body.confidential,
        signal=body.signal,
    )
    return done(request, lambda: actions.take(request.auth.person, declaration_id, taking, at=request.auth.at))


@router.post("/declarations/{uuid:declaration_id}/doubts/{uuid:doubt_id}/value", openapi_extra=ONCE, summary="Determine a value")
def determine(request: CalledRequest, declaration_id: UUID, doubt_id: UUID, body: CaseText) -> HttpResponse:
    """Continue the chain of a rejected value from Article 2."""
    return done(request, lambda: actions.determine(request.auth.person, declaration_id, doubt_id, body.case, at=request.auth.at))
