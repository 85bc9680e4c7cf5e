"""Form: what the fields of the registers are called, and an entry as its register writes and tells it."""

from collections.abc import Iterator
from typing import Any

import msgspec
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from customhouse_server.desk.form import Form, texts
from customhouse_server.tracker.matter import DOCUMENTS, Kind

LABELS = {
    "acceptance": _("Position"),
    "adopters": _("Adopters"),
    "after": _("Waits for the action"),
    "agency": _("Agency"),
    "agenda": _("Agenda"),
    "agreed_on": _("Agreed on"),
    "asked_on": _("Asked for on"),
    "assistance": _("Assistance"),
    "assistance_needed": _("Assistance needed"),
    "category": _("Category"),
    "code": _("Code"),
    "cost": _("Cost"),
    "currency": _("Currency"),
    "data_ground": _("Ground for the use of personal data"),
    "decisions": _("Decisions"),
    "definitive_on": _("Definitive date"),
    "donor": _("Donor"),
    "due_on": _("Due on"),
    "duty": _("Duty"),
    "evidence": _("What shows that it is done"),
    "finding": _("Bottleneck that calls for it"),
    "gap": _("Gap that is left"),
    "given_on": _("Given on"),
    "granted_on": _("Granted on"),
    "held_on": _("Held on"),
    "human_review": _("Review by a person"),
    "in_force": _("In force for the member since"),
    "in_force_on": _("In force since"),
    "indicative_on": _("Indicative date"),
    "maturity": _("Stage"),
    "meeting": _("Decided at the meeting"),
    "member": _("Member"),
    "minutes": _("Minutes"),
    "moved_to": _("Moved to category"),
    "name": _("Name"),
    "notified_on": _("Notified on"),
    "owner": _("Owner"),
    "per_cent": _("Done, in per cent"),
    "place": _("Place"),
    "present": _("Present"),
    "progress": _("Progress"),
    "provision": _("Provision of law"),
    "purpose": _("Purpose"),
    "reason": _("Reason"),
    "reference": _("Where it can be read"),
    "rests_on": _("Rests on"),
    "retention_years": _("Kept for years"),
    "roadmap": _("Roadmap"),
    "said": _("Answers"),
    "signature": _("Electronic signature"),
    "since": _("Since"),
    "status": _("Status"),
    "symbol": _("Symbol of the WTO"),
    "title": _("Title"),
    "until": _("Until"),
    "valid_until": _("Valid until"),
    "version": _("Version"),
}
_HINTS = {"rests_on": _("By their codes."), "said": _("One a line, as item: answer")}


def form_of(kind: Kind) -> Form[Any]:
    """The form of an entry of a kind."""
    return Form(document=DOCUMENTS[kind], labels=LABELS, hints=_HINTS, worded=gettext)


def rows(document: msgspec.Struct) -> Iterator[tuple[str, str]]:
    """What a document says, label by label, without what is empty."""
    return ((gettext(LABELS[name]), text) for name, text in texts(document).items() if text)
