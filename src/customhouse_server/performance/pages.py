"""Pages of indicators: the dashboard by dimension, one page an indicator, its table as CSV, and the events behind each figure."""

import datetime as dt
import re
from functools import partial

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, sanitize_separators
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from customhouse.performance import indicator, kept_back
from customhouse_server.accounts.actions import person_for
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.declaration.record import UnknownDeclarationError
from customhouse_server.desk.number import is_number
from customhouse_server.desk.sheet import csv_response
from customhouse_server.performance import actions, drawing, release_study, stated, study_view, telling
from customhouse_server.performance.actions import Reading
from customhouse_server.performance.current import current_indicators, event_store
from customhouse_server.performance.disclosure import HEADS, is_of_house
from customhouse_server.performance.kept import Baseline, UnfitStatementError, UnknownIndicatorError
from customhouse_server.performance.period import Period, UnknownPeriodError, read_period
from customhouse_server.tariff.day import read_day

PAGE_SIZE = 50
_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
"""What the site's own declarations are known by; those of a made-up year are not."""


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """How customs performs in a period, by the four dimensions; everybody sees what is for his eyes."""
    person = person_for(request, at=timezone.now())
    period = _period(request)
    try:
        readings = actions.dashboard(person, period)
    except UnknownPeriodError as error:
        raise Http404(str(error)) from error
    groups = [
        {"dimension": dimension, "cards": [_card(each, period) for each in readings if each.indicator.dimension is dimension]}
        for dimension in indicator.Dimension
    ]
    published = release_study.last_published()
    context = _chosen(period) | {
        "groups": groups,
        "is_empty": all(each.figure is None for each in readings),
        "is_of_house": is_of_house(person),
        "study": published,
        "headline": study_view.headline(published.result) if published and published.result else "",
        "computed_at": actions.computed_at(period),
    }
    return render(request, "performance/dashboard.html", context)


@require_safe
def one(request: HttpRequest, code: str) -> HttpResponse:
    """One indicator: what it says, how it is worked out, its series, and its data."""
    period = _period(request)
    found = _reading(request, code, period)
    each = found.indicator
    points = [_point(month, figure) for month, figure in found.months]
    named = {
        "name": _(each.name),
        "figure": telling.figure(each, found.figure),
        "period": named_period(period),
    }
    chart = drawing.series(
        points,
        _("%(name)s: %(figure)s in %(period)s, and the months before") % named,
        target=each.target,
        told_target=_("target %(figure)s") % {"figure": telling.amount(each, each.target)},
        told=partial(telling.tick, each),
    )
    person = person_for(request, at=timezone.now())
    context = _chosen(period) | {
        "card": _card(found, period),
        "each": each,
        "chart": chart,
        "rows": _rows(found),
        "said": stated.narrative(code, period),
        "is_head": bool(person and person.role in HEADS),
    }
    return render(request, "performance/indicator.html", context)


@require_POST
@for_roles(HEADS)
def state(request: HttpRequest, person: Person, code: str) -> HttpResponse:
    """State the baseline of an indicator, or say what its figure for a period means."""
    period, posted = _period(request), request.POST
    try:
        if "baseline" in posted:
            stated.state_baseline(person, code, _baseline(request), at=timezone.now())
        else:
            text = posted.get("narrative", "").replace("\x00", "").strip()
            stated.narrate(person, code, period, text=text, at=timezone.now())
        flash.success(request, _("Saved."))
    except UnknownIndicatorError as error:
        raise Http404(str(error)) from error
    except UnfitStatementError as refusal:
        flash.error(request, _(str(refusal)))
    return redirect(f"{reverse('performance:indicator', args=[code])}?period={period.name}")


@require_safe
def data(request: HttpRequest, code: str) -> HttpResponse:
    """The months of an indicator as CSV."""
    found = _reading(request, code, _period(request))
    head = ("code", "version", "start", "end", "value", "low", "high", "n", "quality", "status")
    rows = [
        (
            figure.code,
            figure.version,
            figure.start,
            figure.end,
            figure.value,
            *((figure.interval.low, figure.interval.high) if figure.interval else ("", "")),
            figure.n,
            figure.quality.value,
            figure.status,
        )
        for _month, figure in found.months
        if figure
    ]
    return csv_response(f"{code}.csv", [head, *rows])


