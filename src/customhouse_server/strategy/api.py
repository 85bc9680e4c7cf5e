"""Strategic plans over the interface: read by those who see the pages, loaded, commented, taken through their cycle and reported on."""

from uuid import UUID

from django.http import HttpResponse
from ninja import Field, Router, Schema

from customhouse import strategy
from customhouse.strategy import Form, StrategicPlan, review
from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.strategy import actions, annex, frame
from customhouse_server.strategy.actions import StepDone, View
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import Day

router = Router(tags=["strategy"])


class PlanText(Schema):
    """The text of a plan in one of the forms of a file, and why it is kept."""

    text: str = Field(max_length=1_000_000)
    form: Form
    reason: str = Field(min_length=1)


class ListChanged(Schema):
    """A list of the operational plan, whole, why it changes, and the version of the plan that was read before."""

    entries: list[dict[str, object]]
    reason: str = Field(min_length=1)
    version: int


class FrameChanged(Schema):
    """What an operational plan counts in, why it changes, and the version of the plan that was read before."""

    currency: str
    rounding_step: str
    year_begins: str
    directorates: dict[str, str]
    reason: str = Field(min_length=1)
    version: int


class StepTaken(Schema):
    """What a body did with the step that is due."""

    step: review.cycle.Step
    year: int | None = None
    act: review.Act
    decision: str
    decided_on: Day
    reason: str = ""
    document: str = ""
    meeting: str = ""


class Commented(Schema):
    """A comment, whose view it is, for which body or region it is said, and by which way it came."""

    text: str
    origin: str = ""
    body: review.cycle.Body | None = None
    way: review.comment.Way = review.comment.Way.REMARK


class CommentAnswered(Schema):
    """What becomes of a comment, and why."""

    disposition: review.comment.Disposition
    text: str


class IndicatorDecided(Schema):
    """What the Audit Committee decided on an indicator."""

    approved: bool
    decision: str
    decided_on: Day
    meeting: str
    reason: str = Field("", description="Why it was decided in another month than the plan names for it.")


class ReportAsked(Schema):
    """The financial year by the calendar year in which it begins, and how many of its halves."""

    year: int
    halves: int


@router.get("/plans", summary="Strategic plans")
def plans(request: CalledRequest) -> HttpResponse:
    """Answer with the plans that are for the caller's eyes: where each stands and what is due for it."""
    return json_response({"plans": actions.listed(request.auth.person)})


@router.post("/plans", openapi_extra=ONCE, summary="Load a plan")
def load_plan(request: CalledRequest, body: PlanText) -> HttpResponse:
    """Keep a new plan, or the next version of the one of that name, annex and all; all that is wrong with it is told at once."""
    person, kept = request.auth.person, body.model_dump()
    return done(request, lambda: _stands(actions.load(person, at=request.auth.at, **kept)), status=201)


@router.get("/plans/adopted/{slug:name}", summary="An adopted plan")
def adopted_plan(request: CalledRequest, name: str) -> HttpResponse:  # noqa: ARG001 - for everybody who may call
    """Answer with an adopted plan by its name as everybody may read it: without restricted figures, risks and what was spent."""
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
    return json_response({"operation": seen.plan.operation} | _approved(seen))


@router.put("/plans/{uuid:plan_id}/annex/{slug:name}", openapi_extra=ONCE, summary="Change a list of the operational plan")
def change_annex(request: CalledRequest, plan_id: UUID, name: str, body: ListChanged) -> HttpResponse:
    """Keep the next version of a plan with another list in the place of one, as an administrator; all that is wrong is told at once."""
    person = request.auth.person

    def act() -> object:
        raw = annex.replaced(actions.view(person, plan_id).plan, name, body.entries)
        seen = actions.revise(person, plan_id, raw, reason=body.reason, over=body.version, at=request.auth.at)
        return _stands(seen) | {"entries": getattr(seen.plan.operation, name)}

    return done(request, act)


@router.put("/plans/{uuid:plan_id}/frame", openapi_extra=ONCE, summary="Change the frame of the operational plan")
def change_frame(request: CalledRequest, plan_id: UUID, body: FrameChanged) -> HttpResponse:
    """Keep the next version of a plan that counts in this currency, rounding step, financial year and directorates."""
    person, on = request.auth.person, current_country().legal_day(at=request.auth.at)

    def act() -> object:
        raw = frame.changed(actions.view(person, plan_id).plan, body.model_dump(include=set(frame.FIELDS)), on=on)
        return _stands(actions.revise(person, plan_id, raw, reason=body.reason, over=body.version, at=request.auth.at))

    return done(request, act)


@router.get("/plans/{uuid:plan_id}/reports", summary="Reports on a plan")
def plan_reports(request: CalledRequest, plan_id: UUID) -> HttpResponse:
    """Answer with what reports were written on a plan, without their texts."""
    return json_response({"reports": actions.view(request.auth.person, plan_id).standing.reports})


