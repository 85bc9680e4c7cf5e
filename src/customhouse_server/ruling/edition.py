"""Edition: the rulings whose code a new edition of the nomenclature ends: found, ended with notice, and put up anew (TFA 3.3, 3.4).

ending(person, correlation, on=, at=) -> tuple[Reissue, ...]     by the text of a correlation; refuses with `UnreadableCorrelationError`
put_up(person, correlation, on=, at=) -> tuple[Reissue, ...]     a supervisor ends them, and each holder finds a draft with the new code
expire(at=) -> int                                               ends by rule what has run its term; the number of rulings
"""

import datetime as dt

from django.db import transaction

from customhouse.kernel import months_after
from customhouse.tariff import register, ruling
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import CUSTOMS, Role
from customhouse_server.ruling import actions, store
from customhouse_server.ruling.record import Record, new_record
from customhouse_server.ruling.view import Doing
from customhouse_server.tariff.country import current_country


def ending(person: Person, correlation: str, *, on: dt.date) -> tuple[register.Reissue, ...]:
    """The rulings at the person's offices whose code ends with the edition that begins on a day."""
    person.require(CUSTOMS, "the rulings that an edition ends")
    own = (each for each in store.every_ruling() if each.office in person.offices)
    return register.reissues(own, register.read_correlation(correlation.splitlines()), on=on)


def put_up(person: Person, correlation: str, *, on: dt.date, at: dt.datetime) -> tuple[register.Reissue, ...]:
    """End each of them from that day, with the extended use that the law allows, and give its holder a draft to hand in."""
    person.require(frozenset({Role.SUPERVISOR}), "ending rulings with an edition")
    grace = months_after(on, current_country().rulings.grace_months)
    with transaction.atomic():
        found = ending(person, correlation, on=on)
        for each in found:
            record = store.record_of_reference(each.ruling.reference)
            reason = f"the code {each.ruling.code} ends on {on}: {', '.join(each.successors) or 'it has no successor'}"
            doing = Doing(ruling.Act.CEASE, reason=reason, notice_until=on, grace_until=grace)
            actions.perform(person, record.id, doing, at=at)
            store.new(_anew(record, each, at=at))
    return found


def expire(*, at: dt.datetime) -> int:
    """Record that rulings have run their term; they bound nobody any longer before that already."""
    on = current_country().legal_day(at=at)
    over = [each for each in store.records(store.Filter(states=("issued",)), limit=10_000) if each.end and each.end <= on]
    for record in over:
        actions.expire(record.id, at=at)
    return len(over)


def _anew(record: Record, reissue: register.Reissue, *, at: dt.datetime) -> Record:
    """The application for the ruling that ends, once more, with the new code where there is only one."""
    typed = record.typed | {"proposed_code": reissue.proposed_code, "prior_rulings": reissue.ruling.reference}
    return new_record(record.applicant_id, record.submitter_id, typed=typed, at=at)
