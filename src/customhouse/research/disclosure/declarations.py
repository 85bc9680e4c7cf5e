"""Declarations: the records of an event store from which a table is released, each under a lasting name and with whom it could betray."""

from collections.abc import Sequence
from datetime import date

import duckdb
import pyarrow as pa

from customhouse.research.assessed import OF_ACCEPTED, last_assessed

_SEVERAL = "several"
DIMENSIONS = {
    "month": "strftime(accepted.day, '%Y-%m')",
    "office": "accepted.office",
    "mode": "accepted.border_mode",
    "type": "accepted.type_code",
    "chapter": f"CASE len(accepted.chapters) WHEN 1 THEN accepted.chapters[1] ELSE '{_SEVERAL}' END",
    "origin": f"CASE len(accepted.origins) WHEN 1 THEN accepted.origins[1] ELSE '{_SEVERAL}' END",
}
"""By what a table can be cut; a declaration of several chapters or origins stands under a word of its own."""
MEASURES = {"declarations": "1::DECIMAL(24, 6)", "customs_value": "assessed.value", "revenue": "assessed.revenue"}
"""What a table can sum."""
_QUERY = """
WITH accepted AS MATERIALIZED (
    SELECT declaration_id, min(day) AS day, any_value(office) AS office, any_value(border_mode) AS border_mode,
           any_value(type_code) AS type_code, list_distinct(any_value(chapters)) AS chapters, list_distinct(any_value(origins)) AS origins,
           coalesce(any_value(importer), any_value(declarant), declaration_id) AS contributor
    FROM event WHERE kind = 'DeclarationAccepted' AND day >= $start AND day < $end GROUP BY declaration_id
), assessed AS (
    {assessed}
)
SELECT declaration_id || '/' || assessed.place AS unit, accepted.contributor, {measure} AS value, {dimensions}
FROM accepted JOIN assessed USING (declaration_id) ORDER BY unit
"""


def records_from(connection: duckdb.DuckDBPyConnection, dimensions: Sequence[str], *, measure: str, start: date, end: date) -> pa.Table:
    """What was accepted in the period and assessed, a declaration a row as last assessed; one assessed anew is a record of its own.

    No day before the period is read, since nothing is assessed before it is accepted; those after it are, since an assessment may change
    years later. Refuses with `KeyError` a dimension or measure that is not known.
    """
    columns = ", ".join(f"coalesce({DIMENSIONS[name]}, '') AS \"{name}\"" for name in dimensions)
    query = _QUERY.format(measure=MEASURES[measure], dimensions=columns, assessed=last_assessed(OF_ACCEPTED))
    return connection.sql(query, params={"start": start, "end": end}).to_arrow_table()
