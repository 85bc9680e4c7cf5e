"""Pages of clearance: the officer's work list, the control of one declaration, and the acts of trade and customs."""

from decimal import Decimal, InvalidOperation
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages as flash
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from customhouse.assessment import Determination, TaxLine
from customhouse.clearance import Act, RefusedError
from customhouse.development import people as competence
from customhouse.pipeline import declared_in_brief
from customhouse.risk import Lane
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, TRADE
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.clearance import actions
from customhouse_server.clearance.actions import AlreadyClaimedError, Doing, FourEyesError, NotClaimedError, WrongActError
from customhouse_server.declaration import pages as declaration_pages
from customhouse_server.declaration.actions import Page, View, view
from customhouse_server.declaration.record import UnknownDeclarationError
from customhouse_server.declaration.store import Filter
from customhouse_server.desk.number import is_number
from customhouse_server.desk.words import retold
from customhouse_server.integrity import register
from customhouse_server.people.words import refusal_told

PAGE_SIZE = 50
_MOST = Decimal(10) ** 15
AWAITING = ("examination_ordered", "documents_requested", "queried", "examined", "accepted", "paid", "secured", "assessed", "prelodged")
RESULTS = {
    "conform": gettext_lazy("As declared"),
    "documentary": gettext_lazy("Irregular papers"),
    "misclassification": gettext_lazy("Another commodity code"),
    "quantity_more": gettext_lazy("More than declared"),
    "quantity_less": gettext_lazy("Less than declared"),
    "valuation": gettext_lazy("Doubt about the value"),
    "origin": gettext_lazy("Another origin"),
    "ipr": gettext_lazy("Suspected counterfeit"),
    "prohibited": gettext_lazy("Prohibited goods"),
    "undeclared": gettext_lazy("Undeclared goods"),
    "concealed": gettext_lazy("Concealed goods"),
}
EXAMINATION_FIELDS = (
    "place",
    "persons_present",
    "method",
    "share_examined",
    "seals_found",
    "seals_affixed",
    "found",
    "samples",
    "opinion",
    "trader_remarks",
)
_REFUSALS = (RefusedError, AlreadyClaimedError, NotClaimedError, FourEyesError, WrongActError)


@require_safe
@for_roles(CUSTOMS)
def worklist(request: HttpRequest, person: Person) -> HttpResponse:
    """What awaits work at the officer's offices, oldest first, by lane, state, office and reference."""
    lane, state, office = request.GET.get("lane", ""), request.GET.get("state", ""), request.GET.get("office", "")
    text, page = request.GET.get("q", "").strip(), request.GET.get("page", "1")
    number = int(page) if is_number(page) and page != "0" else 1
    asked = Filter(
        states=(state,) if state else AWAITING,
        lanes=(lane,) if lane else (),
        offices=(office,) if office else None,
        text=text,
    )
    work = actions.worklist(person, asked, Page(limit=PAGE_SIZE, offset=(number - 1) * PAGE_SIZE, oldest_first=True))
    rows = [{"record": record, "claim": work.claims.get(record.id)} for record in work.listing.records]
    context = {
        "rows": rows,
        "total": work.listing.total,
        "lanes": [each.value for each in Lane],
        "states": (*AWAITING, "released", "rejected", "invalidated", "seized"),
        "offices": person.offices,
        "lane": lane,
        "state": state,
        "office": office,
        "q": text,
        "pages": Paginator(range(work.listing.total), PAGE_SIZE).get_page(number),
        "query": urlencode({"q": text, "lane": lane, "state": state, "office": office}),
    }
    return render(request, "clearance/worklist.html", context)


