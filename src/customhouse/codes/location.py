"""Location: UN/LOCODE, the codes of ports, airports and other places in trade (UNECE Recommendation 16)."""

import csv
import io
import re

from customhouse.codes.code_list import CodeEntry, CodeList

LOCATION = re.compile(r"[A-Z]{2}[A-Z2-9]{3}")
_COUNTRY, _PLACE, _NAME, _STATUS, _FUNCTION, _COORDINATES = 1, 2, 3, 7, 6, 10
_COLUMNS = 11


def is_location_code(code: str) -> bool:
    """Whether a text has the form of a UN/LOCODE: two letters of the country, three of the place, which may hold the digits 2 to 9."""
    return LOCATION.fullmatch(code) is not None


def read_locations(text: str) -> CodeList:
    """The list of places in the CSV that UNECE publishes; rows of countries, and places marked for removal (X), are left out."""
    rows = (row for row in csv.reader(io.StringIO(text)) if len(row) >= _COLUMNS and row[_PLACE] and row[0] != "X")
    return CodeList("locations", (_entry(row) for row in rows))


def _entry(row: list[str]) -> CodeEntry:
    extra = {"function": row[_FUNCTION], "status": row[_STATUS], "coordinates": row[_COORDINATES]}
    return CodeEntry(f"{row[_COUNTRY]}{row[_PLACE]}", row[_NAME], extra=extra)
