"""Doubts in rows: each step written once with where the doubt stood after it, and the doubt put together from them."""

from uuid import UUID

import msgspec
from django.db import connection

from customhouse.assessment import doubt
from customhouse_server.journal.statement import Clause

_decoder = msgspec.json.Decoder(doubt.Doubt)


def step_clause(declaration_id: UUID, after: doubt.Doubt) -> Clause:
    """The insert of the last step of a doubt, to be joined to the statement of its act."""
    step = after.steps[-1]
    document = msgspec.json.encode(msgspec.structs.replace(after, steps=(step,))).decode()
    return Clause(
        "INSERT INTO valuation_doubtstep (doubt_id, number, declaration_id, item, taken_at, actor, document) "
        "VALUES (%s, %s, %s, %s, %s, %s, %s)",
        (after.reference, len(after.steps), declaration_id, after.item, step.at, step.actor, document),
    )


def doubts_of(declaration_id: UUID) -> tuple[doubt.Doubt, ...]:
    """The doubts about the values of a declaration, in the order in which they arose."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT document::text FROM valuation_doubtstep WHERE declaration_id = %s ORDER BY id", (declaration_id,))
        rows = [_decoder.decode(document) for (document,) in cursor.fetchall()]
    found: dict[str, doubt.Doubt] = {}
    for after in rows:
        before = found[after.reference].steps if after.reference in found else ()
        found[after.reference] = msgspec.structs.replace(after, steps=(*before, *after.steps))
    return tuple(found.values())
