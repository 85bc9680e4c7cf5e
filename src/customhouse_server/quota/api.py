"""Quotas over the interface: how each stands today, and its periods with their history."""

from django.http import HttpResponse
from ninja import Router

from customhouse_server.gateway.call import CalledRequest
from customhouse_server.gateway.problem import json_response
from customhouse_server.quota import actions
from customhouse_server.quota.actions import Standing
from customhouse_server.tariff.country import current_country

router = Router(tags=["quotas"])


@router.get("/quotas", summary="List quotas")
def listed(request: CalledRequest) -> HttpResponse:
    """Answer with every quota whose period holds today: its volume, what is drawn and left, and how it stands."""
    on = current_country().legal_day(at=request.auth.at)
    return json_response({"on": on, "quotas": [_about(each) for each in actions.standings(on=on)]})


@router.get("/quotas/{order_number}", summary="Read a quota")
def read(request: CalledRequest, order_number: str) -> HttpResponse:
    """Answer with the periods of an order number, the last first, and what each day drew and gave back."""
    found = actions.standing(order_number, on=current_country().legal_day(at=request.auth.at))
    periods = [{**_about(each), "history": actions.history(each)} for each in found]
    return json_response({"order_number": order_number, "periods": periods})


def _about(standing: Standing) -> dict[str, object]:
    kept = standing.quota
    return {
        "order_number": kept.order_number,
        "valid_from": kept.period.start,
        "valid_to": kept.period.end,
        "volume": kept.volume,
        "unit": kept.unit,
        "method": kept.method,
        "origins": kept.origins,
        "parent": kept.parent,
        "legal_basis": kept.legal_basis,
        "state": standing.state,
        "drawn": standing.drawn,
        "available": standing.available,
        "waiting": standing.waiting,
        "last_answered_on": standing.last_answered_on,
    }
