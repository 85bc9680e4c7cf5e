"""Transparency: what the Trade Facilitation Agreement leaves to each country, as data of the country package (Articles 1 to 4).

Where a period is not stated, no clock runs: no number of days stands in code.
"""

from collections.abc import Mapping
from datetime import date, timedelta

import msgspec

from customhouse.kernel import Clock


class UnreadableTransparencyError(ValueError):
    """The table `[transparency]` of a country package has a wrong form; the message says where."""


class Transparency(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How soon questions are answered, how long drafts are open to comments and precede the law, and where one complains and appeals.

    `routes` names the office that answers questions on a topic; `elsewhere` where a subject of Article 1.1 is published that is not
    published here. The days count as `in_working_days` says, without `rest_weekdays` (0 is Monday) and `holidays`.
    """

    answer_days: int | None = None
    comment_days: int | None = None
    interval_days: int | None = None
    in_working_days: bool = False
    rest_weekdays: tuple[int, ...] = ()
    holidays: tuple[date, ...] = ()
    routes: dict[str, str] = {}
    elsewhere: dict[str, str] = {}
    complaint: str = ""
    appeal: str = ""
    legal_basis: str = ""

    def answer_clock(self, *, on: date) -> Clock | None:
        """The days in which a question asked on that day is answered; none where the country states no period."""
        return self._clock(self.answer_days, owner="enquiry point", on=on)

    def comments_until(self, *, on: date) -> date | None:
        """The first of the last days for comments that a draft published on that day may have."""
        clock = self._clock(self.comment_days, owner="public", on=on)
        return clock.due_on if clock else None

    def binding_from(self, *, on: date) -> date | None:
        """The first day on which a rule published on that day may bind."""
        clock = self._clock(self.interval_days, owner="customs", on=on)
        return clock.due_on + timedelta(days=1) if clock and clock.due_on else None

    def _clock(self, days: int | None, *, owner: str, on: date) -> Clock | None:
        if days is None:
            return None
        return Clock(
            owner=owner,
            started_on=on,
            days=days,
            in_working_days=self.in_working_days,
            rest_weekdays=self.rest_weekdays,
            holidays=self.holidays,
        )


UNSAID = Transparency()
"""Of a country that states nothing."""


def read_transparency(table: Mapping[str, object]) -> Transparency:
    """What a table of `country.toml` states; refuses with `UnreadableTransparencyError`."""
    try:
        return msgspec.convert(table, Transparency)
    except msgspec.ValidationError as refusal:
        raise UnreadableTransparencyError(f"[transparency] cannot be read: {refusal}") from refusal
