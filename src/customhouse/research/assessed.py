"""Assessed: what a declaration came to when it was told last, by an event store.

A quota that answers and a value that is determined tell it anew, once it has been told; one that is void came to nothing.
"""

from customhouse.clearance import State

OF_ACCEPTED = "day >= $start AND declaration_id IN (SELECT declaration_id FROM accepted)"
"""The condition beside a table `accepted` of what was accepted from `$start` on; nothing is assessed before it is accepted."""

_TOLD = ", ".join(f"'{state}'" for state in (State.ASSESSED, State.PAID, State.SECURED, State.RELEASED, State.EXITED))


def last_assessed(where: str = "true") -> str:
    """The query that gives of each declaration whose value is known: `day` of the first telling; `place`, `value`, `revenue` of the last.

    `where` is a condition in SQL on the events that are read. The place is that in the journal, as `transaction-id`.
    """
    return f"""
    SELECT declaration_id, min(day) AS day, arg_max(transaction || '-' || id, (transaction, id)) AS place,
           arg_max(customs_value, (transaction, id)) AS value,
           arg_max(coalesce(list_sum(map_values(taxes)), 0), (transaction, id)) AS revenue
    FROM event
    WHERE (kind = 'DutyAssessed' OR kind IN ('QuotaAllotted', 'ValueDetermined') AND state IN ({_TOLD})) AND customs_value IS NOT NULL
        AND {where}
        AND declaration_id NOT IN (SELECT declaration_id FROM event WHERE kind = 'DeclarationInvalidated' AND {where})
    GROUP BY declaration_id
    """  # noqa: S608 - the condition is ours
