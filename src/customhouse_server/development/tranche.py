"""Tranche: a part of a pledge agreed for a project, its condition shown to be met, and paid by somebody else than the project's owner.

commit(person, project_id, Tranche, at=)      reserves; `UnfittingPledgeError` says what speaks against the pledge, the ledger what is left
meet(person, project_id, code, evidence, at=)     both refuse with `actions.EndedProjectError` once the project is closed or dropped
pay(person, project_id, code, at=)            `NotPayableError`: the condition is not met, it is paid, or the payer owns the project
"""

import datetime as dt
from typing import Any
from uuid import UUID

import msgspec
from django.db import transaction

from customhouse.development import project
from customhouse.ledger import Kind as Movement
from customhouse.saying import Refusal, saying
from customhouse_server.accounts.person import Person
from customhouse_server.development import actions, funding, store
from customhouse_server.development.actions import PROGRAMME, Change
from customhouse_server.development.dossier import Dossier, Kind
from customhouse_server.tariff.country import current_country


class UnfittingPledgeError(Refusal):
    """A pledge does not fit the project."""


class NotPayableError(Refusal):
    """A tranche cannot be paid, or its condition not be called met, as things are."""


def commit(person: Person, project_id: UUID, tranche: Any, *, at: dt.datetime) -> Dossier:  # noqa: ANN401 - a row of a project
    """Agree a tranche of a pledge: its amount is reserved, and never more than the pledge has left."""
    agreed = msgspec.structs.replace(tranche, evidence="", met_on=None, paid_on=None)
    with transaction.atomic():
        before = store.dossier_of(project_id, Kind.PROJECT, locked=True)
        actions.require_owner(person, before)
        actions.require_open(before.value)
        if any(each.code == agreed.code for each in before.value.tranches) or agreed.amount <= 0:
            raise UnfittingPledgeError("a tranche has a code of its own and an amount above zero")
        offer = funding.offered(before, on=current_country().legal_day(at=at))
        against = next((each.reasons for each in offer.misfits if each.pledge == agreed.pledge), ())
        if against:
            reasons = [saying(each.wording, **each.params) for each in against]
            raise UnfittingPledgeError("{reasons}", between="; ", reasons=reasons)
        if all(each.pledge != agreed.pledge for each in offer.fitting):
            raise UnfittingPledgeError("there is no such pledge")
        funding.draw(Movement.RESERVE, project_id, agreed, actor=person.username, at=at)
        change = Change("tranche agreed", lambda value: msgspec.structs.replace(value, tranches=(*value.tranches, agreed)))
        return actions.written(before, change, actor=person.username, at=at)


def meet(person: Person, project_id: UUID, code: str, *, evidence: str, at: dt.datetime) -> Dossier:
    """Say that the condition of a tranche is met, and how one knows."""
    if not evidence.strip():
        raise NotPayableError("say by which evidence the condition is met")
    day = current_country().legal_day(at=at)
    with transaction.atomic():
        before = store.dossier_of(project_id, Kind.PROJECT, locked=True)
        actions.require_owner(person, before)
        actions.require_open(before.value)
        found = _tranche(before.value, code)
        if found.paid_on or found.met_on:
            raise NotPayableError("its condition is met already")
        return actions.written(before, _replaced(found, "condition met", evidence=evidence, met_on=day), actor=person.username, at=at)


def pay(person: Person, project_id: UUID, code: str, *, at: dt.datetime) -> Dossier:
    """Pay a tranche whose condition is met: what was reserved is used up."""
    person.require(PROGRAMME, "paying a tranche")
    with transaction.atomic():
        before = store.dossier_of(project_id, Kind.PROJECT, locked=True)
        found = _tranche(before.value, code)
        if before.owner == person.username:
            raise NotPayableError("this project is yours: somebody else must pay its tranches")
        if found.paid_on:
            raise NotPayableError("it is paid already")
        if found.met_on is None:
            raise NotPayableError("its condition is not met yet")
        if before.value.state is project.State.DROPPED:
            raise NotPayableError("the project was dropped")
        funding.draw(Movement.CONSUME, project_id, found, actor=person.username, at=at)
        paid = _replaced(found, "tranche paid", paid_on=current_country().legal_day(at=at))
        return actions.written(before, paid, actor=person.username, at=at)


def _tranche(value: project.Project, code: str) -> Any:  # noqa: ANN401 - a row of a project
    found = next((each for each in value.tranches if each.code == code), None)
    if found is None:
        raise NotPayableError("there is no tranche {code}", code=code)
    return found


def _replaced(tranche: Any, act: str, **changed: object) -> Change:  # noqa: ANN401 - a row of a project
    after = msgspec.structs.replace(tranche, **changed)

    def made(value: project.Project) -> project.Project:
        return msgspec.structs.replace(value, tranches=tuple(after if each.code == after.code else each for each in value.tranches))

    return Change(act, made)
