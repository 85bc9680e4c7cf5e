"""How the cells of a publication are written on a page: our own words translated, the words of the law as they stand."""

import re
from datetime import date
from functools import cache

from django import template
from django.utils.translation import gettext

from customhouse.pipeline import publication as rules
from customhouse.saying import Saying
from customhouse_server.desk.words import WORDS, told
from customhouse_server.tariff.country import current_country

register = template.Library()
_PLACE = re.compile(r"\{\w+\}")


@register.filter
def worded(cell: str | tuple[str, ...]) -> str:
    """A cell in the reader's language where the words are ours; a place to be filled in is an ellipsis."""
    if isinstance(cell, tuple):
        return ", ".join(map(worded, cell))
    text = WORDS.get(cell, cell)
    return _PLACE.sub("…", gettext(text)) if text.strip() else ""


@register.filter
def retold(saying: Saying) -> str:
    """What the library says, in the reader's language."""
    return told(saying)


@register.filter
def titled(name: str) -> str:
    """The title of a publication by its name, as a question names its topic."""
    return gettext(_title(name)) if name in rules.PUBLICATIONS else gettext("Something else")


@cache
def _title(name: str) -> str:
    return rules.PUBLICATIONS[name](current_country(), on=date.min).title
