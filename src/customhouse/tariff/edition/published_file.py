"""Published file: the lines of a tariff file by the code or the identity that each carries, whatever its form."""

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import asdict

from customhouse.saying import Refusal
from customhouse.tariff import hts

Line = Mapping[str, object]
_IDENTITIES = ("measure__sid", "sid", "id", "code", "commodity")


class UnknownTariffFileError(Refusal, ValueError):
    """A file is in none of the forms that are known here."""


def read_lines(text: str) -> dict[str, Line]:
    """The lines of a tariff file by code: an export of the HTS, or a CSV with a column that identifies its rows.

    Refuses with `UnknownTariffFileError` what is neither. Rows of one identity are told apart by a number.
    """
    text = text.removeprefix("\ufeff")
    if text.lstrip()[:1] == "[" or text.startswith(("HTS Number", '"HTS Number')):
        try:
            return _keyed((line.number, asdict(line)) for line in hts.read_schedule(text) if line.number)
        except hts.UnreadableScheduleError as refusal:
            raise UnknownTariffFileError("{why}", why=refusal) from refusal
    rows = csv.DictReader(io.StringIO(text, newline=""), restkey="surplus")
    identity = _identity(rows)
    if identity is None:
        raise UnknownTariffFileError("the file is no export of the HTS, and has none of the columns {columns}", columns=_IDENTITIES)
    try:
        return _keyed((row[identity] or "", row) for row in rows)
    except csv.Error as refusal:
        raise UnknownTariffFileError("the file is not CSV: {refusal}", refusal=refusal) from refusal


def _identity(rows: "csv.DictReader[str]") -> str | None:
    try:
        return next((name for name in _IDENTITIES if name in (rows.fieldnames or ())), None)
    except csv.Error:
        return None


def _keyed(rows: Iterable[tuple[str, Line]]) -> dict[str, Line]:
    lines: dict[str, Line] = {}
    for code, row in rows:
        place = 2
        name = code
        while name in lines:
            name, place = f"{code} ({place})", place + 1
        lines[name] = row
    return lines
