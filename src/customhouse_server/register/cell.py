"""Cell: a value of an entry as a page, a table or a file shows it."""

import msgspec

from customhouse_server.desk.form import text_of

BETWEEN = "; "


def cell(value: object) -> str | tuple[str, ...]:
    """A value as text; of rows, all that they say, one after the other."""
    if rows := rows_of(value):
        return tuple(said for row in rows for said in row if said)
    if value is True:
        return "yes"
    return BETWEEN.join(map(str, value)) if isinstance(value, tuple) else text_of(value)


def rows_of(value: object) -> tuple[tuple[str, ...], ...]:
    """The rows of a field as texts, a row each; none where the field has no rows."""
    if not isinstance(value, tuple) or not all(isinstance(each, msgspec.Struct) for each in value):
        return ()
    return tuple(tuple(str(cell(getattr(row, name))) for name in row.__struct_fields__) for row in value)
