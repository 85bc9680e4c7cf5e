"""Anonymity: a table of single records in which each combination of quasi-identifiers is shared by at least k records (Sweeney 2002)."""

from collections.abc import Sequence

import pyarrow as pa

ANY = "*"
"""What stands in place of a quasi-identifier that is kept back."""


def k_anonymous(table: pa.Table, quasi_identifiers: Sequence[str], *, k: int) -> pa.Table:
    """The table with the quasi-identifiers of rare combinations kept back; where fewer than k records would stay in all, none does.

    The records whose combination fewer than k share are told under `ANY`; where those are fewer than k themselves, the smallest other
    combinations join them. The other columns are left as they are: whether they identify anybody is for whoever asks to say.
    """
    if k < 1:
        raise ValueError("k is at least one record")
    columns = [table[name].cast(pa.string()).to_pylist() for name in quasi_identifiers]
    keys = list(zip(*columns, strict=True)) if columns else [()] * len(table)
    classes: dict[tuple[str | None, ...], list[int]] = {}
    for place, key in enumerate(keys):
        classes.setdefault(key, []).append(place)
    kept_back: list[int] = []
    for places in sorted(classes.values(), key=lambda found: (len(found), found[0])):
        if len(places) < k or 0 < len(kept_back) < k:
            kept_back += places
    if len(kept_back) < k and kept_back:
        return table.slice(0, 0)
    hidden = set(kept_back)
    for column, name in enumerate(quasi_identifiers):
        values = [ANY if place in hidden else key[column] for place, key in enumerate(keys)]
        table = table.set_column(table.column_names.index(name), name, pa.array(values, pa.string()))
    return table
