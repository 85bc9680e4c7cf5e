"""Files of the registers for members of the integrity office: the self-assessment and the risk map as CSV, JSON and PDF."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.number import is_number
from customhouse_server.desk.paper import paper_answer
from customhouse_server.desk.sheet import csv_response
from customhouse_server.gateway.problem import json_response
from customhouse_server.integrity import exported, register, rulebook
from customhouse_server.integrity.assessment_paper import Assessed, content


@require_safe
@for_roles(CUSTOMS)
def assessment(request: HttpRequest, person: Person, form: str) -> HttpResponse:
    """The self-assessment of a year as a file of the form that is asked for."""
    now = timezone.now()
    year = year_of(request.GET.get("year", ""), now.year)
    found = Assessed(year, rulebook.questions(), register.answers(person, year), register.standings(person, year))
    if form == "csv":
        return csv_response(f"self-assessment-{year}.csv", exported.assessment_rows(found.questions, found.answers))
    if form == "json":
        return json_response(exported.assessment_document(found.questions, found.standings, found.answers, year=year))
    return paper_answer(f"self-assessment-{year}", content(found, on=now.date()), at=now)


@require_safe
@for_roles(CUSTOMS)
def risks(_request: HttpRequest, person: Person, form: str) -> HttpResponse:
    """The risk map of today as a file of the form that is asked for."""
    on = timezone.now().date()
    rated = register.risks(person, on=on)
    if form == "csv":
        return csv_response(f"risk-map-{on}.csv", exported.risk_rows(rated))
    return json_response(exported.risk_document(rulebook.risk_map(), rated))


def year_of(text: str, this_year: int) -> int:
    """The year that an address names, or this one."""
    return int(text) if is_number(text) and len(text) == len("2026") else this_year