@require_safe
@for_roles(CUSTOMS)
def control(request: HttpRequest, person: Person, declaration_id: UUID) -> HttpResponse:
    """One declaration as customs sees it: lane with its reasons and instructions, what is owed, and what can be decided now."""
    try:
        seen = view(person, declaration_id)
    except UnknownDeclarationError as error:
        raise Http404(str(error)) from error
    held = actions.claim_on(person, declaration_id)
    context = declaration_pages.described(person, seen) | {
        "selection": seen.content.selection,
        "claim": held,
        "mine": held is not None and held.officer_id == person.id,
        "papers": actions.papers(person, declaration_id),
        "lanes": [each.value for each in Lane],
        "undetermined": _undetermined(seen),
        "results": RESULTS.items(),
        "decisions": [act for act in seen.allowed if act in (Act.ASSESS, Act.RELEASE, Act.CONFIRM_EXIT, Act.ORDER_EXAMINATION)],
    }
    return render(request, "clearance/control.html", context)


@require_POST
@for_roles(CUSTOMS)
def claim(request: HttpRequest, person: Person, declaration_id: UUID) -> HttpResponse:
    """Take a declaration on, or put it back."""
    try:
        if "back" in request.POST:
            actions.unclaim(person, declaration_id, at=timezone.now())
        else:
            actions.claim(person, declaration_id, at=timezone.now())
            _warn_of_ties(request, person, declaration_id)
    except UnknownDeclarationError as error:
        raise Http404(str(error)) from error
    except _REFUSALS as refusal:
        flash.error(request, retold(refusal))
    return redirect("clearance:control", declaration_id)


@require_POST
@for_roles(TRADE | CUSTOMS)
def act(request: HttpRequest, person: Person, declaration_id: UUID) -> HttpResponse:
    """Do one act to a declaration, and go back to its page."""
    try:
        actions.perform(person, declaration_id, _doing(request), at=timezone.now())
        flash.success(request, _("Done."))
    except UnknownDeclarationError as error:
        raise Http404(str(error)) from error
    except competence.NotCertifiedError as refusal:
        flash.error(request, refusal_told(refusal))
    except _REFUSALS as refusal:
        flash.error(request, retold(refusal))
    except ValueError as error:
        flash.error(request, retold(error))
    return redirect("declaration:record" if person.of_trade else "clearance:control", declaration_id)


def _warn_of_ties(request: HttpRequest, person: Person, declaration_id: UUID) -> None:
    """Warn of the ties to the parties that the person has declared; to put the declaration back is the person's to do."""
    brief = declared_in_brief(view(person, declaration_id).content.declaration)
    for tie in register.conflicts(person, (brief.declarant, brief.importer), on=timezone.now().date()):
        told = _("You have declared a tie to %(party)s: put this declaration back, for a colleague to take on.") % {"party": tie.party}
        flash.warning(request, told, extra_tags="warn")


def _doing(request: HttpRequest) -> Doing:
    posted = request.POST
    papers: dict[str, object] = {name: posted[name] for name in ("text", *EXAMINATION_FIELDS) if posted.get(name)}
    return Doing(
        act=Act(posted.get("act", "")),
        reason=posted.get("reason", "").strip(),
        lane=Lane(posted["lane"]) if posted.get("lane") else None,
        items=tuple(int(each) for each in posted.getlist("item") if is_number(each)),
        amount=_amount(posted.get("amount", "0")),
        result_code=posted.get("result_code", ""),
        document=papers,
        determined=_determined(request),
    )


def _undetermined(seen: View) -> list[tuple[int, TaxLine]]:
    """The lines that wait for an officer to give their amount, each with the number of its item."""
    if Act.ASSESS not in seen.allowed:
        return []
    return [(item.sequence, line) for item in seen.content.assessment.items for line in item.lines if line.amount is None]


def _determined(request: HttpRequest) -> tuple[Determination, ...]:
    """The amounts that the officer wrote into fields such as `determined:2:VAT`; what is left empty stays undetermined."""
    reason = request.POST.get("reason", "").strip()
    found = []
    for name, text in request.POST.items():
        kind, _colon, place = name.partition(":")
        item, _colon, tax = place.partition(":")
        if kind == "determined" and is_number(item) and str(text).strip():
            found.append(Determination(item=int(item), tax=tax, amount=_amount(str(text).strip()), reason=reason))
    return tuple(found)


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount < _MOST:
        raise ValueError(_("%(text)s is not an amount.") % {"text": text})
    return amount
