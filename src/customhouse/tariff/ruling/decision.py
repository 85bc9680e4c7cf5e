"""Decision: what customs rules on an application, and by what reasoning; written once, drafted by one officer and issued by another."""

from datetime import date

import msgspec

from customhouse.tariff.interpretation import Walk
from customhouse.tariff.ruling.scope import Scope

_SHORTEST_CODE, _LONGEST_CODE = 6, 10


class Decision(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """The ruling as drafted: the code or whatever else was asked, the goods as customs describes them, the reasons.

    `start` is the first day it binds, `end` the first on which it no longer does; without an end the law sets none. `acknowledged` are
    the rulings with which it conflicts and which the author has weighed. `walk` is the reasoning of a classification.
    """

    code: str
    goods: str
    reasons: str
    start: date
    end: date | None = None
    origin: str = ""
    walk: Walk | None = None
    edition: str = ""
    keywords: tuple[str, ...] = ()
    acknowledged: tuple[str, ...] = ()
    suggested_by: str = ""

    def shortfalls(self, scope: Scope) -> tuple[str, ...]:
        """The fields that keep it from being issued: what the scope asks for is said, and a walk that is given ends in the code."""
        settled = {Scope.CLASSIFICATION: ("code",), Scope.ORIGIN: ("code", "origin")}.get(scope, ())
        missing = [name for name in (*settled, "goods", "reasons") if not getattr(self, name).strip()]
        if self.code and not (self.code.isascii() and self.code.isdigit() and _SHORTEST_CODE <= len(self.code) <= _LONGEST_CODE):
            missing.append("code")
        if self.end is not None and self.end <= self.start:
            missing.append("end")
        if self.walk is not None and not (self.walk.decided_code and self.code.startswith(self.walk.decided_code)):
            missing.append("walk")
        return tuple(missing)
