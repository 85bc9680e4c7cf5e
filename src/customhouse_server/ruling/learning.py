"""Learning: the index that suggests codes at the desk, built from the nomenclature, released declarations and issued rulings alone.

Of a ruling it learns what is published, so that no confidential word comes back in a suggestion. It is built anew once a day, with what
was released until the day before, and when a ruling is issued or changes.
"""

import datetime as dt
from functools import lru_cache

from customhouse import pipeline
from customhouse.tariff import classification, register
from customhouse_server.ruling import store
from customhouse_server.tariff.country import current_country

MOST_OF_ONE_DECLARANT = 500
MOST_DECLARATIONS = 20_000


def current_index(*, on: dt.date) -> classification.Index:
    """The index of what customs had decided at the beginning of a day, with the rulings as they are now."""
    return _index(on, store.ruling_mark())


def rulings_in_force(*, on: dt.date) -> tuple[register.Ruling, ...]:
    """The rulings that bind on a day."""
    return tuple(each for each in store.every_ruling() if each.status(on=on) is register.Status.IN_FORCE)


def released_goods(*, on: dt.date) -> tuple[classification.Precedent, ...]:
    """What released declarations taught until the beginning of a day."""
    return _released(on)


@lru_cache(maxsize=1)
def _released(day: dt.date) -> tuple[classification.Precedent, ...]:
    begun = dt.datetime.combine(day, dt.time(), tzinfo=current_country().time_zone)
    released = store.released_declarations(before=begun, limit=MOST_DECLARATIONS)
    decided = (each for declared, case in released for each in pipeline.precedents_of(declared, case))
    return classification.learned(decided, most_of_one_declarant=MOST_OF_ONE_DECLARANT)


@lru_cache(maxsize=1)
def _index(day: dt.date, mark: str) -> classification.Index:  # noqa: ARG001 - the mark is what the index is kept under
    wording = classification.by_level({each.code: each.description for each in current_country().law.tariff.nomenclature})
    shown = (each for each in store.published_in_force(on=day) if len(each.code) >= len("123456"))
    ruled = (classification.Precedent(each.reference, each.goods, each.code, office=each.office) for each in shown)
    return classification.Index(wording, classification.learned([*ruled, *_released(day)]))
