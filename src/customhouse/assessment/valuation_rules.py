"""Valuation rules: what the WTO Valuation Agreement leaves to each country, as data of the country package.

Where a rule is not set, what depends on it is undetermined: no period and no tolerance stands in code.
"""

from datetime import date
from decimal import Decimal
from enum import StrEnum

import msgspec


class ValuationMethod(StrEnum):
    """The methods of the Agreement, in the order of its articles."""

    TRANSACTION = "transaction"
    IDENTICAL = "identical"
    SIMILAR = "similar"
    DEDUCTIVE = "deductive"
    COMPUTED = "computed"
    FALL_BACK = "fall_back"

    @property
    def article(self) -> str:
        """The article that the method stands in."""
        return _ARTICLE[self]


_ARTICLE = {
    ValuationMethod.TRANSACTION: "Article 1",
    ValuationMethod.IDENTICAL: "Article 2",
    ValuationMethod.SIMILAR: "Article 3",
    ValuationMethod.DEDUCTIVE: "Article 5",
    ValuationMethod.COMPUTED: "Article 6",
    ValuationMethod.FALL_BACK: "Article 7",
}


class ValuationRules(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Periods, tolerances and codes of one country.

    `same_time_days` is how far "at or about the same time" reaches; `closely_approximate_share` how far a test value may lie from the
    price (Article 1.2(b)); `fall_back_days` how far a flexible reading of the time reaches (Article 7). The days of the doubt
    procedure (Decision 6.1) count as `in_working_days` says, without `rest_weekdays` (0 is Monday) and `holidays`. `methods`
    and `indicators` are those of the value declaration; an indicator is one digit each for relationship, restrictions, conditions
    and proceeds.
    """

    same_time_days: int | None = None
    closely_approximate_share: Decimal | None = None
    fall_back_days: int | None = None
    answer_days: int | None = None
    request_days: int | None = None
    response_days: int | None = None
    in_working_days: bool = False
    rest_weekdays: tuple[int, ...] = ()
    holidays: tuple[date, ...] = ()
    methods: dict[str, ValuationMethod] = {}
    indicators: bool = False
    legal_basis: str = ""
