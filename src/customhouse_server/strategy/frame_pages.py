"""Page of the frame of an operational plan: a form for administrators, which keeps the next version of the plan."""

from uuid import UUID

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customhouse import strategy
from customhouse.strategy import UnreadablePlanError
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.number import is_number
from customhouse_server.desk.words import retold
from customhouse_server.strategy import actions, frame
from customhouse_server.strategy.actions import EDITORS, StalePlanError
from customhouse_server.strategy.pages import described, posted_text, seen_plan
from customhouse_server.tariff.day import today

_UNPROCESSABLE = 422


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(EDITORS)
def framed(request: HttpRequest, person: Person, plan_id: UUID) -> HttpResponse:
    """What the plan counts in; what was typed stays where it is refused."""
    seen = seen_plan(person, plan_id)
    typed, faults = frame.typed_of(seen.plan), ()
    if request.method == "POST":
        typed = {name: posted_text(request, name) for name in frame.FIELDS}
        version = posted_text(request, "version")
        try:
            raw = frame.changed(seen.plan, frame.read(typed), on=today())
            over = int(version) if is_number(version) else 0
            actions.revise(person, plan_id, raw, reason=_("Frame of the operational plan"), over=over, at=timezone.now())
        except UnreadablePlanError as refusal:
            faults = tuple(map(retold, refusal.faults))
        except (StalePlanError, strategy.review.standing.RefusedError) as refusal:
            faults = (retold(refusal),)
        else:
            flash.success(request, _("Saved."))
            return redirect("strategy:frame", plan_id)
    context = described(person, seen) | {"typed": typed, "faults": faults}
    return render(request, "strategy/frame.html", context, status=_UNPROCESSABLE if faults else 200)
