"""Value line: one amount in a customs value, with its article, its dated rate of exchange and its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Context, Decimal

import msgspec

from customhouse.assessment.regime import Regime
from customhouse.assessment.valuation.evidence import Evidence, named
from customhouse.kernel import Money
from customhouse.saying import Refusal, saying

WIDE = Context(prec=60)  # for the few divisions, so that nothing is rounded before the rule of the country does


class ValueLine(msgspec.Struct, frozen=True, kw_only=True):
    """What is counted, by which article, in which currency, at which rate of which day, and what shows it; a deduction is negative."""

    what: str
    article: str
    amount: Decimal
    currency: str
    rate: Decimal
    rate_day: date
    national: Decimal
    evidence: tuple[Evidence, ...] = ()
    note: str = ""

    def __str__(self) -> str:
        """As an officer reads it out."""
        sign = "less" if self.amount < 0 else "plus"
        rate = "" if self.rate == 1 else f" at {self.rate:f} on {self.rate_day.isoformat()}"
        note = f", {self.note}" if self.note else ""
        shown = f" ({named(self.evidence)})" if self.evidence else ""
        return f"{sign} {self.what} {abs(self.amount):,f} {self.currency}{rate}, {self.article}{note}{shown}"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a valuation is done under: the regime, the published rates of the day (Article 9), and the day."""

    regime: Regime
    exchange: Mapping[str, Decimal]
    on: date

    def line(self, what: str, money: Money, *, article: str, evidence: tuple[Evidence, ...] = (), note: str = "") -> ValueLine:
        """The amount as a line; refuses with `UnpublishedRateError` a currency that has no rate on the day."""
        rate = self.rate(money.currency)
        return ValueLine(
            what=what,
            article=article,
            amount=money.amount,
            currency=money.currency,
            rate=rate,
            rate_day=self.on,
            national=money.amount * rate,
            evidence=evidence,
            note=note,
        )

    def rate(self, currency: str) -> Decimal:
        """National currency for one unit; refuses with `UnpublishedRateError`."""
        if currency not in self.exchange:
            raise UnpublishedRateError(
                "no exchange rate is published for {currency} on {on}", currency=currency or saying("(none)"), on=self.on.isoformat()
            )
        return self.exchange[currency]


class UnpublishedRateError(Refusal, ValueError):
    """A currency has no published rate on the day, and no other day's is taken."""
