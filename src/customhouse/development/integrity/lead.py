"""Lead: evidence that one officer's events differ from those of the office by more than chance, to be reviewed; never a verdict.

Each rule asks many times, once for every actor and mark, so the bound of false leads is shared among them (Holm 1979). What was found is
set aside before the next is tested, so that one officer's habit does not make the colleagues look strange.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time

import duckdb
import msgspec
import pyarrow as pa

from customhouse.development.integrity.chance import Stratum, expected, likelihood
from customhouse.development.integrity.lead_rule import LeadRule, LeadRules
from customhouse.kernel import WorkingHours
from customhouse.saying import Refusal

_LOOK_BACK_DAYS = 90
"""A declaration on which an officer acts in a period may have been lodged so many days before it."""

Subject = tuple[str, str]
"""Who, and which mark."""


class LeadFormulaError(Refusal, ValueError):
    """The query of a rule cannot be run, or does not give the columns of a rule."""


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One event behind a lead, by its place in the journal."""

    transaction: int
    id: int
    declaration_id: str
    occurred_at: datetime


class Lead(msgspec.Struct, frozen=True, kw_only=True):
    """One finding of a review: an actor has `observed` marked events of `of`, where chance would give `expected` of them.

    `others_share` is the share of marked events among those of everybody else in the same strata, `likelihood` the probability of as
    many by chance, `corrected` the same after correction for how often was asked (`asked`).
    """

    rule: str
    rule_version: int
    actor: str
    mark: str
    strata: tuple[str, ...]
    observed: int
    of: int
    expected: float
    others_share: float | None
    likelihood: float
    corrected: float
    asked: int
    start: date
    end: date
    evidence: tuple[Evidence, ...]


def leads(
    connection: duckdb.DuckDBPyConnection, rules: LeadRules, *, start: date, end: date, hours: Mapping[str, WorkingHours]
) -> tuple[Lead, ...]:
    """What a review of the period finds, the least likely first; refuses with `LeadFormulaError`. `connection` has the view `event`."""
    _prepare(connection, hours, start=start, end=end)
    found = [lead for rule in rules.rules for lead in _leads(connection, rule, rules.false_leads, start=start, end=end)]
    return tuple(sorted(found, key=lambda lead: (lead.corrected, lead.likelihood, lead.rule, lead.actor, lead.mark)))


@dataclass(frozen=True, slots=True)
class Unusual:
    """A subject with more marked events than chance would give."""

    subject: Subject
    strata: tuple[str, ...]
    observed: int
    of: int
    expected: float
    others_share: float | None
    likelihood: float
    corrected: float
    asked: int


class Tally:
    """How many events each actor has in each stratum under each mark; the empty mark is that of ordinary events."""

    def __init__(self, counts: Mapping[tuple[str, str, str], int]) -> None:
        """Count by stratum, actor and mark."""
        self._strata: dict[str, dict[Subject, int]] = defaultdict(dict)
        for (stratum, actor, mark), count in counts.items():
            self._strata[stratum][actor, mark] = count

    def subjects(self, *, minimum: int) -> list[Subject]:
        """Whom to ask about: every actor and mark whose margins leave room for as many marked events as a lead needs."""
        room: dict[Subject, int] = defaultdict(int)
        for cells in self._strata.values():
            actors: dict[str, int] = defaultdict(int)
            marks: dict[str, int] = defaultdict(int)
            for (actor, mark), count in cells.items():
                actors[actor] += count
                marks[mark] += count
            for actor, had in actors.items():
                for mark, there in marks.items():
                    room[actor, mark] += min(had, there)
        return sorted(subject for subject, most in room.items() if subject[1] and most >= minimum)

    def unusual(self, *, minimum: int, false_leads: float) -> list[Unusual]:
        """Who has more than chance would give, the least likely first; what is found is set aside before the next is tested."""
        found: list[Unusual] = []
        asked = self.subjects(minimum=minimum)
        while len(found) < len(asked):
            known = {each.subject for each in found}
            tested = [self._tested(subject, known, asked=len(asked) - len(found)) for subject in asked if subject not in known]
            least = min(tested, key=lambda each: (each.likelihood, each.subject))
            if least.corrected > false_leads:
                break
            found.append(least)
        return [each for each in found if each.observed >= minimum]

    def _tested(self, subject: Subject, known: set[Subject], *, asked: int) -> Unusual:
        strata = {name: stratum for name, cells in self._strata.items() if (stratum := _margins(cells, subject, known)).of_actor}
        observed = sum(self._strata[name].get(subject, 0) for name in strata)
        of = sum(each.of_actor for each in strata.values())
        others = sum(each.events for each in strata.values()) - of
        chance = likelihood(observed, strata.values())
        return Unusual(
            subject=subject,
            strata=tuple(sorted(strata)),
            observed=observed,
            of=of,
            expected=expected(strata.values()),
            others_share=(sum(each.marked for each in strata.values()) - observed) / others if others else None,
            likelihood=chance,
            corrected=min(1.0, chance * asked),
            asked=asked,
        )


