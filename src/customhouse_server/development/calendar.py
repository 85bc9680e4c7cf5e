"""Calendar: what a donor and an administration owe each other, by the day: tranches, reports, and the ends of pledges.

dated(person, on=, donor=) -> tuple[Dated, ...]      those of the programme
"""

import datetime as dt
from dataclasses import dataclass

from customhouse.development import Clock, clock, project
from customhouse_server.accounts.person import Person
from customhouse_server.development import actions
from customhouse_server.development.dossier import Dossier, Kind


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that falls on a day: what, between whom, in which dossier, and how it stands; `uid` stays while day and words change."""

    uid: str
    kind: str
    what: str
    donor: str
    of: Dossier
    clock: Clock


def dated(person: Person, *, on: dt.date, donor: str = "") -> tuple[Dated, ...]:
    """What is not done yet, the first due first; of one donor where one is named."""
    pledges = {str(each.id): each for each in actions.listed(person, Kind.PLEDGE)}
    projects = actions.listed(person, Kind.PROJECT)
    ends = [
        Dated(f"{each.id}-end", "pledge_end", each.title, each.value.donor, each, clock(each.value.valid_to - dt.timedelta(days=1), on=on))
        for each in pledges.values()
        if each.value.valid_to > on
    ]
    tranches = [
        Dated(
            f"{each.id}-tranche-{row.code}",
            "tranche",
            f"{row.code}: {row.amount:,} {each.value.currency}",
            _donor(pledges, row.pledge),
            each,
            clock(row.due_on, on=on),
        )
        for each in projects
        for row in each.value.tranches
        if row.paid_on is None and each.value.state is not project.State.DROPPED
    ]
    reports = [
        Dated(f"{each.id}-report-{row.code}", "report", f"{row.code} {row.title}", row.to, each, clock(row.due_on, on=on))
        for each in projects
        for row in each.value.reports
        if row.delivered_on is None
    ]
    found = [each for each in (*ends, *tranches, *reports) if not donor or each.donor == donor]
    return tuple(sorted(found, key=lambda each: (each.clock.due_on, each.kind, each.what)))


def _donor(pledges: dict[str, Dossier], name: str) -> str:
    return pledges[name].value.donor if name in pledges else ""
