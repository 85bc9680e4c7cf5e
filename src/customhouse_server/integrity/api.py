"""Integrity over the interface: the leads that the caller works on, and one of them; each a thin shell over `actions`."""

from uuid import UUID

import msgspec
from django.http import HttpResponse
from ninja import Router

from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.integrity import actions
from customhouse_server.integrity.actions import Seen
from customhouse_server.integrity.store import KeptLead

router = Router(tags=["integrity"])


@router.get("/integrity/leads", summary="Leads to review: all but those on yourself for members, else those that you review")
def review_leads(request: CalledRequest) -> HttpResponse:
    """The leads, the least likely by chance first, without the events behind them."""
    request.auth.person.require(CUSTOMS, "reviewing leads")
    return json_response({"leads": [_told(each) for each in actions.leads(request.auth.person)]})


@router.get("/integrity/leads/{lead_id}", summary="A lead with the events behind it; that you looked at it is kept")
def review_lead(request: CalledRequest, lead_id: UUID) -> HttpResponse:
    """The lead as evidence: what else may explain it, what was said, and what can be done now."""
    seen: Seen = actions.lead(request.auth.person, lead_id, at=request.auth.at)
    return json_response(
        _told(seen.kept)
        | {
            "evidence": msgspec.to_builtins(seen.kept.lead.evidence),
            "innocent": list(seen.rule.innocent) if seen.rule else [],
            "put": seen.kept.review.put,
            "reply": seen.kept.review.reply,
            "conclusion": seen.kept.review.conclusion,
            "allowed": [act.value for act in seen.allowed],
        }
    )


def _told(kept: KeptLead) -> dict[str, object]:
    lead = kept.lead
    return {
        "id": str(kept.id),
        "rule": lead.rule,
        "rule_version": lead.rule_version,
        "officer": lead.actor,
        "mark": lead.mark,
        "observed": lead.observed,
        "of": lead.of,
        "expected": lead.expected,
        "others_share": lead.others_share,
        "likelihood": lead.likelihood,
        "corrected": lead.corrected,
        "state": kept.review.state.value,
        "reviewer": kept.review.reviewer,
    }
