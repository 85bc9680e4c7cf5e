"""Pages of valuation: the doubts about the values of a declaration, as customs and the importer take them step by step."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from customhouse.assessment import doubt, valuation
from customhouse.clearance import Act, RefusedError
from customhouse.kernel import Clock
from customhouse.saying import Refusal
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, TRADE
from customhouse_server.accounts.signed_in import for_roles
from customhouse_server.clearance.actions import NotClaimedError, claim_on
from customhouse_server.declaration.actions import View, view
from customhouse_server.declaration.record import UnknownDeclarationError
from customhouse_server.desk.number import is_number
from customhouse_server.desk.words import retold
from customhouse_server.tariff.day import today
from customhouse_server.valuation import actions
from customhouse_server.valuation.actions import DoubtRefusedError, OpenValuationError, Taking, UnknownDoubtError, UnreadableCaseError
from customhouse_server.valuation.case_form import case_of_fields, offered

_MOST = Decimal(10) ** 15
_LONGEST_NUMBER = 5
_UNPROCESSABLE = 422
_REFUSALS = (DoubtRefusedError, RefusedError, NotClaimedError, OpenValuationError, UnreadableCaseError)
_SHOWS_EVIDENCE = {
    doubt.DoubtAct.ASK,
    doubt.DoubtAct.EXPLAIN,
    doubt.DoubtAct.RESPOND,
    doubt.DoubtAct.COMMUNICATE_GROUNDS,
    doubt.DoubtAct.REJECT_VALUE,
}
_GIVES_DAYS = {doubt.DoubtAct.ASK, doubt.DoubtAct.REMAIN_IN_DOUBT, doubt.DoubtAct.COMMUNICATE_GROUNDS}
_IN_CONFIDENCE = {doubt.DoubtAct.REMAIN_IN_DOUBT}
_WORDLESS = {row.act for row in doubt.PROCEDURE if not row.in_words}
_REJECTED = {doubt.DoubtState.VALUE_REJECTED, doubt.DoubtState.APPEALED}


class UnreadableStepError(Refusal, ValueError):
    """A field of the form holds no number; the message names it."""


@require_safe
@for_roles(TRADE | CUSTOMS)
def doubts(request: HttpRequest, person: Person, declaration_id: UUID) -> HttpResponse:
    """The doubts about the values of one declaration: where each stands, what was said, and what may be done now."""
    return _page(request, person, declaration_id)


@require_POST
@for_roles(TRADE | CUSTOMS)
def step(request: HttpRequest, person: Person, declaration_id: UUID) -> HttpResponse:
    """Take one step in a doubt, and go back to its page."""
    return _done(request, person, declaration_id, lambda: actions.take(person, declaration_id, _taking(request), at=timezone.now()))


@require_POST
@for_roles(CUSTOMS)
def value(request: HttpRequest, person: Person, declaration_id: UUID) -> HttpResponse:
    """Determine the value of an item whose declared value was rejected."""

    def determined() -> object:
        found = _uuid(request.POST.get("doubt", ""))
        if found is None:
            raise UnknownDoubtError("no doubt is named")
        return actions.determine(person, declaration_id, found, case_of_fields(request.POST.dict()), at=timezone.now())

    return _done(request, person, declaration_id, determined)


def _page(request: HttpRequest, person: Person, declaration_id: UUID, *, status: int = 200) -> HttpResponse:
    """The page as it stands; what was typed into a refused form stays in its fields."""
    seen = _seen(person, declaration_id)
    on = today()
    mine = person.of_trade or _has_taken_on(person, declaration_id)
    found = actions.doubts(person, declaration_id)
    may_secure = seen.case.security_asked > 0 and Act.SECURE in seen.allowed
    may_doubt = Act.DOUBT_VALUE in seen.allowed
    context = {
        "record": seen.record,
        "currency": seen.content.assessment.currency,
        "doubts": [_shown(person, each, seen, acts=_acts(person, each, on=on) if mine else [], on=on) for each in found],
        "mine": mine,
        "of_customs": person.of_customs,
        "kinds": [each.value for each in valuation.EvidenceKind],
        "to_secure": seen.case.to_secure if may_secure and seen.case.secured < seen.case.to_secure else None,
        "items": [each for each in range(1, seen.record.item_count + 1) if may_doubt and each not in seen.case.doubted_items],
        "may_value": person.of_customs and mine,
        "typed": request.POST,
    }
    return render(request, "valuation/doubts.html", context, status=status)


def _done(request: HttpRequest, person: Person, declaration_id: UUID, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except (UnknownDeclarationError, UnknownDoubtError) as error:
        raise Http404(str(error)) from error
    except (*_REFUSALS, UnreadableStepError) as refusal:
        flash.error(request, retold(refusal))
        return _page(request, person, declaration_id, status=_UNPROCESSABLE)
    flash.success(request, _("Done."))
    return redirect("valuation:doubts", declaration_id)


def _seen(person: Person, declaration_id: UUID) -> View:
    try:
        return view(person, declaration_id)
    except UnknownDeclarationError as error:
        raise Http404(str(error)) from error


def _has_taken_on(person: Person, declaration_id: UUID) -> bool:
    held = claim_on(person, declaration_id)
    return held is not None and held.officer_id == person.id


def _shown(person: Person, found: doubt.Doubt, seen: View, *, acts: list[dict[str, object]], on: date) -> dict[str, object]:
    """One doubt as its page shows it; once a value is determined, with the chain in sentences."""
    chain = seen.content.valuations.get(actions.sequence_of(seen.content, found.item))
    turn = found.turn(on=on)
    awaits_value = found.state in _REJECTED and found.item in seen.case.doubted_items
    return {
        "doubt": found,
        "clock": _clock(found, on=on),
        "consequence": _(found.clock.consequence) if found.clock else "",
        "turn": turn,
        "is_my_turn": turn is actions.side_of(person),
        "acts": acts,
        "chain": chain.told() if chain else (),
        "goods": offered(seen.content.declaration.items[found.item - 1]) if awaits_value else None,
    }


def _acts(person: Person, found: doubt.Doubt, *, on: date) -> list[dict[str, object]]:
    """What the person may do now, each with the fields that its form has."""
    return [
        {
            "act": act,
            "id": f"{act}-{found.item}-{found.reference[:8]}",
            "in_words": act not in _WORDLESS,
            "evidence": act in _SHOWS_EVIDENCE,
            "days": act in _GIVES_DAYS,
            "confidential": act in _IN_CONFIDENCE,
        }
        for act in found.allowed(actions.side_of(person), on=on)
    ]


def _clock(found: doubt.Doubt, *, on: date) -> str:
    clock: Clock | None = found.clock
    if clock is None:
        return ""
    if clock.due_on is None:
        return _("The clock stands still: %(reason)s") % {"reason": clock.pauses[-1].reason}
    day = date_format(clock.due_on, "l j F Y")
    if clock.has_run_out(on=on):
        return _("The days ran out on %(day)s.") % {"day": day}
    left = clock.days_left(on=on)
    kind = _("working days") if clock.in_working_days else ""
    text = ngettext("%(left)s day left, until %(day)s", "%(left)s days left, until %(day)s", left)
    return f"{text % {'left': left, 'day': day}}{f' ({kind})' if kind else ''}"


def _taking(request: HttpRequest) -> Taking:
    posted = request.POST
    act = posted.get("act", "")
    if act not in list(doubt.DoubtAct):
        raise UnreadableStepError(_("%(text)s is no step.") % {"text": act})
    days, item = posted.get("days", "").strip(), posted.get("item", "")
    if days and not (is_number(days) and len(days) < _LONGEST_NUMBER):
        raise UnreadableStepError(_("%(text)s is no number of days.") % {"text": days})
    return Taking(
        act=doubt.DoubtAct(act),
        doubt_id=_uuid(posted.get("doubt", "")),
        item=int(item) if is_number(item) and len(item) < _LONGEST_NUMBER else 0,
        text=posted.get("text", ""),
        evidence=_evidence(request),
        days=int(days) if days else None,
        security=_amount(posted.get("security", "").strip() or "0"),
        confidential="confidential" in posted,
        signal=posted.get("signal", ""),
    )


def _evidence(request: HttpRequest) -> tuple[valuation.Evidence, ...]:
    kind, reference = request.POST.get("kind", ""), request.POST.get("reference", "").strip()
    if not reference or kind not in list(valuation.EvidenceKind):
        return ()
    return (valuation.Evidence(kind=valuation.EvidenceKind(kind), reference=reference, shows=request.POST.get("shows", "").strip()),)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _amount(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount < _MOST:
        raise UnreadableStepError(_("%(text)s is not an amount.") % {"text": text})
    return amount
