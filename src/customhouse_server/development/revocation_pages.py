"""Page of a revocation: what an assessor takes back that was certified of an officer, and why."""

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.words import retold
from customhouse_server.people import actions as people


@require_POST
@for_roles(people.ASSESSORS)
def revoke(request: HttpRequest, person: Person, username: str) -> HttpResponse:
    """Revoke a certificate, and go back to the officer."""
    asked, reason = (request.POST.get(name, "").replace("\0", "") for name in ("competence", "reason"))
    try:
        people.revoke(person, username, asked, reason=reason, at=timezone.now())
        flash.success(request, _("Done."))
    except people.UnknownPersonError as error:
        raise Http404(str(error)) from error
    except (people.OwnAssessmentError, people.UnknownCompetenceError) as refusal:
        flash.error(request, retold(refusal))
    return redirect("development:officer", username)
