"""Measure: one dated rule of the tariff: this tax, at this rate, on these goods, from there, on these conditions."""

from dataclasses import dataclass, replace
from datetime import date

from customhouse.kernel import ALWAYS, Validity
from customhouse.tariff.condition import Condition, Evidence, Outcome, outcome
from customhouse.tariff.rate import Rate
from customhouse.tariff.taric import Season

FIRST_EDITION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """An immutable row of the tariff, stamped with the edition that brought it and, once retired, the one that retired it.

    An empty commodity means all goods, an empty area all countries, an empty additional code, preference or quota any. It gives way
    to the measures whose kinds or additional codes it is `displaced_by`. The type is the code under which the tariff publishes it; the
    reduction says which of the reduced amounts of another table it takes.
    """

    id: str
    commodity: str
    kind: str
    rate: Rate
    area: str = ""
    excludes: tuple[str, ...] = ()
    additional_code: str = ""
    preferences: tuple[str, ...] = ()
    quota: str = ""
    conditions: tuple[Condition, ...] = ()
    displaced_by: tuple[str, ...] = ()
    legal_basis: str = ""
    validity: Validity = ALWAYS
    season: Season | None = None
    type: str = ""
    reduction: str = ""
    added_in: int = FIRST_EDITION
    removed_in: int | None = None

    def is_in_force(self, *, on: date) -> bool:
        """Whether the measure applies on the legal day."""
        return self.validity.includes(on) and (self.season is None or self.season.includes(on))

    def is_known(self, edition: int) -> bool:
        """Whether the measure stood in the edition of the tariff."""
        return self.added_in <= edition and (self.removed_in is None or edition < self.removed_in)

    def outcome(self, evidence: Evidence) -> Outcome:
        """What the conditions of the measure come to on this evidence."""
        return outcome(self.conditions, evidence)

    def stamped(self, *, added_in: int, removed_in: int | None = None) -> "Measure":
        """The same measure with other editions."""
        return replace(self, added_in=added_in, removed_in=removed_in)


def goods_key(commodity: str) -> str:
    """The digits that a commodity code shares with all goods under it: 0803100000 and 0803 10 both cover what 080310 does."""
    digits = commodity.replace(" ", "").replace(".", "")
    while len(digits) > 2 and len(digits) % 2 == 0 and digits.endswith("00"):  # noqa: PLR2004 - a chapter has two digits
        digits = digits[:-2]
    return digits