@router.get("/plans/{uuid:plan_id}/reports/{int:number}", summary="A report on a plan")
def plan_report(request: CalledRequest, plan_id: UUID, number: int) -> HttpResponse:
    """Answer with a report as it was written."""
    report, kept = actions.report(request.auth.person, plan_id, number)
    return json_response({"report": report, "written_at": kept.at, "written_by": kept.actor})


@router.post("/plans/{uuid:plan_id}/reports", openapi_extra=ONCE, summary="Write a report on a plan")
def write_plan_report(request: CalledRequest, plan_id: UUID, body: ReportAsked) -> HttpResponse:
    """Write the report on half a financial year or the whole of it."""
    person = request.auth.person

    def act() -> object:
        number = actions.write_report(person, plan_id, body.year, halves=body.halves, at=request.auth.at)
        return {"number": number, "report": actions.report(person, plan_id, number)[0]}

    return done(request, act, status=201)


@router.get("/plans/{uuid:plan_id}/cycle", summary="The cycle of a plan")
def plan_cycle(request: CalledRequest, plan_id: UUID) -> HttpResponse:
    """Answer with what is due, what was done, the steps that follow with their days, and the comments with what became of each."""
    seen = actions.view(request.auth.person, plan_id)
    follows = [{"step": each.step, "year": each.year, "on": on} for each, on in review.cycle.calendar(seen.plan)]
    return json_response(_stands(seen) | {"steps": seen.standing.steps, "follows": follows, "comments": seen.standing.comments})


@router.post("/plans/{uuid:plan_id}/comments", openapi_extra=ONCE, summary="Comment on a plan")
def comment_on_plan(request: CalledRequest, plan_id: UUID, body: Commented) -> HttpResponse:
    """Comment on what is due for a plan."""
    said = review.comment.Said(**body.model_dump())
    return done(request, lambda: _commented(actions.comment(request.auth.person, plan_id, said=said, at=request.auth.at)), status=201)


@router.post("/plans/{uuid:plan_id}/comments/{int:number}/answer", openapi_extra=ONCE, summary="Answer a comment on a plan")
def answer_comment(request: CalledRequest, plan_id: UUID, number: int, body: CommentAnswered) -> HttpResponse:
    """Say what becomes of a comment, and why."""
    person, answered = request.auth.person, body.model_dump()
    return done(request, lambda: _commented(actions.answer(person, plan_id, number, at=request.auth.at, **answered)))


@router.post("/plans/{uuid:plan_id}/proposal", openapi_extra=ONCE, summary="Put a plan up for adoption")
def put_up_plan(request: CalledRequest, plan_id: UUID) -> HttpResponse:
    """Put the present version up; another person records its adoption."""
    return done(request, lambda: _stands(actions.put_up(request.auth.person, plan_id, at=request.auth.at)))


@router.post("/plans/{uuid:plan_id}/cycle", openapi_extra=ONCE, summary="Take the step of a plan that is due")
def take_plan_step(request: CalledRequest, plan_id: UUID, body: StepTaken) -> HttpResponse:
    """Record what a body did with the step that is due: conclude it, skip it or send it back."""
    step = StepDone(**body.model_dump())
    return done(request, lambda: _stands(actions.take_step(request.auth.person, plan_id, step, at=request.auth.at)))


@router.post("/plans/{uuid:plan_id}/indicators/{code}/proposal", openapi_extra=ONCE, summary="Put an indicator forward")
def put_indicator_forward(request: CalledRequest, plan_id: UUID, code: str) -> HttpResponse:
    """Put an indicator before the Audit Committee; another person records what it decided."""
    return done(request, lambda: _approved(actions.put_forward(request.auth.person, plan_id, code, at=request.auth.at)))


@router.post("/plans/{uuid:plan_id}/indicators/{code}/decision", openapi_extra=ONCE, summary="Decide on an indicator")
def decide_indicator(request: CalledRequest, plan_id: UUID, code: str, body: IndicatorDecided) -> HttpResponse:
    """Record what the Audit Committee decided on an indicator, as another person than put it forward."""
    person = request.auth.person
    told = review.standing.Decision(text=body.decision, on=body.decided_on, actor=person.username, reason=body.reason, meeting=body.meeting)
    return done(
        request, lambda: _approved(actions.decide_indicator(person, plan_id, code, told=told, approved=body.approved, at=request.auth.at))
    )


def _stands(seen: View) -> dict[str, object]:
    return {"record": seen.record, "due": seen.standing.due}


def _commented(seen: View) -> dict[str, object]:
    return {"comments": seen.standing.comments}


def _approved(seen: View) -> dict[str, object]:
    return {"indicators": [{"code": each.code, "approval": seen.standing.approval_of(each)} for each in seen.plan.operation.indicators]}


def _named(plan: StrategicPlan) -> dict[str, object]:
    return {"name": plan.name, "version": plan.version}
