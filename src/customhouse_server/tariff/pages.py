"""Pages of the tariff, open to everybody: the tree, the search, a commodity with its measures on a day, and the duty calculator."""

import datetime as dt
from decimal import Decimal, InvalidOperation

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from customhouse import assessment
from customhouse.declaration import Amount, Declaration, GoodsItem, GoodsShipment, Measure, goods_declaration, goods_item
from customhouse.tariff import Commodity
from customhouse_server.tariff.country import country_at, current_country

MAX_RESULTS = 100
_LONGEST_QUERY = 100


@require_GET
def browse(request: HttpRequest) -> HttpResponse:
    """The chapters, or what a search by code or words finds."""
    on = _day(request)
    query = request.GET.get("q", "").strip()[:_LONGEST_QUERY]
    commodities = [each for each in country_at(at=timezone.now()).law.tariff.nomenclature if each.validity.includes(on)]
    found = [each for each in commodities if _matches(each, query)] if query else [each for each in commodities if not each.parent]
    context = {"q": query, "commodities": found[:MAX_RESULTS], "total": len(found), "most": MAX_RESULTS, "day": on}
    return render(request, "tariff/browse.html", context)


@require_GET
def commodity(request: HttpRequest, code: str) -> HttpResponse:
    """One commodity: what stands above and below it, and every measure on it, those in force on the day first."""
    on, tariff = _day(request), country_at(at=timezone.now()).law.tariff
    found = tariff.commodity(code, on=on)
    if found is None:
        raise Http404(_("There is no commodity %(code)s on this day.") % {"code": code})
    keys = set(tariff.nomenclature.keys_above(found.code))
    measures = [each for each in tariff.measures if not each.commodity or any(key and each.commodity.startswith(key) for key in keys)]
    covering = [each for each in measures if not each.commodity or found.code.startswith(each.commodity)]
    context = {
        "commodity": found,
        "above": _above(found, on=on),
        "below": [each for each in tariff.nomenclature if each.parent == found.code and each.validity.includes(on)],
        "in_force": [each for each in covering if each.is_in_force(on=on)],
        "history": [each for each in covering if not each.is_in_force(on=on)],
        "day": on,
    }
    return render(request, "tariff/commodity.html", context)


@require_GET
def calculator(request: HttpRequest) -> HttpResponse:
    """What some goods would owe on a day, by the engine that assesses declarations."""
    country, on = country_at(at=timezone.now()), _day(request)
    asked = {name: request.GET.get(name, "").strip()[:_LONGEST_QUERY] for name in ("code", "origin", "price", "currency", "net", "units")}
    asked["currency"] = asked["currency"] or country.currency
    context: dict[str, object] = {"asked": asked, "day": on, "currencies": _currencies(on=on)}
    if asked["code"]:
        faults = {
            name: _("Write a number, as 1250.50") for name in ("price", "net", "units") if asked[name] and _number(asked[name]) is None
        }
        if not asked["price"]:
            faults["price"] = _("Give the price of the goods.")
        context["faults"] = faults
        if not faults:
            assessed = assessment.assess(_imagined(asked), country.law, on=on)
            context |= {"assessment": assessed, "commodity": country.law.tariff.commodity(asked["code"], on=on)}
    return render(request, "tariff/calculator.html", context)


def _day(request: HttpRequest) -> dt.date:
    try:
        return dt.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return current_country().legal_day(at=timezone.now())


def _matches(each: Commodity, query: str) -> bool:
    digits = query.replace(" ", "").replace(".", "")
    if digits.isdigit():
        return each.code.startswith(digits)
    words = each.description.casefold()
    return all(word in words for word in query.casefold().split())


def _above(found: Commodity, *, on: dt.date) -> list[Commodity]:
    above: list[Commodity] = []
    here: Commodity | None = found
    while here and here.parent and len(above) < 12:  # noqa: PLR2004 - a tariff has no more levels; a circle must end
        here = country_at(at=timezone.now()).law.tariff.commodity(here.parent, on=on)
        if here:
            above.insert(0, here)
    return above


def _currencies(*, on: dt.date) -> list[str]:
    country = current_country()
    return sorted({country.currency, *country.law.exchange_rates.on(on, country.currency)})


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        return None
    return value if value.is_finite() and value >= 0 and value.adjusted() < 16 else None  # noqa: PLR2004 - the digits an amount may have


def _imagined(asked: dict[str, str]) -> Declaration:
    """A declaration of the goods alone, as if bought delivered to the border."""
    price, net, units = (_number(asked[name]) for name in ("price", "net", "units"))
    goods = goods_item.Commodity(
        classifications=(goods_item.Classification(id=asked["code"], identification_type_code="TSP"),),
        goods_measure=goods_item.GoodsMeasure(
            net_mass=None if net is None else Measure(net), tariff_quantity=None if units is None else Measure(units)
        ),
        invoice_line=goods_item.InvoiceLine(item_charge_amount=Amount(price or Decimal(0), asked["currency"])),
    )
    item = GoodsItem(
        sequence_numeric=1,
        commodity=goods,
        government_procedures=(goods_item.GovernmentProcedure(current_code="40", previous_code="00"),),
        origins=(goods_item.Origin(country_code=asked["origin"].upper(), type_code="1"),) if asked["origin"] else (),
    )
    return Declaration(goods_shipment=GoodsShipment(trade_terms=goods_declaration.TradeTerms(condition_code="CIF"), items=(item,)))
