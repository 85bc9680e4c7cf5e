"""How the fields of one form of several are drawn on a page."""

from django import template
from django.template.context import Context

register = template.Library()


@register.inclusion_tag("desk/_inputs.html", takes_context=True)
def inputs(context: Context, fields: object, place: str) -> dict[str, object]:
    """The fields of the form that stands at a place of the page; as they were typed where it was refused (`tried`)."""
    tried = context.get("tried")
    return {"fields": tried.over(fields) if tried and tried.place == place else fields, "at": f"{place}-"}
