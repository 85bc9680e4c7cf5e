"""How the parts of a study are written on a page."""

from django import template

from customhouse_server.performance import naming

register = template.Library()


@register.filter
def part(text: str) -> str:
    """The words for a segment, a stratum or an actor."""
    return naming.named(text)


@register.filter
def of_stratum(value: str, stratum: str) -> str:
    """A value of a stratum in words."""
    return naming.value_named(stratum, value)
