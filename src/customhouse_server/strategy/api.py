"""Strategic plans over the interface, to be read: what is adopted by everybody, drafts by customs and administrators, as on the pages."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Router

from customhouse import strategy
from customhouse.strategy import StrategicPlan
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.strategy import actions, annex

router = Router(tags=["strategy"])


@router.get("/plans", summary="Strategic plans")
def plans(request: CalledRequest) -> HttpResponse:
    """Answer with the plans that are for the caller's eyes: where each stands and what is due for it."""
    return json_response({"plans": actions.listed(request.auth.person)})


@router.get("/plans/adopted/{slug:name}", summary="An adopted plan")
def adopted_plan(request: CalledRequest, name: str) -> HttpResponse:  # noqa: ARG001 - for everybody who may call
    """Answer with the whole text of an adopted plan, by its name."""
    return json_response(actions.public(name).plan)


@router.get("/plans/{uuid:plan_id}", summary="A plan")
def plan_text(request: CalledRequest, plan_id: UUID) -> HttpResponse:
    """Answer with the whole text of a plan, a draft too, and where it stands in its cycle."""
    seen = actions.view(request.auth.person, plan_id)
    return json_response({"record": seen.record, "plan": seen.plan, "steps": seen.standing.steps, "due": seen.standing.due})


@router.get("/plans/{uuid:plan_id}/versions", summary="Versions of a plan")
def plan_versions(request: CalledRequest, plan_id: UUID) -> HttpResponse:
    """Answer with the versions of a plan, the latest first."""
    actions.view(request.auth.person, plan_id)
    return json_response({"versions": actions.versions(request.auth.person, plan_id)})


@router.get("/plans/{uuid:plan_id}/difference", summary="The difference of two texts")
def plan_difference(request: CalledRequest, plan_id: UUID, old: int = 1, new: int = 0, other: UUID | None = None) -> HttpResponse:
    """Answer in words with what changed from a version to another (nothing: the present one), or from another plan to this one."""
    person = request.auth.person
    after = actions.text(person, plan_id, new)
    before = actions.text(person, other) if other else actions.text(person, plan_id, old)
    return json_response(
        {
            "old": _named(before),
            "new": _named(after),
            "changes": [{"change": each, "told": each.told()} for each in strategy.difference(before, after)],
            "annex": [{"list": title, "added": added, "taken": taken} for title, added, taken in annex.compared(before, after)],
        }
    )


@router.get("/plans/{uuid:plan_id}/annex", summary="The operational plan")
def plan_annex(request: CalledRequest, plan_id: UUID) -> HttpResponse:
    """Answer with every list of the operational plan, and with each indicator where its approval stands."""
    seen = actions.view(request.auth.person, plan_id)
    indicators = [{"code": each.code, "approval": seen.standing.approval_of(each)} for each in seen.plan.operation.indicators]
    return json_response({"operation": seen.plan.operation, "indicators": indicators})


@router.get("/plans/{uuid:plan_id}/reports", summary="Reports on a plan")
def plan_reports(request: CalledRequest, plan_id: UUID) -> HttpResponse:
    """Answer with what reports were written on a plan, without their texts."""
    return json_response({"reports": actions.view(request.auth.person, plan_id).standing.reports})


@router.get("/plans/{uuid:plan_id}/reports/{int:number}", summary="A report on a plan")
def plan_report(request: CalledRequest, plan_id: UUID, number: int) -> HttpResponse:
    """Answer with a report as it was written."""
    report, kept = actions.report(request.auth.person, plan_id, number)
    return json_response({"report": report, "written_at": kept.at, "written_by": kept.actor})


def _named(plan: StrategicPlan) -> dict[str, object]:
    return {"name": plan.name, "version": plan.version}
