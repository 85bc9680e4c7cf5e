"""Known: what an assessment is told of quotas on the day: balances, and the answers that the declaration got so far."""

from collections.abc import Mapping
from decimal import Decimal

import msgspec

from customhouse.tariff.quota.request import Answer


class Known(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """Balances by account, and answers by order number; what is not in it is not known."""

    balances: Mapping[str, Decimal] = {}
    answers: Mapping[str, Answer] = {}
