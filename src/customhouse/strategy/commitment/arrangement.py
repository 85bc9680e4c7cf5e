"""Arrangement: assistance agreed with a donor, without which a measure of category C is not carried out (TFA Articles 16 and 22)."""

from datetime import date

import msgspec

from customhouse.saying import Saying, saying


class Arrangement(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True):
    """What a donor gives, from and until when, and how far it has come."""

    donor: str
    assistance: str
    agreed_on: date | None = None
    until: date | None = None
    progress: str = ""

    def faults(self) -> tuple[Saying, ...]:
        """Why it cannot be: it does not end before it is agreed."""
        if self.agreed_on and self.until and self.until < self.agreed_on:
            return (saying("an arrangement does not end before it is agreed"),)
        return ()
