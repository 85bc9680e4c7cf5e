"""Learning: the index that suggests codes at the desk, built from the nomenclature, released declarations and issued rulings alone.

Of a ruling it learns what is published, so that no confidential word comes back in a suggestion.
"""

import datetime as dt
from functools import lru_cache

from django.utils import timezone

from customhouse import pipeline
from customhouse.tariff import classification, register
from customhouse_server.ruling import store
from customhouse_server.tariff.country import current_country

MOST_OF_ONE_DECLARANT = 500


def current_index() -> classification.Index:
    """The index of what customs has decided so far; built anew when there is more to learn from."""
    return _index(store.learning_mark())


def rulings_in_force(*, on: dt.date) -> tuple[register.Ruling, ...]:
    """The rulings that bind on a day."""
    return tuple(each for each in store.every_ruling() if each.status(on=on) is register.Status.IN_FORCE)


@lru_cache(maxsize=1)
def _index(mark: str) -> classification.Index:  # noqa: ARG001 - the mark is what the index is kept under
    on = current_country().legal_day(at=timezone.now())
    commodities = current_country().law.tariff.nomenclature
    wording = classification.by_level({each.code: each.description for each in commodities})
    shown = (each for each in store.published_in_force(on=on) if len(each.code) >= len("123456"))
    decided = [classification.Precedent(each.reference, each.goods, each.code, office=each.office) for each in shown]
    decided += [each for declared, case in store.released_declarations() for each in pipeline.precedents_of(declared, case)]
    return classification.Index(wording, classification.learned(decided, most_of_one_declarant=MOST_OF_ONE_DECLARANT))
