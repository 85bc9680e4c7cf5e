"""Pages of studies on the event store: the revenue to expect, and the gaps against a partner's trade, each with its files."""

import datetime as dt
from decimal import Decimal
from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.chart import Bar, bars
from customhouse_server.desk.sheet import csv_response
from customhouse_server.desk.templatetags.customs import amount
from customhouse_server.desk.words import WORDS, retold
from customhouse_server.performance import telling
from customhouse_server.performance.current import event_store
from customhouse_server.performance.disclosure import HEADS
from customhouse_server.performance.drawing import Point, series
from customhouse_server.research.forecasting import Foretold, foretold
from customhouse_server.research.mirroring import MOST_BYTES, Mirrored, mirrored
from customhouse_server.research.question import A_YEAR, UnfitQuestionError, whole_months
from customhouse_server.tariff.day import today

_MOST_BARS, _MOST_ROWS, _UNPROCESSABLE = 12, 200, 422
_MILLION = 1_000_000
_FACTORS = {"low": "1.02", "usual": "1.06", "high": "1.10"}


@require_safe
@for_roles(HEADS)
def forecast(request: HttpRequest, person: Person, form: str = "html") -> HttpResponse:
    """The revenue to expect: the months that came and those to come, how sure it is, and on what it rests; as a page, CSV or JSON."""
    typed = {name: str(value) for name, value in request.GET.items()}
    context = _described({"months": "12", "elasticity": "1"} | typed, whole_months(event_store(), on=today()))
    try:
        found = foretold(person, typed, at=timezone.now())
    except UnfitQuestionError as refusal:
        return render(request, "research/forecast.html", context | {"faults": refusal.faults}, status=_UNPROCESSABLE if typed else 200)
    if form == "csv":
        return csv_response(_named("forecast.csv", made_up=found.is_made_up), forecast_rows(found))
    if form == "json":
        return _json_file(_named("forecast.json", made_up=found.is_made_up), found)
    return render(request, "research/forecast.html", context | _drawn(found) | {"query": request.GET.urlencode()})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(HEADS)
def mirror(request: HttpRequest, person: Person) -> HttpResponse:
    """A partner's trade beside ours: the table is given, the gaps are shown, or handed out as CSV or JSON; what was typed stays."""
    typed = {name: str(value) for name, value in request.POST.items()}
    context = _described(_FACTORS | typed, whole_months(event_store(), on=today(), most=A_YEAR)) | {"most": MOST_BYTES // _MILLION}
    if request.method != "POST":
        return render(request, "research/mirror.html", context)
    table, fault = _table(request)
    context["table"] = table
    try:
        found = mirrored(person, typed, table, at=timezone.now())
    except UnfitQuestionError as refusal:
        faults = {name: why for name, why in refusal.faults.items() if not (fault and name.startswith("table"))}
        faults |= {"table": fault} if fault else {}
        return render(request, "research/mirror.html", context | {"faults": faults}, status=_UNPROCESSABLE)
    match typed.get("form"):
        case "csv":
            return csv_response(_named("mirror.csv", made_up=found.is_made_up), mirror_rows(found))
        case "json":
            return _json_file(_named("mirror.json", made_up=found.is_made_up), found)
    return render(request, "research/mirror.html", context | _ranked(found))


def forecast_rows(found: Foretold) -> list[tuple[object, ...]]:
    """The months of a forecast as a table, those that came first."""
    head = ("month", "kind", "revenue", "low", "high", "currency", "basis")
    came = [(f"{each.first_day:%Y-%m}", "assessed", each.revenue, "", "", found.currency, "") for each in found.history]
    told = [(f"{each.month:%Y-%m}", "expected", each.revenue, each.low, each.high, found.currency, each.basis) for each in found.lines]
    return [head, *came, *told]


def mirror_rows(found: Mirrored) -> list[tuple[object, ...]]:
    """The gaps as a table, the largest unexplained first."""
    names = ("hs", "partner", "reported", "recorded", "possible", "low", "usual", "high", "verdict")
    rows = [tuple("" if getattr(gap, name) is None else getattr(gap, name) for name in names) for gap in found.gaps]
    return [(*names, "currency"), *((*row[:-1], row[-1].value, found.currency) for row in rows)]


def _described(typed: dict[str, str], found: tuple[dt.date, dt.date] | None) -> dict[str, Any]:
    """What was typed, and where no months were, those that are found in the store."""
    days = {"start": f"{found[0]:%Y-%m}", "end": f"{found[1]:%Y-%m}"} if found else {}
    return {"typed": days | {name: text for name, text in typed.items() if text}, "is_empty": found is None}


def _drawn(found: Foretold) -> dict[str, Any]:
    came = [Point(_month(each.first_day), float(each.revenue)) for each in found.history]
    told = [Point(_month(each.month), float(each.revenue), _float(each.low), _float(each.high)) for each in found.lines]
    words = {"amount": amount(found.total, found.currency), "months": len(found.lines), "from": _month(found.lines[0].month)}
    title = _("%(amount)s are expected in %(months)s months from %(from)s") % words
    chart = series([*came, *told], title, target=None, told_target="", told=_short)
    lines = [(each, retold(each.basis)) for each in found.lines]
    return {"found": found, "lines": lines, "title": title, "chart": chart, "is_made_up": found.is_made_up}


def _ranked(found: Mirrored) -> dict[str, Any]:
    most = found.sure[:_MOST_BARS]
    title = _("Every gap is explained by carriage.")
    if found.is_untold:
        title = _("No gap is sure: what may be recorded beside other goods could fill it.")
    if most:
        words = {"hs": most[0].hs, "partner": most[0].partner, "verdict": _(WORDS[most[0].verdict.value])}
        title = _("The largest gap is in chapter %(hs)s from %(partner)s: %(verdict)s") % words
    rows = [Bar(f"{each.hs} · {each.partner}"[:16], each.usual, amount(each.usual.quantize(Decimal(1)), found.currency)) for each in most]
    shown = {"found": found, "title": title, "rows": found.gaps[:_MOST_ROWS], "is_made_up": found.is_made_up}
    return shown | {"chart": bars(title, rows) if rows else ""}


def _table(request: HttpRequest) -> tuple[str, str]:
    """The table that was uploaded, or else the one that stands in the form, and what is wrong with it."""
    file = request.FILES.get("file")
    written = request.POST.get("table", "").replace("\x00", "")
    if file is None:
        return written, "" if written.strip() else _("Choose a table of at most 1 MB.")
    if (file.size or 0) > MOST_BYTES:
        return written, _("Choose a table of at most 1 MB.")
    try:
        return file.read().decode("utf-8-sig").replace("\x00", ""), ""
    except UnicodeDecodeError:
        return written, _("The file is not written in UTF-8.")


def _json_file(name: str, value: object) -> HttpResponse:
    content = msgspec.json.format(msgspec.json.encode(value))
    return HttpResponse(content, content_type="application/json", headers={"Content-Disposition": f'attachment; filename="{name}"'})


def _named(name: str, *, made_up: bool) -> str:
    """The name of a file; it says too that its figures are made up."""
    return f"{'made-up-' if made_up else ''}{name}"


def _month(day: dt.date) -> str:
    return str(date_format(day, "M Y"))


def _float(value: Decimal | None) -> float | None:
    return None if value is None else float(value)


def _short(value: float) -> str:
    return f"{telling.number(value / _MILLION)}\N{NO-BREAK SPACE}M" if abs(value) >= _MILLION else telling.number(value)
