"""How the parts of a study are written on a page."""

from django import template

from customhouse_server.desk.templatetags.customs import named
from customhouse_server.desk.words import WORDS
from customhouse_server.performance import naming

register = template.Library()


@register.filter
def part(text: str) -> str:
    """The words for a segment, a stratum, an actor, or a value of a stratum."""
    return named(text) if text in WORDS and text not in naming.NAMES else naming.named(text)


@register.filter
def of_stratum(value: str, stratum: str) -> str:
    """A value of a stratum in words."""
    return naming.value_named(stratum, value)
