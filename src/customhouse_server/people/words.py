"""Words: an act refused for want of a certificate, in the reader's language."""

from collections.abc import Mapping

from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from customhouse.development import people


def refusal_told(refusal: people.NotCertifiedError) -> str:
    """What the act takes, how the person stands, and what to do."""
    takes = _("This act takes a certificate for “%(competence)s” (%(level)s).") % {
        "competence": in_language(refusal.competence.title),
        "level": level_named(refusal.rule.level),
    }
    what_to_do = _("Ask a supervisor to assess you; My development shows the course.")
    return f"{takes} {_standing(refusal)} {what_to_do}"


def in_language(texts: Mapping[str, str]) -> str:
    """The text of a framework in the reader's language, or in English."""
    return texts.get((get_language() or "en")[:2]) or texts["en"]


def level_named(level: people.Level) -> str:
    """What a level of competence is called."""
    return {
        people.Level.AWARENESS: _("awareness"),
        people.Level.TRAINED: _("trained"),
        people.Level.EXPERIENCED: _("experienced"),
        people.Level.EXPERT: _("expert"),
    }[level]


def _standing(refusal: people.NotCertifiedError) -> str:
    held = refusal.held
    if held.holding == "revoked":
        return _("Yours was revoked on %(day)s.") % {"day": date_format(held.until, "j F Y")}
    if held.level is None:
        return _("You have none.")
    if held.holding == "lapsed":
        return _("Yours lapsed on %(day)s.") % {"day": date_format(held.until, "j F Y")}
    return _("Yours is of the level %(level)s.") % {"level": level_named(held.level)}
