"""Page of stamps: a table from a port, a terminal, a bank or a paper, brought into the journal whole or not at all."""

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from customhouse.performance import stamp
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.performance import reported

_MOST_BYTES = 10_000_000


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(CUSTOMS)
def stamps(request: HttpRequest, person: Person) -> HttpResponse:
    """Take a table in, or say what is wrong with it: the first faults, and how many there are."""
    faults: list[tuple[int, str]] = []
    more = 0
    if request.method == "POST":
        file = request.FILES.get("stamps")
        try:
            if file is None or (file.size or 0) > _MOST_BYTES:
                faults = [(0, _("Choose a file of at most 10 MB."))]
            else:
                brought = reported.bring(person, file.read().decode("utf-8-sig"), at=timezone.now())
                told = {"new": brought.new, "known": brought.known}
                flash.success(request, _("%(new)s stamps brought in; %(known)s had come before.") % told)
                return redirect("performance:stamps")
        except UnicodeDecodeError:
            faults = [(0, _("The file is not written in UTF-8."))]
        except reported.FaultyStampsError as error:
            faults = [(each.line, _(each.wrong).format(**each.told)) for each in error.faults]
            more = error.more
    context = {"faults": faults, "more": more, "number": len(faults) + more, "stages": stamp.STAGES}
    return render(request, "performance/stamps.html", context, status=422 if faults else 200)
