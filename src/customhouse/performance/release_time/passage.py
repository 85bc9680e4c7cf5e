"""Passage: what one declaration went through, as the instants of its stages, its strata, and how long each actor held it up.

The critical path is overlap-aware: until the goods are at hand nobody else can hold them up, so what was done of the formalities by
then cost no time. From then on the time is whose turn it was, by the state in which the declaration stood, and before it was lodged
the declarant's; what would be the turn of customs is the agency's while another agency was asked and has not decided. So the shares of the
actors add up to the time from arrival to the end, whatever of it was reported.
"""

from dataclasses import dataclass
from datetime import date

import duckdb
import pyarrow as pa

from customhouse.performance.release_time.stage import STAGES, TURN, Actor, Stage

_LOOKBACK_DAYS = 60
"""How long before its lodging the goods of a declaration may have arrived."""
_BY_STATE = (Actor.DECLARANT, Actor.CUSTOMS, Actor.PAYER)
"""Whose time follows from the state of the declaration."""
_LAST_SAID = ("type_code", "office", "border_mode", "declarant", "importer", "chapters", "origins", "documents")


@dataclass(frozen=True, slots=True)
class Sample:
    """Which declarations: those first lodged on a day from `start` until before `end` (UTC), seen until before `seen_until`."""

    start: date
    end: date
    seen_until: date


def passages(connection: duckdb.DuckDBPyConnection, sample: Sample) -> pa.Table:
    """One row a declaration of the sample, in the order of their lodging; instants and times in seconds, `null` where there is none.

    `outcome` is released, waiting, invalidated or seized; `lodged` is the first lodging, `settled` when payment or security came in
    (never where nothing was owed), `ended` when the goods were removed or, where nobody reports that, released; `begun` when they
    arrived or, where nobody reports that, were unloaded, available or lodged; `held_by_...` the share of each actor in the time from
    `begun` to `ended`; `agency` who else was asked.
    """
    days = {"start": sample.start, "end": sample.end, "seen_until": sample.seen_until, "lookback": _LOOKBACK_DAYS}
    return connection.sql(_SQL, params=days).to_arrow_table()


def _instant(stage: Stage) -> str:
    pick = "max" if stage.is_last else "min"
    reported = f" AND stage = '{stage.reported}'" if stage.reported else ""
    something = " AND amount <> 0" if stage.of_amount else ""
    seen = f"{pick}(CASE WHEN kind = '{stage.kind}'{reported}{something} THEN instant END)"
    if not stage.or_reported:
        return f"{seen} AS {stage.name}"
    return f"coalesce({seen}, {pick}(CASE WHEN kind = 'StageReached' AND stage = '{stage.name}' THEN instant END)) AS {stage.name}"


def _turn_of(actor: Actor, *, time: str = "overlap", name: str = "") -> str:
    states = ", ".join(f"'{state}'" for state, each in TURN.items() if each is actor)
    return f"coalesce(sum(CASE WHEN state IN ({states}) THEN {time} END), 0) AS turn_{name or actor}"


_SQL = f"""
WITH chosen AS (
    SELECT declaration_id
    FROM event
    WHERE kind IN ('DeclarationPrelodged', 'DeclarationAccepted') AND day >= $start AND day < $seen_until
    GROUP BY declaration_id
    HAVING min(day) < $end
), earlier AS (
    SELECT DISTINCT declaration_id
    FROM event
    WHERE kind IN ('DeclarationPrelodged', 'DeclarationAccepted') AND day >= $start::DATE - $lookback::INTEGER AND day < $start
), happened AS NOT MATERIALIZED ( -- read twice: that costs less than to keep a year of events in memory
    SELECT event.* EXCLUDE (document), epoch(occurred_at) AS instant
    FROM event
    WHERE declaration_id IN (FROM chosen) AND declaration_id NOT IN (FROM earlier)
        AND day >= $start::DATE - $lookback::INTEGER AND day < $seen_until
), reached AS (
    SELECT declaration_id,
        {", ".join(map(_instant, STAGES))},
        {", ".join(f"max_by({name}, instant) AS {name}" for name in _LAST_SAID)},
        max_by(lane, instant) AS lane,
        max(CASE WHEN random_control THEN 1 ELSE 0 END) = 1 AS random_control,
        max_by(CASE WHEN kind = 'GoodsExamined' THEN result_code END, instant) AS result_code,
        min(CASE WHEN stage = 'agency_asked' THEN actor END) AS agency,
        max(CASE WHEN stage = 'agency_asked' THEN actor END) AS last_agency
    FROM happened GROUP BY declaration_id
), passage AS (
    SELECT * EXCLUDE (agency, last_agency),
        CASE WHEN agency = last_agency THEN agency WHEN agency IS NOT NULL THEN 'several' END AS agency,
        coalesce(least(prelodged, accepted), prelodged, accepted) AS lodged,
        coalesce(least(paid, secured), paid, secured) AS settled,
        CASE WHEN invalidated IS NOT NULL THEN 'invalidated' WHEN seized IS NOT NULL THEN 'seized'
            WHEN released IS NOT NULL THEN 'released' ELSE 'waiting' END AS outcome,
        coalesce(arrived, unloaded, available, lodged) AS begun,
        if(coalesce(removed, released) < begun, begun, coalesce(removed, released)) AS ended,
        least(coalesce(greatest(arrived, unloaded, available), lodged), ended) AS at_hand,
        least(greatest(begun, unloaded), ended) AS off_the_carrier
    FROM reached
), turn AS (
    SELECT declaration_id, state, instant AS start,
        lead(instant) OVER (PARTITION BY declaration_id ORDER BY instant, transaction, id) AS stop
    FROM happened WHERE kind <> 'StageReached' AND state <> ''
), waited AS (
    SELECT declaration_id, state,
        greatest(start, at_hand) AS start, least(coalesce(stop, ended), ended) AS stop,
        agency_asked, least(coalesce(agency_decided, ended), ended) AS agency_decided
    FROM turn JOIN passage USING (declaration_id)
), held AS (
    SELECT declaration_id, {", ".join(_turn_of(each) for each in _BY_STATE)}, {_turn_of(Actor.CUSTOMS, time="with_agency", name="agency")}
    FROM (
        SELECT declaration_id, state, greatest(0, stop - start) AS overlap,
            if(agency_asked IS NULL, 0, greatest(0, least(stop, agency_decided) - greatest(start, agency_asked))) AS with_agency
        FROM waited
    )
    GROUP BY declaration_id
)
SELECT passage.* EXCLUDE (at_hand, off_the_carrier),
    off_the_carrier - begun AS held_by_carrier,
    at_hand - off_the_carrier AS held_by_terminal,
    turn_declarant + greatest(0, least(lodged, ended) - at_hand) AS held_by_declarant,
    turn_customs - turn_agency AS held_by_customs,
    turn_agency AS held_by_agency,
    turn_payer AS held_by_payer
FROM passage JOIN held USING (declaration_id)
ORDER BY lodged, declaration_id
"""  # noqa: S608 - put together from the names above alone
