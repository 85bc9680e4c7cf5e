"""The registers over the interface: read as far as they are for the caller."""

from django.http import HttpResponse
from ninja import Router

from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.portal.actions import made_public
from customhouse_server.register import actions
from customhouse_server.tariff.country import current_country

router = Router(tags=["registers"])


@router.get("/registers/{name}", summary="Read a register")
def read_register(request: CalledRequest, name: str) -> HttpResponse:
    """Answer with the entries of a register that the caller may see, as they stand today."""
    on, kind = current_country().legal_day(at=request.auth.at), actions.kind_of(name)
    if not actions.may_read(kind, request.auth.person):
        raise actions.UnknownEntryError("there is no register {name}", name=name)
    return json_response(made_public(name, actions.sheet(kind, request.auth.person, on=on), on=on).told())
