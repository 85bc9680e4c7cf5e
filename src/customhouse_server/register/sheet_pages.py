"""Pages of what is worked out of several registers: what is due, the budget beside the plan, and the audits by year."""

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from customhouse_server.accounts.actions import person_for
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.number import is_number
from customhouse_server.portal.actions import made_public
from customhouse_server.portal.answer import answer
from customhouse_server.register import actions, audit, budget
from customhouse_server.register.writing import EDITORS
from customhouse_server.tariff.day import day_asked

_TEMPLATE = "register/sheet.html"


@require_safe
def due(request: HttpRequest, form: str = "html") -> HttpResponse:
    """What somebody has to look at, in all registers that the reader may look into."""
    reader, on = person_for(request, at=timezone.now()), day_asked(request)
    return answer(request, made_public("due", actions.due(reader, on=on), on=on), form, template=_TEMPLATE, data="register:due_data")


@require_safe
def budget_plan(request: HttpRequest, form: str = "html") -> HttpResponse:
    """The proposals of the years beside the costs of the plan."""
    on = day_asked(request)
    more = {"back": "budget", "data": "register:budget_plan_data"}
    return answer(request, made_public("budget-beside-plan", budget.beside_plan(), on=on), form, template=_TEMPLATE, **more)


@require_safe
@for_roles(CUSTOMS | EDITORS)
def audit_plan(request: HttpRequest, person: Person, form: str = "html") -> HttpResponse:
    """What is audited in which year, and what is left out and why."""
    on = day_asked(request)
    more = {"back": "audits", "data": "register:audit_plan_data", "years": audit.years_to_enter() if person.role in EDITORS else ()}
    return answer(request, made_public("audits-by-year", audit.sheet(), on=on), form, template=_TEMPLATE, **more)


@require_POST
@for_roles(EDITORS)
def enter_audits(request: HttpRequest, person: Person) -> HttpResponse:
    """Enter what is planned for a year as its audits."""
    year = request.POST.get("year", "")
    if not is_number(year):
        raise Http404(year)
    count = audit.enter(person, int(year), at=timezone.now())
    told = ngettext("%(counter)s audit was entered.", "%(counter)s audits were entered.", count) % {"counter": count}
    flash.success(request, told)
    return redirect("register:list", "audits")
