"""Integrity over the interface: the members of its office, the leads and what is done to them; each a thin shell over its action."""

from uuid import UUID

import msgspec
from django.http import HttpResponse
from ninja import Router, Schema

from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.integrity import actions
from customhouse_server.integrity.actions import Doing, Seen
from customhouse_server.integrity.store import KeptLead
from customhouse_server.tariff.day import Day

router = Router(tags=["integrity"])


class Days(Schema):
    """A period: its first day, and the day after its last."""

    start: Day
    end: Day


class LeadAct(Schema):
    """What is done to a lead; assigning names a reviewer, every other act has words."""

    act: actions.ReviewAct
    text: str = ""
    reviewer: str = ""


class Named(Schema):
    """Whom an administrator names."""

    username: str


@router.get("/integrity/members", summary="Members of the integrity office")
def integrity_members(request: CalledRequest) -> HttpResponse:
    """Answer with everybody who was named, and by whom each is confirmed; for administrators and members."""
    return json_response({"members": actions.members(request.auth.person)})


@router.post("/integrity/members", summary="Name a member of the integrity office")
def name_member(request: CalledRequest, body: Named) -> HttpResponse:
    """Name an officer or supervisor, as an administrator; a member confirms, but for the first."""
    actions.name_member(request.auth.person, body.username, at=request.auth.at)
    return json_response({"members": actions.members(request.auth.person)}, status=201)


@router.post("/integrity/members/{int:person_id}/confirmation", summary="Confirm a member of the integrity office")
def confirm_member(request: CalledRequest, person_id: int) -> HttpResponse:
    """Confirm who was named, as a member: four eyes."""
    actions.confirm_member(request.auth.person, person_id, at=request.auth.at)
    return json_response({"members": actions.members(request.auth.person)})


@router.delete("/integrity/members/{int:person_id}", summary="Let somebody be a member no longer")
def end_member(request: CalledRequest, person_id: int) -> HttpResponse:
    """Let somebody be a member no longer, as an administrator or a member; the last one as a member alone."""
    actions.end_member(request.auth.person, person_id, at=request.auth.at)
    return HttpResponse(status=204)


@router.get("/integrity/leads", summary="Leads to review: all but those on yourself for members, else those that you review")
def review_leads(request: CalledRequest) -> HttpResponse:
    """The leads, the least likely by chance first, without the events behind them."""
    return json_response({"leads": [_told(each) for each in actions.leads(request.auth.person)]})


@router.post("/integrity/leads", openapi_extra=ONCE, summary="Look for leads in a period")
def look_for_leads(request: CalledRequest, body: Days) -> HttpResponse:
    """Run every rule over the events of a period; how many leads are new. What was found before is not found again."""

    def act() -> object:
        return {"new": actions.review_events(request.auth.person, start=body.start, end=body.end, at=request.auth.at)}

    return done(request, act)


@router.get("/integrity/leads/mine", summary="Leads that were put to you")
def own_leads(request: CalledRequest) -> HttpResponse:
    """The leads on the caller to which the caller replies."""
    return json_response({"leads": [_told(each) for each in actions.leads_on(request.auth.person)]})


@router.get("/integrity/leads/{uuid:lead_id}", summary="A lead with the events behind it; that you looked at it is kept")
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
            "history": seen.history,
            "looks": seen.looks,
        }
    )


@router.post("/integrity/leads/{uuid:lead_id}/acts", openapi_extra=ONCE, summary="Assign, put, reply to or conclude a lead")
def act_on_lead(request: CalledRequest, lead_id: UUID, body: LeadAct) -> HttpResponse:
    """Do one act to a lead; who may do which, and when, `allowed` of the lead tells."""

    def act() -> object:
        review = actions.do(request.auth.person, lead_id, Doing(body.act, body.text, body.reviewer), at=request.auth.at)
        return {"id": lead_id, "state": review.state, "reviewer": review.reviewer}

    return done(request, act)


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
