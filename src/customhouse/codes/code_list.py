"""Code list: the codes that others own and change, looked up on a day."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from customhouse.kernel import ALWAYS, Validity


class UnreadableCodeListError(ValueError):
    """A code list with rows in error; the message lists all of them, a line each."""


@dataclass(frozen=True, slots=True)
class CodeEntry:
    """A code, what it means, when it is valid, and whatever else its list says of it."""

    code: str
    description: str
    validity: Validity = ALWAYS
    extra: Mapping[str, str] = field(default_factory=dict)


class CodeList:
    """A named list of entries; one code may have several entries, at different times."""

    def __init__(self, name: str, entries: Iterable[CodeEntry]) -> None:
        """Index the entries by code."""
        self.name = name
        self._entries: dict[str, tuple[CodeEntry, ...]] = {}
        for entry in entries:
            self._entries[entry.code] = (*self._entries.get(entry.code, ()), entry)

    def entry(self, code: str, *, on: date) -> CodeEntry | None:
        """The entry of a code on a day, or nothing where it is not valid then."""
        for entry in self._entries.get(code, ()):
            if entry.validity.includes(on):
                return entry
        return None

    def entries(self, *, on: date) -> tuple[CodeEntry, ...]:
        """All entries valid on a day, in the list's order."""
        return tuple(entry for all_of in self._entries.values() for entry in all_of if entry.validity.includes(on))


class CodeLists:
    """The lists that a country uses, by name; a later list takes the place of an earlier one of the same name."""

    def __init__(self, lists: Iterable[CodeList]) -> None:
        """Keep the last list of each name."""
        self._lists = {each.name: each for each in lists}

    def named(self, name: str) -> CodeList | None:
        """The list of a name, or nothing where the country keeps none, and so cannot say what is valid."""
        return self._lists.get(name)

    def allows(self, name: str, code: str, *, on: date) -> bool:
        """Whether a code is valid on a day; without a list, any code is."""
        found = self._lists.get(name)
        return found is None or found.entry(code, on=on) is not None

    def names(self) -> tuple[str, ...]:
        """The names of all lists."""
        return tuple(self._lists)


def read_code_list(text: str, *, name: str) -> CodeList:
    """The list in a CSV with the header `code,description,valid_from,valid_to` and any further columns; `valid_to` is exclusive."""
    rows = list(csv.DictReader(io.StringIO(text)))
    faults = [f"{name}, row {number}: {fault}" for number, row in enumerate(rows, start=2) if (fault := _fault(row))]
    if faults:
        raise UnreadableCodeListError("\n".join(faults))
    return CodeList(name, (_entry(row) for row in rows))


def _fault(row: Mapping[str, str]) -> str | None:
    if not row.get("code"):
        return "the code is missing"
    try:
        _validity(row)
    except ValueError as error:
        return str(error)
    return None


def _validity(row: Mapping[str, str]) -> Validity:
    start, end = row.get("valid_from"), row.get("valid_to")
    return Validity(date.fromisoformat(start) if start else None, date.fromisoformat(end) if end else None)


def _entry(row: Mapping[str, str]) -> CodeEntry:
    extra = {key: value for key, value in row.items() if key not in ("code", "description", "valid_from", "valid_to")}
    return CodeEntry(row["code"], row.get("description", ""), _validity(row), extra)
