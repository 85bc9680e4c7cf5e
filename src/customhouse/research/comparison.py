"""Comparison: the items of a table under the law in force and under a draft, summed along every dimension of the history.

An item of which either law leaves a tax undetermined cannot be compared: it is counted, and stays out of every sum. Amounts are exact
decimals, summed by DuckDB; the response of imports is worked out in whole numbers and rounded half up to the cent, line by line. As every
rate is linear in the value and the quantities, between limits that are too, goods that shrink by a share owe less by that share.
"""

from decimal import Decimal

import duckdb
import pyarrow as pa
import pyarrow.compute as pc

from customhouse.assessment import batch
from customhouse.research.elasticity import PLACES
from customhouse.research.reform import Reform

_COUNT, _MONEY, _VALUE = pa.int64(), pa.decimal128(38, 2), pa.decimal128(38, 3)
COUNTS = ("items", "left_out", "undetermined_before", "undetermined_after", "unknown_claims")
VALUES = ("value", "value_after", "value_left_out")
AMOUNTS = (
    "before",
    "after_unanswered",
    "after",
    *(f"{forgone}_{side}" for forgone in ("relieved", "suspended", "by_preference") for side in ("before", "after")),
)
"""What is owed under the law in force, under the draft if imports do not answer, and if they do; and what is forgone on either side."""
SUMS = pa.schema(
    [
        *((name, pa.string()) for name in ("dimension", "key", "tax")),
        *((name, _COUNT) for name in COUNTS),
        *((name, _VALUE) for name in VALUES),
        *((name, _MONEY) for name in AMOUNTS),
    ]
)
"""One row a dimension, key and tax; the row without a tax counts the items and their values, the rows of the taxes hold the amounts."""
DIMENSIONS = ("chapter", "origin", "importer", "month", "commodity", "preference", "procedure")
"""What the sums are told along, beside the whole."""
TOTAL = "total"
_TEXTS = ("commodity", "origin", "importer", "preference", "procedure")
_CLAIMS = ("preference", "quota")
_SHARE = 10**PLACES
_UNIT = {places: pa.scalar(Decimal(1).scaleb(-places), pa.decimal128(places + 1, places)) for places in (2, 3)}

