"""Table: one CSV file of a plain tariff set: its columns, and what tells its rows apart."""

from collections.abc import Mapping
from dataclasses import dataclass

from customhouse.tariff.measure_sheet import COLUMNS

Line = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """A name, the columns in their order, and those that identify what a row speaks of."""

    name: str
    columns: tuple[str, ...]
    identity: tuple[str, ...]

    def identity_of(self, line: Line) -> str:
        """What the row speaks of, in one text; dated rows on one thing share it."""
        return " ".join(line.get(column, "") for column in self.identity).strip()


MEASURES = Table("measures", COLUMNS, ("id",))
COMMODITIES = Table("commodities", ("code", "parent", "description", "valid_from", "valid_to", "declarable", "unit"), ("code",))
AREAS = Table("areas", ("area", "member", "valid_from", "valid_to"), ("area", "member"))
QUOTAS = Table("quotas", ("order_number", "valid_from", "valid_to", "volume", "unit", "origins"), ("order_number", "valid_from"))
ADDITIONAL_CODES = Table("additional_codes", ("code", "description", "valid_from", "valid_to"), ("code",))
RECORDS = Table("taric3_records", ("record", "key", "content"), ("record", "key"))  # what increments of a TARIC3 are applied to

TABLES: Mapping[str, Table] = {each.name: each for each in (MEASURES, COMMODITIES, AREAS, QUOTAS, ADDITIONAL_CODES, RECORDS)}
ADDED, REMOVED = "added_in", "removed_in"
