"""Quota: so much of some goods may come in at a lower duty in a period, and how that much is given out (GATT 1994, Article XIII)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_DOWN, Decimal
from enum import StrEnum

from customhouse.kernel import Validity

NOTHING = Decimal(0)


class Method(StrEnum):
    """How a quota is given out: in the order of acceptance, or by licences that an agency issued."""

    FIRST_COME = "first_come"
    LICENCE = "licence"


class State(StrEnum):
    """How a quota stands on a day."""

    OPEN = "open"
    CRITICAL = "critical"
    EXHAUSTED = "exhausted"
    BLOCKED = "blocked"
    SUSPENDED = "suspended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """One order number in one period.

    The volume is in a unit that goods can be counted in, and given out in whole steps. `origins` are countries and areas, none
    meaning any. A quota is critical from its first day, or once the share of the volume is drawn. While it is blocked or suspended
    nothing is given out. What is drawn of a sub-quota is drawn, times the coefficient, of the parent too.
    """

    order_number: str
    period: Validity
    volume: Decimal
    unit: str
    step: Decimal = Decimal("0.001")
    origins: tuple[str, ...] = ()
    method: Method = Method.FIRST_COME
    documents: tuple[str, ...] = ()
    is_critical: bool = False
    critical_share: Decimal | None = None
    blocked: tuple[Validity, ...] = ()
    suspended: tuple[Validity, ...] = ()
    parent: str = ""
    coefficient: Decimal = Decimal(1)
    legal_basis: str = ""

    @property
    def account(self) -> str:
        """The name of its account on the ledger: order number and first day."""
        return f"quota/{self.order_number}/{self.period.start or date.min}"

    def halt(self, *, on: date) -> State | None:
        """What keeps it from being given out on the day, if anything does."""
        if any(each.includes(on) for each in self.suspended):
            return State.SUSPENDED
        return State.BLOCKED if any(each.includes(on) for each in self.blocked) else None

    def state(self, available: Decimal, *, on: date) -> State:
        """How it stands on the day with so much left."""
        halt = self.halt(on=on)
        if halt:
            return halt
        if available < self.step:
            return State.EXHAUSTED
        drawn = self.volume - available
        passed = self.critical_share is not None and drawn >= self.volume * self.critical_share
        return State.CRITICAL if self.is_critical or passed else State.OPEN


class Quotas:
    """The quotas of a country package, found by order number on a day."""

    def __init__(self, definitions: Iterable[Quota] = ()) -> None:
        """Keep the periods of each order number side by side."""
        self._by_number: dict[str, list[Quota]] = {}
        for each in definitions:
            self._by_number.setdefault(each.order_number, []).append(each)
        self._by_account = {each.account: each for each in self}

    def __iter__(self) -> Iterator[Quota]:
        """Every quota in every period, by order number and first day."""
        for number in sorted(self._by_number):
            yield from sorted(self._by_number[number], key=lambda each: each.period.start or date.min)

    def __contains__(self, account: str) -> bool:
        """Whether the account is that of a quota of the package."""
        return account in self._by_account

    def __getitem__(self, account: str) -> Quota:
        """The quota of an account."""
        return self._by_account[account]

    def keeps(self, order_number: str) -> bool:
        """Whether the package knows the order number, in whatever period."""
        return order_number in self._by_number

    def find(self, order_number: str, *, on: date) -> Quota | None:
        """The quota of that number whose period holds the day."""
        return next((each for each in self._by_number.get(order_number, ()) if each.period.includes(on)), None)

    def parent_of(self, quota: Quota) -> Quota | None:
        """The quota that a sub-quota draws on too."""
        return self.find(quota.parent, on=quota.period.start or date.min) if quota.parent else None

    def drawn_by(self, quota: Quota, amount: Decimal) -> dict[str, Decimal]:
        """What drawing that much of the quota takes from each account."""
        parent = self.parent_of(quota)
        own = {quota.account: amount}
        return own if parent is None else {**own, parent.account: amount * quota.coefficient}

    def halt(self, quota: Quota, *, on: date) -> State | None:
        """What keeps the quota, or its parent, from being given out on the day."""
        parent = self.parent_of(quota)
        return quota.halt(on=on) or (parent.halt(on=on) if parent else None)

    def available(self, quota: Quota, balances: Mapping[str, Decimal]) -> Decimal | None:
        """What can be drawn of the quota by the balances of the accounts, its parent's too; nothing where one is not known."""
        parent = self.parent_of(quota)
        own, above = balances.get(quota.account), balances.get(parent.account) if parent else None
        if own is None or (parent and above is None):
            return None
        if above is None:
            return own
        return min(own, (above / quota.coefficient).quantize(quota.step, rounding=ROUND_DOWN))

    def state(self, quota: Quota, balances: Mapping[str, Decimal], *, on: date) -> State | None:
        """How the quota stands on the day, by its own and its parent's balance; nothing where a balance is needed and not known."""
        halt = self.halt(quota, on=on)
        if halt:
            return halt
        left = self.available(quota, balances)
        if left is None:
            return None
        parent = self.parent_of(quota)
        above = parent.state(balances[parent.account], on=on) if parent else State.OPEN
        own = quota.state(left, on=on)
        return State.CRITICAL if own is State.OPEN and above is State.CRITICAL else own
