"""Pages of self-assessment: the indicators of a year with what is said of them, and one of them to be written, reviewed and published."""

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from customhouse.performance import indicator
from customhouse_server.accounts.actions import person_for
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.number import is_number
from customhouse_server.desk.words import retold
from customhouse_server.performance import review, telling
from customhouse_server.performance.disclosure import HEADS, HOUSE
from customhouse_server.performance.kept import Statement, UnfitStatementError, UnknownAssessmentError
from customhouse_server.performance.review import Line, OutOfTurnError, SameReviewerError

_REFUSALS = (OutOfTurnError, SameReviewerError, UnfitStatementError)


@require_safe
def assessments(request: HttpRequest) -> HttpResponse:
    """A year: every indicator, with what is said of it and the figure that the events give."""
    person = person_for(request, at=timezone.now())
    asked, this_year = request.GET.get("year", ""), timezone.now().year
    year = int(asked) if is_number(asked) and len(asked) == len("2026") else this_year
    context = {
        "year": year,
        "years": range(this_year, this_year - 6, -1),
        "lines": [(each, *_told(each)) for each in review.lines(person, year)],
        "is_of_house": bool(person and person.role in HOUSE),
    }
    return render(request, "performance/assessments.html", context)


@require_safe
@for_roles(HOUSE)
def assessment(request: HttpRequest, person: Person, year: int, code: str) -> HttpResponse:
    """One indicator in one year: where its statement stands, and what can be done with it now."""
    try:
        found = review.line(person, year, code)
    except (UnknownAssessmentError, ValueError) as error:
        raise Http404(str(error)) from error
    said, measured = _told(found)
    standing = found.assessment
    context = {
        "line": found,
        "each": found.indicator,
        "year": year,
        "said": said,
        "unit": telling.unit(found.indicator),
        "measured": measured,
        "measured_before": _amount(found, found.figure_before),
        "status": standing.status.value if standing else "in_draft",
        "statement": standing.statement if standing else Statement(),
        "is_own": bool(standing and standing.author_id == person.id),
        "is_head": person.role in HEADS,
        "levels": [each.value for each in indicator.Disclosure],
    }
    return render(request, "performance/assessment.html", context)


@require_POST
@for_roles(HOUSE)
def act(request: HttpRequest, person: Person, year: int, code: str) -> HttpResponse:
    """Save the draft, submit it, agree with it or send it back, or publish it."""
    posted, now = request.POST, timezone.now()
    try:
        match posted.get("act"):
            case "say":
                review.say(person, year, code, statement=_statement(request), at=now)
            case "submit":
                review.submit(person, year, code, at=now)
            case "agree" | "return":
                said = posted.get("review", "").strip()
                review.review(person, year, code, said=said, is_agreed=posted["act"] == "agree", at=now)
            case "publish":
                review.publish(person, year, code, at=now)
            case unknown:
                raise Http404(f"nothing is done by {unknown}")
        flash.success(request, _("Done."))
    except UnknownAssessmentError as error:
        raise Http404(str(error)) from error
    except _REFUSALS as error:
        flash.error(request, retold(error))
    return redirect("performance:assessment", year, code)


def _statement(request: HttpRequest) -> Statement:
    posted = request.POST
    value = posted.get("value", "").strip()
    try:
        number = float(value) if value else None
    except ValueError:
        raise UnfitStatementError("write the value as a number, as 0.85") from None
    level = posted.get("disclosure", indicator.Disclosure.RESTRICTED.value)
    if level not in set(indicator.Disclosure):
        raise UnfitStatementError("choose who may see it")
    words = {name: posted.get(name, "").strip() for name in ("not_measurable", "narrative", "context", "evidence")}
    return Statement(value=number, disclosure=indicator.Disclosure(level), **words)


def _told(line: Line) -> tuple[str, str]:
    """What is said, and what the events say."""
    said = telling.amount(line.indicator, line.assessment.statement.value) if line.assessment else telling.UNKNOWN
    if line.assessment and line.assessment.statement.not_measurable:
        said = _("not measurable")
    return said, _amount(line, line.figure)


def _amount(line: Line, figure: indicator.Figure | None) -> str:
    return telling.figure(line.indicator, figure)