_SIDES = ("before", "after", "unclaimed_before", "unclaimed_after")
_LINE = "item, tax::VARCHAR AS tax, (amount * 100)::BIGINT AS amount, (payable * 100)::BIGINT AS payable, status::VARCHAR AS status"
_LINES = " UNION ALL ".join(f"SELECT {side} AS side, {_LINE} FROM {name}" for side, name in enumerate(_SIDES))  # noqa: S608 - our own names
"""Every tax line, in cents: owed before and after the reform, and what would be owed before and after it if no preference were claimed."""
_COMPARED = """
WITH whole AS (
    SELECT item,
        sum(CASE WHEN side = 0 THEN payable END) AS owed_before,
        sum(CASE WHEN side = 1 THEN payable END) AS owed_after,
        bool_or(side = 0 AND amount IS NULL) AS unknown_before,
        bool_or(side = 1 AND amount IS NULL) AS unknown_after,
        bool_or(side > 1 AND amount IS NULL) AS unknown_claim
    FROM lines GROUP BY item
), exact AS (
    SELECT * REPLACE ((coalesce(value, 0)::DECIMAL(20, 3) * 1000::DECIMAL(4, 0))::BIGINT AS value) FROM items
), priced AS (
    SELECT exact.*, left(commodity, 2) AS chapter, strftime(day, '%Y-%m') AS month,
        coalesce(unknown_before, false) AS unknown_before, coalesce(unknown_after, false) AS unknown_after,
        has_claim AND coalesce(unknown_claim, false) AS unknown_claim,
        value + coalesce(owed_before, 0) * 10 AS price,
        (coalesce(owed_after, 0) - coalesce(owed_before, 0)) * 10 AS change
    FROM exact LEFT JOIN whole USING (item)
)
SELECT priced.* EXCLUDE (price, change), unknown_before OR unknown_after AS is_left_out, has_claim AND NOT unknown_claim AS has_known_claim,
    CASE WHEN price > 0 THEN greatest(price * $share + coalesce(elasticity, $otherwise) * change, 0) ELSE 1 END AS answer,
    CASE WHEN price > 0 THEN price * $share ELSE 1 END AS answer_of
FROM priced LEFT JOIN elasticities USING (chapter)
"""
"""Every item, its value in thousandths, whether it can be compared, and how imports answer: to `answer / answer_of` of what they were."""
_ANSWERED = """
CREATE OR REPLACE TEMP MACRO answered(number, answer, answer_of) AS
    CASE WHEN answer = answer_of THEN number ELSE (2 * number::HUGEINT * answer + answer_of) // (2 * answer_of) END
"""
_OF_ITEMS = """
    '' AS tax, count(*) AS items, count_if(is_left_out) AS left_out,
    count_if(unknown_before) AS undetermined_before, count_if(unknown_after) AS undetermined_after,
    count_if(unknown_claim) AS unknown_claims,
    sum(CASE WHEN is_left_out THEN 0 ELSE value END) AS value, sum(CASE WHEN is_left_out THEN value ELSE 0 END) AS value_left_out,
    sum(CASE WHEN is_left_out THEN 0 ELSE answered(value, answer, answer_of) END) AS value_after
"""
_SIZED = """
SELECT compared.* EXCLUDE (value, day), tax, side, payable, amount - payable AS forgone, status IN ('relieved', 'exempt') AS is_relieved,
    status = 'suspended' AS is_suspended, answered(payable, answer, answer_of) AS payable_then,
    answered(amount - payable, answer, answer_of) AS forgone_then
FROM lines JOIN compared USING (item) WHERE NOT is_left_out
"""
_OF_TAXES = """
    tax, sum(CASE side WHEN 0 THEN payable END) AS before,
    sum(CASE side WHEN 1 THEN payable END) AS after_unanswered, sum(CASE side WHEN 1 THEN payable_then END) AS after,
    sum(CASE WHEN side = 0 AND is_relieved THEN forgone END) AS relieved_before,
    sum(CASE WHEN side = 1 AND is_relieved THEN forgone_then END) AS relieved_after,
    sum(CASE WHEN side = 0 AND is_suspended THEN forgone END) AS suspended_before,
    sum(CASE WHEN side = 1 AND is_suspended THEN forgone_then END) AS suspended_after,
    sum(CASE WHEN has_known_claim THEN CASE side WHEN 2 THEN payable WHEN 0 THEN -payable END END) AS by_preference_before,
    sum(CASE WHEN has_known_claim THEN CASE side WHEN 3 THEN payable_then WHEN 1 THEN -payable_then END END) AS by_preference_after
"""


