"""Financial year: twelve months that need not begin in January; it is named after the calendar year in which it begins."""

from datetime import date

from customhouse.kernel import months_after


def year_of(begins: str, *, on: date) -> int:
    """The financial year of a day, where years begin on `begins` (month and day, as 07-01)."""
    return on.year if f"{on:%m-%d}" >= begins else on.year - 1


def first_day(begins: str, year: int) -> date:
    """The first day of a financial year; refuses with `ValueError` where `begins` is no day of every year."""
    return date.fromisoformat(f"{year:04}-{begins}")


def last_of_month(begins: str, year: int, *, month: int) -> date:
    """The last day of the month within a financial year, in whichever of its two calendar years that month falls."""
    calendar = year if f"{month:02}-28" >= begins else year + 1
    return months_after(date(calendar, month, 1), 1) - date.resolution
