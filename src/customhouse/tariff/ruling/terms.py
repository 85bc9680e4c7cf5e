"""Terms: what a country says of advance rulings, as data: days to issue, validity, grace, scope, the documents that cite one (TFA 3.6)."""

import tomllib
from datetime import date

import msgspec

from customhouse.kernel import Clock, months_after
from customhouse.saying import Refusal
from customhouse.tariff.ruling.scope import Scope


class UnreadableTermsError(Refusal, ValueError):
    """A `rulings.toml` that cannot be read."""


class Terms(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A country's law on advance rulings; where it names no figure, none is assumed.

    `citing_documents` are the document codes with which a declaration cites a ruling. `grace_months` is the longest extended use under
    a binding contract after a ruling ends by law or by customs. Rest days and holidays stay out of the days allowed where these are
    `working_days`. `edition` names the nomenclature under which rulings are reasoned.
    """

    scopes: tuple[Scope, ...] = (Scope.CLASSIFICATION, Scope.ORIGIN)
    days_to_issue: int | None = None
    working_days: bool = False
    rest_days: frozenset[int] = frozenset({5, 6})
    holidays: frozenset[date] = frozenset()
    validity_months: int | None = None
    grace_months: int = 0
    citing_documents: frozenset[str] = frozenset()
    edition: str = ""
    legal_basis: str = ""

    def clock(self, *, on: date) -> Clock | None:
        """The time of the law from a day on; none where it sets no day."""
        if self.days_to_issue is None:
            return None
        return Clock(
            owner="customs",
            started_on=on,
            days=self.days_to_issue,
            in_working_days=self.working_days,
            rest_weekdays=tuple(sorted(self.rest_days)),
            holidays=tuple(sorted(self.holidays)),
        )

    def valid_until(self, *, start: date) -> date | None:
        """The first day on which a ruling that starts on a day no longer holds; None where the law sets no term."""
        return None if self.validity_months is None else months_after(start, self.validity_months)

    @classmethod
    def read(cls, text: str) -> "Terms":
        """The terms in a TOML text, of which an empty one says nothing; refuses with `UnreadableTermsError`."""
        try:
            return msgspec.convert(tomllib.loads(text), cls)
        except (tomllib.TOMLDecodeError, msgspec.ValidationError) as error:
            raise UnreadableTermsError("{why}", why=error) from error
