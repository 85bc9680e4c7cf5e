"""Tried: one form of several on a page, which was refused and is drawn again as it was typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from customhouse_server.desk.form import Field
from customhouse_server.desk.words import retold
from customhouse_server.gateway.fault import FaultyError


@dataclass(frozen=True, slots=True)
class Tried:
    """Where the form stands on its page, what was typed into it, and why it was refused."""

    place: str
    posted: Mapping[str, str]
    refusal: Exception

    def over(self, fields: Iterable[Field]) -> list[Field]:
        """The fields as they were typed, with what is wrong at each."""
        faults = self.refusal.faults if isinstance(self.refusal, FaultyError) else {}
        return [
            replace(each, value=self.posted.get(each.name, ""), fault=retold(faults[each.name]) if each.name in faults else "")
            for each in fields
        ]
