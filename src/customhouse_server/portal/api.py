"""The portal over the interface: what is published, and notices; each a thin shell over `actions`."""

from django.http import HttpResponse
from ninja import Field, Router, Schema

from customhouse_server.gateway.act import ONCE, done
from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.portal import actions
from customhouse_server.portal.store import Wording
from customhouse_server.tariff.country import current_country
from customhouse_server.tariff.day import Day

router = Router(tags=["portal"])


class NoticeText(Schema):
    """What a notice says."""

    title: str = Field(min_length=1, max_length=200)
    text: str = Field(min_length=1, max_length=50_000)
    legal_basis: str = Field(default="", max_length=200)
    effective_on: Day | None = None
    subject: str = Field(default="", max_length=40, description="The name of the publication that it is about, as `fees`; empty: of all.")


@router.get("/publications", summary="What is published")
def publications(request: CalledRequest, day: Day | None = None) -> HttpResponse:
    """Answer with the name and title of every sheet of rules, and of the sheets that this site keeps."""
    on = day or current_country().legal_day(at=request.auth.at)
    found = [*actions.titles(on=on), *(actions.publication(name, on=on) for name in ("notices", "times"))]
    return json_response({"publications": [{"name": each.name, "title": each.sheet.title, "basis": each.sheet.basis} for each in found]})


@router.get("/publications/{name}", summary="Read what is published")
def publication(request: CalledRequest, name: str, day: Day | None = None) -> HttpResponse:
    """Answer with a sheet of the rules as it stands on a day; without a day, on today's."""
    return json_response(actions.publication(name, on=day or current_country().legal_day(at=request.auth.at)).told())


@router.post("/notices", openapi_extra=ONCE, summary="Publish a notice")
def publish_notice(request: CalledRequest, body: NoticeText) -> HttpResponse:
    """Publish a notice under the next number."""
    wording = Wording(body.title, body.text, body.legal_basis, body.effective_on, body.subject)
    return done(request, lambda: actions.publish(request.auth.person, wording, at=request.auth.at), status=201)