class Comparison:
    """Compares tables of items with the same columns under the two laws of a reform, and remembers the plans of both."""

    def __init__(self, reform: Reform, items: pa.Schema) -> None:
        """Take the reform and the columns that tables will have."""
        self._reform = reform
        self._sides = [batch.TableAssessor(law, items, on=reform.on) for law in (reform.in_force, reform.draft)]
        self._engine = duckdb.connect(config={"threads": 1})
        self._engine.execute(_ANSWERED)
        elasticities = {chapter: int(each * _SHARE) for chapter, each in reform.elasticities.by_chapter.items()}
        columns = {"chapter": pa.array(elasticities, pa.string()), "elasticity": pa.array(elasticities.values(), pa.int64())}
        self._engine.register("elasticities", pa.table(columns))

    def sums(self, table: pa.Table) -> pa.Table:
        """The sums of the items of a table, in the columns of `SUMS`."""
        claims = self._claims(table)
        unclaimed, places = _without_claims(table, claims)
        tables = {"items": self._items(table, claims)}
        for name, side in zip(("before", "after"), self._sides, strict=True):
            tables[name] = side.assess(table)
            lines = side.assess(unclaimed)
            tables[f"unclaimed_{name}"] = lines.set_column(0, "item", places.take(lines["item"]))
        for name, each in tables.items():
            self._engine.register(name, each)
        self._make("lines", _LINES)
        self._make("compared", _COMPARED, otherwise=int(self._reform.elasticities.otherwise * _SHARE), share=_SHARE)
        self._make("sized", _SIZED)
        for name in tables:
            self._engine.unregister(name)
        return pa.concat_tables([self._summed(_OF_ITEMS, "compared"), self._summed(_OF_TAXES, "sized")])

    def _make(self, name: str, query: str, **numbers: int) -> None:
        self._engine.execute(f"CREATE OR REPLACE TEMP TABLE {name} AS {query}", numbers)

    def _summed(self, what: str, table: str) -> pa.Table:
        """The sums along every dimension and over the whole; what they do not tell is zero."""
        by_tax = "tax, " if table == "sized" else ""
        sets = ", ".join(f"({by_tax}{each})" for each in DIMENSIONS)
        names = " ".join(f"WHEN grouping({each}) = 0 THEN '{each}'" for each in DIMENSIONS)
        whole = f"({by_tax.removesuffix(', ')})"
        query = f"""SELECT CASE {names} ELSE '{TOTAL}' END AS dimension, coalesce({", ".join(DIMENSIONS)}, '') AS key, {what}
            FROM {table} GROUP BY GROUPING SETS ({whole}, {sets})"""  # noqa: S608 - our own names
        return _in_units(self._engine.sql(query).to_arrow_table())

    def _claims(self, table: pa.Table) -> pa.Array:
        """Which items claim a preference."""
        if "preference" not in table.schema.names:
            return pa.repeat(pa.scalar(False), len(table))
        claimed = pc.fill_null(table["preference"].cast(pa.string()), "")
        return pc.invert(pc.is_in(claimed, pa.array(["", self._reform.in_force.regime.default_preference])))

    def _items(self, table: pa.Table, claims: pa.Array) -> pa.Table:
        names = table.schema.names
        blank = pa.repeat("", len(table))
        texts = {name: pc.fill_null(table[name].cast(pa.string()), "") if name in names else blank for name in _TEXTS}
        day = pa.repeat(pa.scalar(self._reform.on, pa.date32()), len(table))
        return pa.table(
            {
                "item": pa.array(range(len(table)), pa.int64()),
                **texts,
                "day": pc.fill_null(table["on"].cast(pa.date32()), self._reform.on) if "on" in names else day,
                "value": table["value"],
                "has_claim": claims,
            }
        )


def _without_claims(table: pa.Table, claims: pa.Array) -> tuple[pa.Table, pa.Array]:
    """The items that claim a preference as if they claimed none, and the place of each in the table."""
    places = pc.indices_nonzero(claims).cast(pa.int64())
    found = table.take(places)
    for name in set(_CLAIMS).intersection(table.schema.names):
        place = table.schema.get_field_index(name)
        found = found.set_column(place, name, pa.nulls(len(found), pa.string()))
    return found, places


def _in_units(found: pa.Table) -> pa.Table:
    """The sums of whole cents and thousandths as decimals, and zero for what the table does not tell."""
    columns = []
    for each in SUMS:
        if each.name not in found.schema.names:
            columns.append(pa.repeat(pa.scalar(0, pa.int64()), len(found)).cast(each.type))
            continue
        column = pc.fill_null(found[each.name], "" if each.type == pa.string() else pa.scalar(0, found.schema.field(each.name).type))
        places = each.type.scale if pa.types.is_decimal(each.type) else 0
        columns.append(pc.multiply(column.cast(pa.decimal128(32, 0)), _UNIT[places]).cast(each.type) if places else column.cast(each.type))
    return pa.table(columns, schema=SUMS)
