"""Pages of the survey: its published results, the answers of whoever has a code, and the rounds that the integrity office holds."""

from fractions import Fraction

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.template.defaultfilters import floatformat
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from customhouse.development import integrity
from customhouse_server.accounts.actions import person_for
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.heat_map import Cell, heat_map
from customhouse_server.desk.number import is_number
from customhouse_server.desk.sheet import csv_response
from customhouse_server.desk.templatetags.customs import said
from customhouse_server.desk.words import retold
from customhouse_server.gateway.problem import json_response
from customhouse_server.integrity import rulebook
from customhouse_server.perception import actions, exported
from customhouse_server.perception.actions import Told, UnknownCodeError, UnknownWaveError

_CODE_LONGEST = 60
_HUNDRED = 100


@require_safe
def results(request: HttpRequest) -> HttpResponse:
    """What may be told of each wave, factor by factor; a member sees closed waves before they are published."""
    person = person_for(request, at=timezone.now())
    return render(request, "perception/results.html", {"waves": [_shown(each) for each in actions.told(person)]})


@require_safe
def results_file(request: HttpRequest, form: str) -> HttpResponse:
    """The same results as a file: CSV for people, JSON for programs."""
    told = actions.told(person_for(request, at=timezone.now()))
    return csv_response("integrity-survey.csv", exported.rows(told)) if form == "csv" else json_response(exported.document(told))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def answer(request: HttpRequest) -> HttpResponse:
    """The code first, then the statements; both travel in the body of a request alone."""
    code = request.POST.get("code", "")[:_CODE_LONGEST]
    if not code:
        return render(request, "perception/code.html", {})
    try:
        asked = actions.asked(code)
        if "answered" not in request.POST:
            return render(request, "perception/answer.html", {"asked": asked, "code": code, "levels": range(1, 6)})
        given = {each.code: request.POST.get(each.code, "") for each in asked.statements}
        actions.answer(code, {name: int(level) for name, level in given.items() if level in {"1", "2", "3", "4", "5"}})
    except UnknownCodeError as error:
        return render(request, "perception/code.html", {"refusal": retold(error)}, status=404)
    except integrity.perception.UnfitAnswerError as error:
        context = {"asked": asked, "code": code, "levels": range(1, 6), "refusal": retold(error)}
        return render(request, "perception/answer.html", context, status=422)
    return render(request, "perception/thanks.html", {})


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CUSTOMS)
@never_cache
def office(request: HttpRequest, person: Person) -> HttpResponse:
    """The rounds of the survey; who is asked and the codes are shown once, when a round is opened."""
    now, drawn = timezone.now(), None
    if request.method == "POST":
        posted = request.POST
        number = posted.get("close") or posted.get("publish", "")
        if is_number(number):
            try:
                (actions.close if posted.get("close") else actions.publish)(person, int(number), at=now)
            except UnknownWaveError as unknown:
                raise Http404(str(unknown)) from unknown
        else:
            percent = posted.get("percent", "")
            share = Fraction(min(int(percent), _HUNDRED) if is_number(percent) else _HUNDRED, _HUNDRED)
            drawn = actions.open_wave(person, share=share, at=now)
        if drawn is None:
            return redirect("perception:office")
    cells = [{"cell": cell, "codes": codes, "people": drawn.people[cell]} for cell, codes in drawn.codes.items()] if drawn else []
    return render(request, "perception/office.html", {"waves": actions.waves(person), "cells": cells})


def _shown(told: Told) -> dict[str, object]:
    """A wave as a table: a row for each cell, a column for each factor."""
    names = rulebook.questions().factors
    factors = sorted({each.factor for each in told.results})
    changed = {(each.factor, each.cell): each for each in told.changes if each.is_clear}
    by_place = {(each.factor, each.cell): each for each in told.results}
    cells = sorted({each.cell for each in told.results})
    rows = [
        {
            "cell": cell,
            "depth": len(cell),
            "results": [{"result": by_place[factor, cell], "change": changed.get((factor, cell))} for factor in factors],
        }
        for cell in cells
    ]
    title = _title(told, names)
    heads = [str(number) for number in factors]
    drawn = [(exported.cell_named(cell), [_cell(by_place[factor, cell], names) for factor in factors]) for cell in cells]
    return {
        "wave": told.wave,
        "factors": [(number, names[number - 1]) for number in factors],
        "rows": rows,
        "k": told.wave.survey.k,
        "title": title,
        "chart": heat_map(title, heads, drawn),
    }


def _title(told: Told, names: tuple[str, ...]) -> str:
    """Which factor everybody sees as the weakest, or that nothing may be told."""
    whole = [(each.mean, each.factor) for each in told.results if not each.cell and each.mean is not None]
    if not whole:
        return _("Too few answered for anything to be told")
    mean, factor = min(whole)
    return _("Seen as weakest: %(factor)s, %(mean)s of 5") % {"factor": said(names[factor - 1]), "mean": floatformat(mean, 1)}


def _cell(result: integrity.perception.Result, names: tuple[str, ...]) -> Cell:
    """The mean of a cell, or a dot that says no more than that it is hidden."""
    name = said(names[result.factor - 1])
    if result.mean is None:
        return Cell("·", _("too few answers"), 0)
    ends = {"low": floatformat(result.low, 1), "high": floatformat(result.high, 1)}
    scale = integrity.perception.HIGHEST - integrity.perception.LOWEST
    percent = int(_HUNDRED * (result.mean - integrity.perception.LOWEST) / scale)
    return Cell(floatformat(result.mean, 1), f"{name}, {_('%(low)s to %(high)s') % ends}", percent)