@require_safe
def events(request: HttpRequest, code: str) -> HttpResponse:
    """The events behind a figure, a page at a time; the public sees days, and no single event."""
    period, place = _period(request), request.GET.get("page", "1")
    page = int(place) if is_number(place) and 0 < int(place) < 10**6 else 1
    found = _reading(request, code, period)
    person = person_for(request, at=timezone.now())
    tracing = actions.tracing(person, code, period, limit=PAGE_SIZE, offset=(page - 1) * PAGE_SIZE)
    context = _chosen(period) | {
        "card": _card(found, period),
        "each": found.indicator,
        "tracing": tracing,
        "days": [(day, "" if day.counts is None else telling.number(day.counts)) for day in tracing.days],
        "kept_back": kept_back.WHY,
        "traces": [(trace, telling.number(trace.counts)) for trace in tracing.events],
        "is_of_house": is_of_house(person),
        "pages": Paginator(range(tracing.total), PAGE_SIZE).get_page(page),
        "query": f"period={period.name}",
        "fewest": kept_back.FEWEST,
    }
    return render(request, "performance/events.html", context)


@require_safe
@for_roles(CUSTOMS)
def history(request: HttpRequest, person: Person, declaration_id: str) -> HttpResponse:
    """What happened to one declaration, as the event store has it."""
    try:
        found = actions.told(person, declaration_id)
    except UnknownDeclarationError as error:
        raise Http404(str(error)) from error
    context = {
        "declaration_id": declaration_id,
        "live_id": declaration_id if _UUID.fullmatch(declaration_id) else "",
        "events": found,
        "office": found[0].office,
        "declarant": found[0].declarant,
    }
    return render(request, "performance/history.html", context | {"is_made_up": event_store().is_made_up})


def named_period(period: Period) -> str:
    """A month, a year or the days from first to last in the reader's words."""
    if period.is_month or period.is_year:
        return date_format(period.start, "F Y" if period.is_month else "Y")
    days = {"first": date_format(period.start, "j M Y"), "last": date_format(period.end - dt.timedelta(days=1), "j M Y")}
    return _("%(first)s to %(last)s") % days


def _period(request: HttpRequest) -> Period:
    asked = request.GET.get("period", "")
    try:
        return read_period(asked) if asked else actions.latest_period(on=timezone.now().date())
    except UnknownPeriodError as error:
        raise Http404(str(error)) from error


def _baseline(request: HttpRequest) -> Baseline:
    posted = request.POST
    try:
        value, on = float(sanitize_separators(posted.get("value", ""))), read_day(posted.get("of_day", ""))
    except ValueError:
        raise UnfitStatementError("write the baseline as a number, as 0.85, and its day as 2026-12-31") from None
    return Baseline(value, on, posted.get("source", "").replace("\x00", "").strip())


def _reading(request: HttpRequest, code: str, period: Period) -> Reading:
    try:
        return actions.reading(person_for(request, at=timezone.now()), code, period)
    except (UnknownIndicatorError, UnknownPeriodError) as error:
        raise Http404(str(error)) from error


def _chosen(period: Period) -> dict[str, object]:
    shown = actions.shown_periods(on=timezone.now().date())
    listed = shown if period in shown else (period, *shown)
    return {
        "period": period,
        "period_name": named_period(period),
        "periods": [(each.name, named_period(each)) for each in listed],
        "is_made_up": event_store().is_made_up,
        "set": current_indicators(),
    }


def _card(reading: Reading, period: Period) -> dict[str, object]:
    each, figure = reading.indicator, reading.figure
    trend = _("%(name)s, the last twelve months") % {"name": _(each.name)}
    pair = reading.pair
    return {
        "each": each,
        "figure": figure,
        "told": telling.figure(each, figure),
        "unit": telling.unit(each),
        "between": telling.between(each, figure),
        "status": telling.status(figure),
        "tone": telling.TONES.get(figure.status, "") if figure else "",
        "line": drawing.sparkline([month.value if month else None for _period_, month in reading.months], trend),
        "baseline": _("no baseline stated") if each.baseline is None else telling.amount(each, each.baseline),
        "travelled": telling.travelled(reading.travelled),
        "target": telling.amount(each, each.target),
        "alarm": telling.amount(each, each.alarm),
        "pair": pair,
        "pair_told": telling.figure(pair, reading.pair_figure) if pair else "",
        "period": period,
    }


def _point(month: Period, figure: indicator.Figure | None) -> drawing.Point:
    label = date_format(month.start, "M Y")
    if figure is None:
        return drawing.Point(label, None)
    between = figure.interval
    return drawing.Point(label, figure.value, between.low if between else None, between.high if between else None)


def _rows(reading: Reading) -> list[dict[str, object]]:
    each = reading.indicator
    return [
        {
            "name": month.name,
            "month": named_period(month),
            "figure": figure,
            "told": telling.figure(each, figure),
            "between": telling.between(each, figure),
            "status": telling.status(figure),
            "tone": telling.TONES.get(figure.status, "") if figure else "",
        }
        for month, figure in reversed(reading.months)
    ]
