"""The three kinds of leaf that carry more than text: an amount with its currency, a measure with its unit, a time with its format."""

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal

import msgspec


class Amount(msgspec.Struct, frozen=True, omit_defaults=True):
    """A declared amount and the currency that stands beside it, if one does (ISO 4217)."""

    value: Decimal
    currency: str | None = None


class Measure(msgspec.Struct, frozen=True, omit_defaults=True):
    """A declared mass or quantity and the unit that stands beside it, if one does; a mass without one is in kilograms."""

    value: Decimal
    unit: str | None = None


class StampedTime(msgspec.Struct, frozen=True, omit_defaults=True):
    """A day or an instant as it was written: digits, with an optional zone, in a format of UNCL 2379 (102 a day, 304 an instant)."""

    text: str
    format_code: str | None = None

    def instant(self) -> datetime | None:
        """The aware instant in UTC that the text names, a missing zone read as UTC; nothing where the text names none."""
        digits, offset = _split_zone(self.text.strip())
        try:
            local = datetime.strptime(digits.ljust(14, "0"), "%Y%m%d%H%M%S")  # noqa: DTZ007 - the zone is joined below
        except ValueError:
            return None
        return local.replace(tzinfo=timezone(offset)).astimezone(UTC)

    def day(self) -> date | None:
        """The calendar day as written, in the writer's own zone; nothing where the text names none."""
        try:
            return datetime.strptime(self.text.strip()[:8], "%Y%m%d").date()  # noqa: DTZ007 - a legal day has no zone
        except ValueError:
            return None


def _split_zone(text: str) -> tuple[str, timedelta]:
    for sign, factor in (("+", 1), ("-", -1)):
        digits, found, zone = text.partition(sign)
        if found:
            hours, minutes = zone[:2], zone[2:].lstrip(":")
            whole = timedelta(hours=int(hours or 0), minutes=int(minutes or 0)) if (hours + minutes).isdigit() else timedelta(0)
            return digits, factor * whole
    return text.removesuffix("Z"), timedelta(0)


class UnmappedLeaf(msgspec.Struct, frozen=True, omit_defaults=True):
    """A leaf of the document for which the model has no field, or whose text does not fit it: kept with its path, as it came."""

    path: str
    text: str
    attributes: dict[str, str] = {}
