"""Quota answer: what declarations ask of quotas when they are lodged, amended or cancelled, and the answers taken up into them.

Requests are held before the accounts that they draw on, here as in the daily act, so that no two acts wait for each other.
"""

import datetime as dt
from collections.abc import Iterable
from uuid import UUID

import msgspec
from django.db import transaction

from customhouse import clearance, pipeline
from customhouse.assessment import Assessment, assess, quota_split
from customhouse.clearance import Act, AnyEvent, Deed, Role, State
from customhouse.declaration import Declaration
from customhouse.tariff import quota
from customhouse_server.declaration import entry, store
from customhouse_server.declaration.content import Content, read, written
from customhouse_server.declaration.entering import entered
from customhouse_server.declaration.record import Record, Version
from customhouse_server.journal.statement import Clause
from customhouse_server.ledger import actions as ledger
from customhouse_server.quota import actions as quotas
from customhouse_server.quota import store as requests
from customhouse_server.tariff.country import country_at, current_country


def known(declared: Declaration, *, at: dt.datetime) -> quota.Known:
    """What is known of the quotas that a declaration claims; one that claims none costs no statement."""
    numbers = {number for item in declared.items if (number := item.quota_order_id())}
    return quotas.known(numbers, on=current_country().legal_day(at=at)) if numbers else quota.Known()


def request_clauses(record: Record, assessed: Assessment, *, at: dt.datetime) -> list[Clause]:
    """The requests of a declaration that is accepted at this instant, to be written with it; none before it is accepted."""
    if record.accepted_at is None:
        return []
    return requests.request_clauses(quotas.asked(record.id, assessed, on=current_country().legal_day(at=at)), at=at)


def given_back(record: Record, before: Content, after: Assessment, amending: quotas.Amending) -> dict[str, quota.Answer]:
    """Give back what a declaration drew, and draw again what an amendment lets it keep; by order number, its answers since."""
    claims = record.accepted_at is not None and (_claims(before.assessment) or _claims(after))
    standing = requests.requests_of(record.id, locked=True) if claims else ()
    ledger.give_back(str(record.id), cause=amending.cause, actor=amending.actor, at=amending.at)
    return quotas.amend(record.id, standing, after, amending) if claims else {}


def withdrawn(record: Record, content: Content, *, actor: str, at: dt.datetime) -> None:
    """Withdraw what a cancelled declaration asks for, and give back all that it drew."""
    if _claims(content.assessment):
        requests.withdraw_all_of(record.id, at=at)
    ledger.give_back(str(record.id), cause=f"{record.id} invalidated", actor=actor, at=at)


def declarations_to_take_up() -> tuple[UUID, ...]:
    """The declarations that do not know yet what their requests were answered."""
    return requests.declarations_to_take_up()


def take_up(declaration_id: UUID, *, at: dt.datetime) -> bool:
    """Assess a declaration anew by the answers that it does not know yet, as a new version; whether there was anything to do.

    Where the life-cycle has no more place for it (the goods are seized), the answers are noted and nothing changes.
    """
    with transaction.atomic():
        record = store.record_of(declaration_id, locked=True)
        fresh = requests.not_taken_up_of(record.id)
        if not fresh:
            return False
        if Act.ALLOT in clearance.allowed_acts(entry.case_of(record), Role.SYSTEM):
            _assess_anew(record, fresh, at=at)
        requests.take_up([each.id for each in fresh], at=at)
    return True


def _assess_anew(record: Record, fresh: Iterable[quota.Request], *, at: dt.datetime) -> None:
    assert record.accepted_at is not None, "only an accepted declaration asks of a quota"
    country = country_at(at=record.accepted_at)
    kept = store.version_of(record.id, record.version)
    content = read(kept.content)
    answers = _answers(requests.requests_of(record.id))
    news = {number: answers[number] for number in sorted({_number(each.account) for each in fresh})}
    shares = quota_split.shares_allotted(content.assessment, news)
    parted = quota_split.split_by_allotment(content.declaration, shares, outside_preference=country.law.regime.default_preference)
    known = quota.Known(balances=content.quotas.balances, answers=answers)
    still = tuple(each for each in content.determined if each.item not in shares)
    on = country.legal_day(at=record.accepted_at)
    assessed = assess(parted, country.law, on=on, determined=still, valuations=content.valuations, quotas=known)
    others = tuple(each for each in content.findings if each not in content.assessment.findings)
    newer = msgspec.structs.replace(
        content, declaration=parted, assessment=assessed, findings=others + assessed.findings, determined=still, quotas=known
    )
    told = "; ".join(f"quota {n}: {each.allotted.normalize():,f} of {each.asked.normalize():,f} allotted" for n, each in news.items())
    deed = Deed(act=Act.ALLOT, actor=quotas.RULE, role=Role.SYSTEM, at=at, reason=told, parted_from=tuple(sorted(shares)))
    happened = _advanced(record, pipeline.owing(deed, assessed), at=at)
    version = Version(record.version + 1, written(newer), kept.message, kept.country, kept.seed, at, quotas.RULE, told)
    entered(record, newer, happened, at=at, besides=[store.version_clause(record.id, version)])


def _advanced(record: Record, deed: Deed, *, at: dt.datetime) -> list[AnyEvent]:
    """The events of the answer, and of what follows by rule where nothing is left to be paid."""
    case, happened = clearance.advance(entry.case_of(record), deed)
    events = list(happened)
    is_free = case.state is State.ASSESSED and not case.outstanding
    waiting = [Deed(act=Act.PAY, actor=deed.actor, role=Role.SYSTEM, at=at)] if is_free else []
    while waiting and not case.undetermined:
        case, happened = clearance.advance(case, waiting.pop(0))
        events += happened
        waiting = waiting or pipeline.released_by_rule(case, at=at)
    return events


def _claims(assessed: Assessment) -> bool:
    return any(item.quota for item in assessed.items)


def _answers(standing: Iterable[quota.Request]) -> dict[str, quota.Answer]:
    by_number: dict[str, list[quota.Request]] = {}
    for each in standing:
        by_number.setdefault(_number(each.account), []).append(each)
    return {number: quota.answer_to(of_number) for number, of_number in by_number.items()}


def _number(account: str) -> str:
    return current_country().law.tariff.quotas[account].order_number
