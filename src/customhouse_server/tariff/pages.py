"""Pages of the tariff: the tree, the search, a commodity and the duty calculator for everybody; editions for those who keep them."""

import datetime as dt
from decimal import Decimal, InvalidOperation

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from customhouse import assessment, pipeline
from customhouse.assessment import option
from customhouse.kernel import Finding, Severity
from customhouse.tariff import Commodity, publication
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.tariff import actions
from customhouse_server.tariff.country import country_at, current_country
from customhouse_server.tariff.day import day_asked

MAX_RESULTS = 100
_LONGEST_QUERY = 100
_ASKED = ("code", "origin", "price", "currency", "net", "units", "additional_codes")


@require_safe
def browse(request: HttpRequest) -> HttpResponse:
    """The chapters, or what a search by code or words finds."""
    on = day_asked(request)
    query = request.GET.get("q", "").strip()[:_LONGEST_QUERY]
    commodities = [each for each in country_at(at=timezone.now()).law.tariff.nomenclature if each.validity.includes(on)]
    found = [each for each in commodities if _matches(each, query)] if query else [each for each in commodities if not each.parent]
    context = {"q": query, "commodities": found[:MAX_RESULTS], "total": len(found), "most": MAX_RESULTS, "day": on}
    return render(request, "tariff/browse.html", context)


@require_safe
def commodity(request: HttpRequest, code: str) -> HttpResponse:
    """One commodity: what stands above and below it, and every measure on it, those in force on the day first."""
    on, tariff = day_asked(request), country_at(at=timezone.now()).law.tariff
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


@require_safe
def calculator(request: HttpRequest) -> HttpResponse:
    """What some goods would owe on a day, by the engine that assesses declarations, and in every other way to bring them in."""
    country, on = country_at(at=timezone.now()), day_asked(request)
    asked = {name: request.GET.get(name, "").strip()[:_LONGEST_QUERY] for name in _ASKED}
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
            imagined = _imagined(asked).declaration()
            assessed, found = assessment.assess(imagined, country.law, on=on), option.options(imagined, country.law, on=on)
            context |= {"assessment": assessed, "found": found, "commodity": country.law.tariff.commodity(asked["code"], on=on)}
    return render(request, "tariff/calculator.html", context)


@require_safe
@for_roles(actions.TARIFF_OFFICE)
def editions(request: HttpRequest, person: Person) -> HttpResponse:
    """The editions of the tariff, and the draft with what it changes and which rules it breaks."""
    view = actions.draft(person, at=timezone.now())
    context: dict[str, object] = {"editions": reversed(actions.history()), "draft": view, "most": MAX_RESULTS}
    if view:
        authors = view.edition.prepared_by.split("; ")
        told = [_broken(each) for each in view.findings]
        stops = sum(each.severity is Severity.ERROR for each in view.findings)
        changed = [each for changes in view.difference.changed.values() for each in changes]
        context |= {"findings": told[:MAX_RESULTS], "found": len(told), "stops": stops, "may_publish": person.username not in authors}
        context |= {"changed": changed[:MAX_RESULTS], "added": list(view.difference.added)[:MAX_RESULTS]}
        context |= {"removed": list(view.difference.removed)[:MAX_RESULTS]}
    return render(request, "tariff/editions.html", context)


@require_POST
@for_roles(actions.TARIFF_OFFICE)
def prepare(request: HttpRequest, person: Person) -> HttpResponse:
    """Make a draft of the files that were handed in."""
    sent = request.FILES.getlist("files")
    if sum(each.size or 0 for each in sent) > actions.MOST_BYTES:
        flash.error(request, _("The files are too large."))
        return redirect("tariff:editions")
    files = {each.name or "": each.read() for each in sent}
    try:
        view = actions.prepare(person, files, note=request.POST.get("note", "")[:_LONGEST_QUERY], at=timezone.now())
        flash.success(request, _("The draft is ready.") if view else _("Nothing changes: what stands says the same."))
    except actions.MalformedTariffError as refusal:
        flash.error(request, str(refusal))
    return redirect("tariff:editions")


@require_POST
@for_roles(actions.TARIFF_OFFICE)
def publish(request: HttpRequest, person: Person) -> HttpResponse:
    """Publish the draft that another person prepared."""
    try:
        published = actions.publish(person, at=timezone.now())
        flash.success(request, _("Edition %(number)s is published.") % {"number": published.number})
    except publication.FourEyesError:
        flash.error(request, _("You prepared this edition: another person must publish it."))
    except publication.BrokenRulesError as refusal:
        flash.error(request, _("%(count)s rows break rules that stop publication.") % {"count": len(refusal.findings)})
    except publication.NoDraftError:
        flash.error(request, _("There is no draft edition."))
    return redirect("tariff:editions")


def _broken(finding: Finding) -> dict[str, str]:
    """A broken rule with its words in the reader's language."""
    rule = pipeline.ALL_RULES[finding.code]
    words = {"rule": _(publication.rule_name(finding.code)), "message": _(rule.wording).format_map(finding.params), "fix": _(rule.fix)}
    return {**pipeline.told(finding), **words}


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


def _imagined(asked: dict[str, str]) -> option.Goods:
    """The goods asked about, as if bought delivered to the border."""
    price, net, units = (_number(asked[name]) for name in ("price", "net", "units"))
    return option.Goods(
        code=asked["code"],
        origin=asked["origin"],
        price=price or Decimal(0),
        currency=asked["currency"],
        net_mass_kg=net,
        supplementary_units=units,
        additional_codes=tuple(asked["additional_codes"].upper().split()),
    )
