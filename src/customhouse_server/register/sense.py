"""Sense: what makes no sense in an entry of a register, field by field, whoever writes it and by whatever way.

A document says with `faults` what of its own fields does not go together; that each of its days lies in the calendar holds for all.
"""

import datetime as dt

import msgspec

from customhouse.kernel import calendar
from customhouse.saying import Saying, saying


def faults_of(document: msgspec.Struct, *, on: dt.date) -> dict[str, Saying]:
    """What makes no sense on a day, all of it, under the names of the fields as a form has them."""
    told = list(document.faults(on=on)) if hasattr(document, "faults") else []
    told += [(place, calendar.beyond(day)) for place, day in calendar.days_beyond(document)]
    return {place: saying("{field}: {why}", field=_label(place), why=why) for place, why in told}


def _label(place: str) -> Saying:
    return saying(place.rpartition(".")[2].replace("_", " "))
