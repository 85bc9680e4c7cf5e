"""Funding: tranches of projects drawn on pledges through the ledger: reserved when agreed, used up when paid, else given back."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from customhouse.development import donor, project
from customhouse.ledger import Account, Holding, Kind, Movement
from customhouse.saying import Refusal
from customhouse_server.development import store
from customhouse_server.development.dossier import Dossier
from customhouse_server.development.dossier import Kind as Of
from customhouse_server.development.framework import in_kind_rules
from customhouse_server.ledger import actions as balances

_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True, kw_only=True)
class Money:
    """The projects of a state in one currency: what those cost of which it is known, how many are not, and what is agreed and paid."""

    state: project.State
    currency: str
    projects: int
    cost: Decimal
    undetermined: int
    agreed: Decimal
    paid: Decimal


class EmptyPledgeError(Refusal, ValueError):
    """A pledge promises nothing."""


def open_pledge(pledge: Dossier, *, actor: str, at: dt.datetime) -> None:
    """The account of a new pledge, granted in full; refuses with `EmptyPledgeError` one of nothing."""
    if pledge.value.amount <= 0:
        raise EmptyPledgeError("a pledge is of more than nothing")
    name = donor.account_of(str(pledge.id))
    balances.open_account(Account(id=name, unit=pledge.value.currency))
    balances.post(Movement(cause=f"pledged/{pledge.id}", kind=Kind.GRANT, amounts={name: pledge.value.amount}), actor=actor, at=at)


def holding_of(project_id: UUID, tranche: str) -> str:
    """The name under which a tranche holds its part of a pledge."""
    return f"project/{project_id}/{tranche}"


def draw(kind: Kind, project_id: UUID, tranche: Any, *, actor: str, at: dt.datetime) -> None:  # noqa: ANN401 - a row of a project
    """Reserve, use up or give back the amount of a tranche; refuses as the ledger does."""
    holding = holding_of(project_id, tranche.code)
    movement = Movement(cause=f"{kind}/{holding}", kind=kind, holding=holding, amounts={donor.account_of(tranche.pledge): tranche.amount})
    balances.post(movement, actor=actor, at=at)


def give_back(ended: Dossier, *, actor: str, at: dt.datetime) -> None:
    """Give back what the tranches of a project have reserved that nobody can pay any more: met ones are paid after it is closed, too."""
    is_closed = ended.value.state is project.State.CLOSED
    for each in ended.value.tranches:
        if each.paid_on is None and not (is_closed and each.met_on):
            draw(Kind.RETURN, ended.id, each, actor=actor, at=at)


def available() -> dict[str, Decimal]:
    """What is left of each pledge, by its name."""
    names = [str(each.id) for each in store.dossiers(Of.PLEDGE)]
    return {name: found.available for name in names if (found := account_of(name))}


def account_of(pledge: str) -> Account | None:
    """The account of a pledge, its amounts without the zeros that the ledger keeps behind the cents."""
    found = balances.account(donor.account_of(pledge))
    if found is None:
        return None
    holdings = {name: Holding(reserved=_trimmed(each.reserved), consumed=_trimmed(each.consumed)) for name, each in found.holdings.items()}
    return Account(id=found.id, unit=found.unit, granted=_trimmed(found.granted), holdings=holdings)


def offered(found: Dossier, *, on: dt.date) -> donor.Offer:
    """Which pledges fit what a project still lacks: the cash that its budget needs beyond its tranches."""
    value = found.value
    pledges = {str(each.id): each.value for each in store.dossiers(Of.PLEDGE)}
    return donor.matched(_need(value), pledges, available=available(), on=on)


def statement(pledge: Dossier) -> donor.Statement:
    """The statement of a pledge as its account stands."""
    account = account_of(str(pledge.id))
    assert account is not None, "a pledge opens its account"
    titles = {
        holding_of(each.id, tranche.code): f"{each.title}, {tranche.code}"
        for each in store.dossiers(Of.PROJECT)
        for tranche in each.value.tranches
    }
    return donor.statement(pledge.value, account, titles=titles)


def money_by_state(projects: Sequence[Dossier]) -> tuple[Money, ...]:
    """What the projects of each state cost, and what is agreed and paid, a currency a row; in the order of the states."""
    rows = []
    for state in project.State:
        for currency in sorted({each.value.currency for each in projects if each.value.state is state}):
            found = [each.value for each in projects if each.value.state is state and each.value.currency == currency]
            costs = [project.total(each.budget, in_kind_rules(), currency=currency).amount for each in found]
            tranches = [row for each in found for row in each.tranches]
            rows.append(
                Money(
                    state=state,
                    currency=currency,
                    projects=len(found),
                    cost=sum((each for each in costs if each is not None), Decimal(0)),
                    undetermined=costs.count(None),
                    agreed=sum((row.amount for row in tranches), Decimal(0)),
                    paid=sum((row.amount for row in tranches if row.paid_on), Decimal(0)),
                )
            )
    return tuple(rows)


def _trimmed(amount: Decimal) -> Decimal:
    cents = amount.quantize(_CENT)
    return cents if cents == amount else amount


def _need(value: project.Project) -> donor.Need:
    come_to = project.total(value.budget, in_kind_rules(), currency=value.currency)
    cash = Decimal(0) if come_to.amount is None else come_to.amount - come_to.in_kind
    lacking = cash - sum((each.amount for each in value.tranches), Decimal(0))
    return donor.Need(
        theme=value.theme, country=value.country, instrument=value.instrument, amount=max(lacking, Decimal(0)), currency=value.currency
    )
