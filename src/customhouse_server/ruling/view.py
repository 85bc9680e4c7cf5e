"""View: what a person is shown of one application, what a person asks to be done with it, and how its clock stands."""

import datetime as dt
from dataclasses import dataclass, fields

from customhouse.tariff import ruling
from customhouse_server.ruling.record import Content, Record


@dataclass(frozen=True, slots=True)
class View:
    """One application as a person sees it: where it stands, what was said, and what the person may do with it now."""

    record: Record
    content: Content | None
    allowed: tuple[ruling.Act, ...]

    @property
    def goods(self) -> str:
        """The goods in one text."""
        return self.content.application.goods if self.content else ""


@dataclass(frozen=True, slots=True)
class Listing:
    """Some records of a longer list, and how long it is."""

    records: tuple[Record, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Doing:
    """What a person asks to be done, and what it carries; `party` is consulted, `reference` is the ruling that takes the place."""

    act: ruling.Act
    reason: str = ""
    ground: ruling.act.Ground | None = None
    party: str = ""
    reference: str = ""
    notice_until: dt.date | None = None
    grace_until: dt.date | None = None

    def carried(self) -> dict[str, object]:
        """What the act carries, by name."""
        return {field.name: getattr(self, field.name) for field in fields(self) if field.name != "act"}


@dataclass(frozen=True, slots=True)
class Standing:
    """How the clock stands on a day: its state, the last day allowed, the days left and why it stands still."""

    state: str
    due: dt.date | None
    days_left: int
    reason: str


def clock_of(case: ruling.Case, *, on: dt.date) -> Standing | None:
    """The clock of an application that is being worked on; nothing before acceptance and once it is decided."""
    if case.clock is None or case.state not in _RUNNING:
        return None
    clock = case.clock
    if clock.is_paused:
        return Standing("paused", None, 0, clock.pauses[-1].reason)
    return Standing("overdue" if clock.has_run_out(on=on) else "running", clock.due_on, clock.days_left(on=on), "")


_RUNNING = (ruling.State.ACCEPTED, ruling.State.ASKED, ruling.State.CONSULTED, ruling.State.DRAFTED)
