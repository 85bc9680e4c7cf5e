"""Pages of reforms: what was tried, a new draft, how far it is, and its outcome in words, charts, tables and files."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from customhouse import research
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.desk.chart import Bar, bars, waterfall
from customhouse_server.desk.templatetags.customs import UNKNOWN, amount
from customhouse_server.desk.words import retold
from customhouse_server.research import actions
from customhouse_server.research.simulation import State

_MOST_BARS, _MOST_BYTES = 12, 5_000_000
_REFRESH_S = 2


@require_http_methods(["GET", "HEAD", "POST"])
@for_roles(actions.ROLES)
def simulations(request: HttpRequest, person: Person) -> HttpResponse:
    """The simulations asked for last, and the form for another."""
    refusal = ""
    if request.method == "POST":
        draft, elasticities = request.FILES.get("draft"), request.FILES.get("elasticities")
        if draft is None or any((each.size or 0) > _MOST_BYTES for each in (draft, elasticities) if each):
            refusal = _("Choose a draft of at most 5 MB.")
        else:
            try:
                text, answers = draft.read().decode("utf-8-sig"), elasticities.read().decode("utf-8-sig") if elasticities else ""
                history = request.POST.get("history", "")
                asked = actions.start(person, draft.name or "", text, history=history, at=timezone.now(), elasticities=answers)
                return redirect("research:simulation", asked.id)
            except ValueError as error:  # what cannot be read says why
                refusal = retold(error)
    context = {"simulations": actions.listed(person), "histories": actions.histories(), "refusal": refusal}
    return render(request, "research/simulations.html", context)


@require_safe
@for_roles(actions.ROLES)
def simulation(request: HttpRequest, person: Person, simulation_id: UUID) -> HttpResponse:
    """How far a simulation is, or what came out."""
    with _known():
        found = actions.seen(person, simulation_id)
    context: dict[str, Any] = {"simulation": found, "dimensions": actions.DIMENSIONS}
    if found.outcome is not None:
        context |= _told(found.outcome)
        context |= _answered(found.outcome) if found.elasticities else {}
    answer = render(request, "research/simulation.html", context)
    if found.state in {State.WAITING, State.RUNNING}:
        answer["Refresh"] = str(_REFRESH_S)
    return answer


@require_POST
@for_roles(actions.ROLES)
def resume(_request: HttpRequest, person: Person, simulation_id: UUID) -> HttpResponse:
    """Have it go on from where it stopped."""
    with _known():
        actions.resume(person, simulation_id)
    return redirect("research:simulation", simulation_id)


@require_safe
@for_roles(actions.ROLES)
def table(_request: HttpRequest, person: Person, simulation_id: UUID, dimension: str) -> FileResponse:
    """The figures along one dimension as CSV."""
    with _known():
        path = actions.table(person, simulation_id, dimension)
    return FileResponse(path.open("rb"), as_attachment=True, filename=path.name, content_type="text/csv")


@contextmanager
def _known() -> Iterator[None]:
    """Where there is no such simulation, there is no page."""
    try:
        yield
    except actions.UnknownSimulationError as unknown:
        raise Http404(str(unknown)) from unknown


def _told(outcome: dict[str, Any]) -> dict[str, Any]:
    """The outcome as the page shows it: the headline, the charts with their rows, and what is not in the sums."""
    currency, total = outcome["currency"], outcome["total"]
    before, after = Decimal(total["before"]), Decimal(total["after"])
    taxes = [each for each in outcome["by_tax"] if Decimal(each["difference"])]
    steps = [_bar(each["tax"], Decimal(each["difference"]), currency) for each in taxes]
    ends = [Bar(word, value, amount(value, currency)) for word, value in ((_("In force"), before), (_("Draft law"), after))]
    change = research.outcome.Change("", "", {"before": before, "after": after})
    headline = retold(change.headline(lambda value: amount(value, currency)))
    charts = [{"title": headline, "svg": waterfall(_("Revenue by tax"), ends[0], steps, ends[1]), "rows": taxes}]
    charts[0]["note"] = _("The bars of revenue do not begin at zero, so that the steps can be seen.")
    chapters = [each for each in outcome["by_chapter"] if Decimal(each["difference"])]
    charts += _diverging(chapters, _("Chapter %(key)s changes most: %(told)s"), currency)
    for dimension, title in (
        ("importer", _("Importer %(key)s gains or loses most: %(told)s")),
        ("origin", _("Origin %(key)s gains or loses most: %(told)s")),
        ("commodity", _("Goods %(key)s gain or lose most: %(told)s")),
    ):
        charts += _diverging([*outcome["winners"][dimension], *outcome["losers"][dimension]], title, currency)
    forgone = [
        {"name": name, "before": Decimal(total[f"{key}_before"]), "after": Decimal(total[f"{key}_after"])}
        for key, name in (("relieved", _("By relief")), ("suspended", _("Suspended")), ("by_preference", _("By preference")))
    ]
    return {"headline": headline, "charts": charts, "total": total, "currency": currency, "forgone": forgone}


def _answered(outcome: dict[str, Any]) -> dict[str, Any]:
    """How imports answer to the changed price: by what value, and what revenue would be if they did not."""
    total = outcome["total"]
    unanswered = Decimal(total["after_unanswered"]) - Decimal(total["before"])
    return {"unanswered": unanswered, "answer": Decimal(total["value_after"]) - Decimal(total["value"])}


def _diverging(changes: Sequence[dict[str, Any]], title: str, currency: str) -> list[dict[str, Any]]:
    """A chart of those that change most, if anything changes."""
    most = sorted(changes, key=lambda each: (-abs(Decimal(each["difference"])), each["key"]))[:_MOST_BARS]
    if not most:
        return []
    told = title % {"key": most[0]["key"] or UNKNOWN, "told": _bar("", Decimal(most[0]["difference"]), currency).told}
    rows = sorted(most, key=lambda each: Decimal(each["difference"]))
    return [
        {
            "title": told,
            "svg": bars(told, [_bar(each["key"] or UNKNOWN, Decimal(each["difference"]), currency) for each in rows]),
            "rows": rows,
        }
    ]


def _bar(label: str, difference: Decimal, currency: str) -> Bar:
    return Bar(label, difference, ("+" if difference > 0 else "") + amount(difference, currency))