def _margins(cells: Mapping[Subject, int], subject: Subject, known: Iterable[Subject]) -> Stratum:
    """The margins of a stratum for a subject, without the events of others that are known to be unusual."""
    actor, mark = subject
    aside = {other for other, _ in known if other != actor}
    own = {other_mark for other, other_mark in known if other == actor}
    kept = {cell: count for cell, count in cells.items() if cell[0] not in aside and cell[1] not in own}
    return Stratum(
        events=sum(kept.values()),
        marked=sum(count for cell, count in kept.items() if cell[1] == mark),
        of_actor=sum(count for cell, count in kept.items() if cell[0] == actor),
    )


def _leads(connection: duckdb.DuckDBPyConnection, rule: LeadRule, false_leads: float, *, start: date, end: date) -> list[Lead]:
    rows = _rows(connection, rule, "stratum, actor, coalesce(mark, '') AS mark, count(*)", "GROUP BY ALL", start=start, end=end)
    tally = Tally({(str(stratum), str(actor), str(mark)): int(str(count)) for stratum, actor, mark, count in rows})
    return [
        Lead(
            rule=rule.code,
            rule_version=rule.version,
            actor=each.subject[0],
            mark=each.subject[1],
            strata=each.strata,
            observed=each.observed,
            of=each.of,
            expected=each.expected,
            others_share=each.others_share,
            likelihood=each.likelihood,
            corrected=each.corrected,
            asked=each.asked,
            start=start,
            end=end,
            evidence=_evidence(connection, rule, each.subject, start=start, end=end),
        )
        for each in tally.unusual(minimum=rule.minimum, false_leads=false_leads)
    ]


def _evidence(connection: duckdb.DuckDBPyConnection, rule: LeadRule, subject: Subject, *, start: date, end: date) -> tuple[Evidence, ...]:
    """The marked events of a subject, in the order of the journal."""
    actor, mark = (each.replace("'", "''") for each in subject)
    chosen = f"WHERE actor = '{actor}' AND mark = '{mark}' ORDER BY transaction, id"
    columns = (
        "transaction, id, declaration_id, (SELECT epoch_us(occurred_at) FROM event e WHERE (e.transaction, e.id) = (f.transaction, f.id) "
        "AND e.day >= $start AND e.day < $end)"
    )
    rows = _rows(connection, rule, columns, chosen, start=start, end=end)
    return tuple(
        Evidence(
            transaction=int(str(transaction)),
            id=int(str(number)),
            declaration_id=str(declaration_id),
            occurred_at=datetime.fromtimestamp(int(str(instant)) / 1_000_000, UTC),
        )
        for transaction, number, declaration_id, instant in rows
    )


def _rows(  # noqa: PLR0913 - the parts of a query and its period
    connection: duckdb.DuckDBPyConnection, rule: LeadRule, columns: str, rest: str, *, start: date, end: date
) -> list[tuple[object, ...]]:
    query = f"WITH found AS ({rule.events}) SELECT {columns} FROM found f {rest}"  # noqa: S608 - a rule is SQL
    try:
        return connection.execute(query, {"start": start, "end": end}).fetchall()
    except duckdb.Error as refusal:
        raise LeadFormulaError("the formula of {code} cannot be run: {refusal}", code=rule.code, refusal=refusal) from refusal


def _prepare(connection: duckdb.DuckDBPyConnection, hours: Mapping[str, WorkingHours], *, start: date, end: date) -> None:
    """Make `act` and `opening`, which the rules may read."""
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE placed AS
        SELECT declaration_id, any_value(office) AS office, any_value(declarant) AS declarant
        FROM event WHERE office IS NOT NULL AND day >= $since AND day < $end GROUP BY declaration_id
        """,
        {"since": date.fromordinal(start.toordinal() - _LOOK_BACK_DAYS), "end": end},
    )
    connection.execute(
        """
        CREATE OR REPLACE TEMP VIEW act AS
        SELECT event.* EXCLUDE (office, declarant), placed.office, placed.declarant FROM event JOIN placed USING (declaration_id)
        """
    )
    first, last = (datetime.combine(day, time(), UTC) for day in (start, end))
    open_times = [(office, *each) for office, times in hours.items() for each in times.openings(start=first, end=last)]
    names = ("office", "opens_at", "closes_at")
    kinds = (pa.string(), pa.timestamp("ms", "UTC"), pa.timestamp("ms", "UTC"))
    columns = [pa.array([row[place] for row in open_times], kind) for place, kind in enumerate(kinds)]
    connection.register("opening", pa.table(columns, names=list(names)))
