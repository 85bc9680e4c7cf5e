"""How states, reasons, registers and documents of the trackers are written on a page, in the reader's language."""

from collections.abc import Iterator
from urllib.parse import urlencode

import msgspec
from django import template
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_noop as _

from customhouse.saying import Saying
from customhouse_server.accounts.person import Person
from customhouse_server.development.actions import PROGRAMME
from customhouse_server.tariff.country import current_country
from customhouse_server.tracker import form
from customhouse_server.tracker.matter import ONE_A_SUBJECT, Kind
from customhouse_server.tracker.store import Entry

register = template.Library()
REGISTERS = {
    Kind.MEMBERSHIP: _("Membership"),
    Kind.PLEDGE: _("Category and dates"),
    Kind.LAW: _("Law (de jure)"),
    Kind.EVIDENCE: _("Evidence by hand"),
    Kind.ACTION: _("Actions"),
    Kind.EXTENSION: _("Extensions asked for"),
    Kind.SHIFT: _("Shifts between categories"),
    Kind.ARRANGEMENT: _("Arrangements with donors"),
    Kind.POSITION: _("Acceptance and reservations"),
    Kind.NOTICE: _("Notice to the WTO"),
    Kind.COMMITTEE_MEMBER: _("Members of the committee"),
    Kind.MEETING: _("Meetings"),
    Kind.LEGAL_BASIS: _("Legal basis"),
    Kind.DIGITAL_INSTRUMENT: _("Digital instrument"),
}
_TONES = {
    "carried out": "good",
    "carried out, by verified evidence": "good",
    "short of its threshold": "bad",
    "not so": "bad",
    "evidence not yet verified": "warn",
    "too few events to tell": "warn",
    "nothing happened": "warn",
    "overdue": "bad",
    "done": "good",
    "waits for another action": "warn",
    "in time": "good",
    "late": "warn",
    "overdue, not given": "bad",
    "in use": "good",
    "pilot": "warn",
}


@register.filter
def said(value: object) -> str:
    """A word of our own data in the reader's language."""
    text = str(getattr(value, "value", value))
    return gettext(text) if text else ""


@register.filter
def reason(value: Saying) -> str:
    """A reason in the reader's language, with what fills it."""
    return value.told(said)


@register.filter
def state_tone(value: object) -> str:
    """The tone in which a state is shown, beside its word."""
    return _TONES.get(str(getattr(value, "value", value)), "")


@register.filter
def register_name(kind: Kind) -> str:
    """The name of a register."""
    return gettext(REGISTERS[kind])


@register.filter
def is_one(kind: Kind) -> bool:
    """Whether a subject has one entry of the kind, that is changed."""
    return kind in ONE_A_SUBJECT


@register.filter
def rows_of(document: msgspec.Struct) -> Iterator[tuple[str, str]]:
    """What a document says, label by label."""
    return form.rows(document)


@register.filter
def as_project(entry: Entry, person: Person) -> str:
    """The address of the form in which an action becomes a project, with all that is known of it; nothing for who opens no projects."""
    if entry.kind is not Kind.ACTION or person.role not in PROGRAMME:
        return ""
    country, action = current_country(), entry.document
    known = {
        "title": action.title,
        "administration": country.code,
        "country": country.code,
        "currency": country.currency,
        "commitment": entry.subject,
        "recommendation": ": ".join(text for text in (action.title, action.finding) if text),
    }
    return f"{reverse('development:home')}?{urlencode(known)}#new"


@register.filter
def clock(days: int) -> str:
    """The days that are left, or how many have passed."""
    if days < 0:
        return ngettext("%(days)s day late", "%(days)s days late", -days) % {"days": -days}
    return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}


@register.filter
def share(value: float | None) -> str:
    """A share in per cent; what is unknown is said to be so."""
    return gettext("unknown: nothing is planned") if value is None else f"{value:.0%}".replace("%", "\N{NO-BREAK SPACE}%")


@register.filter
def figure(value: float | None) -> str:
    """A figure of an indicator, or a dash where there is none."""
    return "\N{EN DASH}" if value is None else f"{value:.4g}"
