"""Availability over the interface: how the site stands, for everybody and for probes, and interruptions reported."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Router, Schema
from pydantic import AwareDatetime

from customhouse_server.availability import actions
from customhouse_server.availability.store import Report
from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response

router = Router(tags=["availability"])


class InterruptionText(Schema):
    """What does not work, what people do meanwhile, from when (now, where it is not said) and until when it is expected to last."""

    title: str = Field(max_length=200)
    meanwhile: str = Field(max_length=20_000)
    begins_at: AwareDatetime | None = None
    expected_until: AwareDatetime | None = None


class UpdateText(Schema):
    """What is known now, and whether the interruption has ended."""

    text: str = Field(max_length=20_000)
    ends: bool = False


@router.get("/service", auth=None, summary="Whether the site works")
def standing(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """Answer with the state of each part and with the interruptions of the last 90 days; 503 where the database does not answer."""
    found = actions.standing(at=timezone.now())
    told = {name: getattr(found, name) for name in ("state", "parts", "on", "planned", "over", "share")}
    return json_response(told)


@router.post("/service/interruptions", openapi_extra=ONCE, summary="Report an interruption")
def report(request: CalledRequest, body: InterruptionText) -> HttpResponse:
    """Tell everybody of an interruption that has begun or is planned."""
    call = request.auth
    told = Report(title=body.title, meanwhile=body.meanwhile, begins_at=body.begins_at or call.at, expected_until=body.expected_until)
    return done(request, lambda: {"number": actions.report(call.person, told, at=call.at)}, status=201)


@router.post("/service/interruptions/{int:number}/updates", openapi_extra=ONCE, summary="Say more of an interruption")
def say(request: CalledRequest, number: int, body: UpdateText) -> HttpResponse:
    """Say what is known now; with `ends` the interruption is over, or a planned one called off."""

    def act() -> object:
        actions.say(request.auth.person, number, body.text, at=request.auth.at, ends=body.ends)
        return {"number": number, "ended": body.ends}

    return done(request, act)
