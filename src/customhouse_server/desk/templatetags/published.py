"""How the cells of a publication are written on a page: our own words translated, the words of the law as they stand."""

import re
from datetime import date
from decimal import Decimal
from functools import cache

from django import template
from django.utils.translation import gettext

from customhouse.pipeline import publication as rules
from customhouse_server.desk.templatetags.customs import amount
from customhouse_server.desk.words import WORDS, retold
from customhouse_server.tariff.country import current_country

register = template.Library()
register.filter(retold)
_AMOUNT = re.compile(r"(\d+(?:\.\d+)?) ([A-Z]{3})")
_PLACE = re.compile(r"\{\w+\}")


@register.filter
def worded(cell: str | tuple[str, ...]) -> str:
    """A cell in the reader's language where the words are ours, and amounts in the reader's notation; a place to fill in is an ellipsis."""
    if isinstance(cell, tuple):
        return ", ".join(map(worded, cell))
    if found := _AMOUNT.fullmatch(cell):
        return amount(Decimal(found[1]), found[2]).replace("\N{NO-BREAK SPACE}", " ")
    text = WORDS.get(cell, cell)
    return _PLACE.sub("…", gettext(text)) if text.strip() else ""


@register.filter
def labelled(row: tuple[str | tuple[str, ...], ...], columns: tuple[str, ...]) -> list[tuple[str | tuple[str, ...], str]]:
    """Each cell of a row with the name of its column, which stands beside it where the screen is narrow."""
    return list(zip(row, columns, strict=True))


@register.filter
def titled(name: str) -> str:
    """The title of a publication by its name, as a question names its topic."""
    return gettext(_title(name)) if name in rules.PUBLICATIONS else gettext("Something else")


@cache
def _title(name: str) -> str:
    return rules.PUBLICATIONS[name](current_country(), on=date.min).title
