"""Statement: what became of a pledge, as its donor is told: pledged, committed, paid, left, project by project."""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from customhouse.development.donor.pledge import Pledge
from customhouse.ledger import Account, Holding


class Commitment(msgspec.Struct, frozen=True, kw_only=True):
    """What one project holds of a pledge."""

    project: str
    committed: Decimal
    paid: Decimal


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A pledge as its account stands; pledged is always committed (reserved, not paid yet), paid and left together."""

    donor: str
    title: str
    currency: str
    pledged: Decimal
    committed: Decimal
    paid: Decimal
    left: Decimal
    commitments: tuple[Commitment, ...]


def statement(pledge: Pledge, account: Account, *, titles: Mapping[str, str]) -> Statement:
    """The statement of a pledge; `titles` are those of the projects by the holding of each."""
    return Statement(
        donor=pledge.donor,
        title=pledge.title,
        currency=pledge.currency,
        pledged=account.granted,
        committed=account.reserved,
        paid=account.consumed,
        left=account.available,
        commitments=tuple(_commitment(titles.get(name, name), held) for name, held in sorted(account.holdings.items())),
    )


def _commitment(project: str, held: Holding) -> Commitment:
    return Commitment(project=project, committed=held.reserved, paid=held.consumed)
