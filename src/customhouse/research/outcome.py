"""Outcome: what a reform would have brought over a whole history: revenue before and after, who wins and loses, and what is not known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

import duckdb
import pyarrow as pa

from customhouse.research.comparison import AMOUNTS, COUNTS, SUMS, TOTAL, VALUES
from customhouse.saying import Saying, saying
from customhouse.spreadsheet import COMMANDS

_ALL = (*COUNTS, *VALUES, *AMOUNTS)
WINNERS_AND_LOSERS = ("importer", "origin", "commodity")
_FORGONE = {"relieved": "Forgone by relief", "suspended": "Suspended", "by_preference": "Forgone by preference"}
_TENTH = Decimal("0.1")
_CENT = Decimal("0.01")
_ORDER = "ORDER BY dimension, key, tax"
_SAFE = """
SELECT * EXCLUDE dimension REPLACE (CASE WHEN list_contains(?, left(key, 1)) THEN chr(39) || key ELSE key END AS key)
FROM sums WHERE dimension = ? ORDER BY key, tax
"""


def summed(parts: pa.RecordBatchReader) -> pa.Table:
    """The sums of all parts together, in the columns of `SUMS`; the rows without a tax hold the amounts of all taxes too."""
    sums = ", ".join(f"sum({name}) AS {name}" for name in _ALL)
    query = f"""
        WITH told AS (SELECT dimension, key, tax, {sums} FROM parts GROUP BY dimension, key, tax),
        whole AS (SELECT dimension, key, '' AS tax, {sums} FROM told GROUP BY dimension, key)
        SELECT * FROM whole UNION ALL SELECT * FROM told WHERE tax <> '' {_ORDER}"""  # noqa: S608 - our own names
    with duckdb.connect(config={"threads": 1}) as engine:
        engine.register("parts", parts)
        return engine.sql(query).to_arrow_table().cast(SUMS)


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of one key of a dimension: its revenue, and its figures by the names of `SUMS`."""

    key: str
    tax: str
    figures: Mapping[str, Decimal | int]

    @property
    def before(self) -> Decimal:
        """What is owed under the law in force."""
        return Decimal(self.figures["before"])

    @property
    def after(self) -> Decimal:
        """What is owed under the draft, with the answer of imports."""
        return Decimal(self.figures["after"])

    @property
    def difference(self) -> Decimal:
        """By how much revenue rises, negative where it falls."""
        return self.after - self.before

    @property
    def share(self) -> Decimal | None:
        """The difference in per cent of what was owed, to one decimal; nothing where nothing was owed."""
        if not self.before:
            return None
        return (self.difference * 100 / self.before).quantize(_TENTH, ROUND_HALF_UP)

    def headline(self, written: Callable[[Decimal], str]) -> Saying:
        """What happens to revenue, in one sentence, its amount as it is written here."""
        if not self.difference:
            return saying("Revenue does not change.")
        share = saying("nothing was owed before")
        if self.share is not None:
            share = saying("{percent} %", percent=f"{self.share:+.1f}") if self.share else saying("less than 0.1 %")
        wording = "Revenue rises by {amount} ({share})." if self.difference > 0 else "Revenue falls by {amount} ({share})."
        return saying(wording, amount=written(abs(self.difference)), share=share)

    def figure(self, name: str) -> Decimal | int:
        """One figure: a count, or an amount to the cent."""
        value = self.figures[name]
        return value.quantize(_CENT, ROUND_HALF_UP) if isinstance(value, Decimal) else value


class Outcome:
    """The sums of a simulation, told along each dimension."""

    def __init__(self, sums: pa.Table, *, currency: str) -> None:
        """Take the sums of all parts (`summed`), and the currency of the amounts."""
        self.sums = sums
        self.currency = currency
        self._engine = duckdb.connect(config={"threads": 1})
        self._engine.register("sums", sums)
        self.total = next(iter(self._rows(TOTAL, "tax = ''")), None) or Change(
            "", "", {name: 0 if name in COUNTS else Decimal(0) for name in _ALL}
        )

    def by_tax(self) -> list[Change]:
        """The revenue of each tax."""
        return self._rows(TOTAL, "tax <> ''")

    def by(self, dimension: str) -> list[Change]:
        """The keys of a dimension, all taxes together; those that lose and gain most first."""
        return self._rows(dimension, "tax = ''", "ORDER BY abs(after - before) DESC, key")

    def in_order(self, dimension: str) -> list[Change]:
        """The keys of a dimension in their order, all taxes together."""
        return self._rows(dimension, "tax = ''", "ORDER BY key")

    def winners(self, dimension: str, most: int) -> list[Change]:
        """Those who would owe less, who gain most first."""
        return self._rows(dimension, "tax = '' AND after < before", f"ORDER BY after - before, key LIMIT {most:d}")

    def losers(self, dimension: str, most: int) -> list[Change]:
        """Those who would owe more, who lose most first."""
        return self._rows(dimension, "tax = '' AND after > before", f"ORDER BY after - before DESC, key LIMIT {most:d}")

    def table(self, dimension: str) -> pa.Table:
        """The rows of one dimension for a spreadsheet: a key never begins as a formula does; after all taxes together the single ones."""
        return self._engine.sql(_SAFE, params=[list(COMMANDS), dimension]).to_arrow_table()

    def headline(self) -> str:
        """What happens to revenue, in one sentence."""
        return str(self.total.headline(lambda amount: f"{amount:,.2f} {self.currency}"))

    def remarks(self, *, answers: bool) -> list[str]:
        """What has to be said beside the headline: how imports answer, what is forgone, and what is not in the sums."""
        figure, currency = self.total.figure, self.currency
        said = []
        if answers:
            unanswered = Decimal(self.total.figures["after_unanswered"]) - self.total.before
            value = Decimal(figure("value_after")) - Decimal(figure("value"))
            said.append(f"If imports did not answer, revenue would change by {unanswered:+,.2f} {currency}.")
            said.append(f"Imports answer with {value:+,.2f} {currency} of value.")
        for name, words in _FORGONE.items():
            before, after = (Decimal(figure(f"{name}_{side}")) for side in ("before", "after"))
            if before or after:
                said.append(f"{words}: {before:,.2f} {currency} under the law in force, {after:,.2f} {currency} under the draft.")
        if left_out := figure("left_out"):
            said.append(
                f"Not in the sums: {left_out:,} of {figure('items'):,} items, worth {figure('value_left_out'):,} {currency}: a tax "
                f"of theirs cannot be told (in force {figure('undetermined_before'):,}, draft {figure('undetermined_after'):,})."
            )
        if unknown := figure("unknown_claims"):
            said.append(f"What {unknown:,} claims of preference are worth cannot be told.")
        return said

    def told(self, most: int) -> dict[str, object]:
        """The outcome as values of JSON, amounts as texts; of importers, origins and goods so many that win and lose most."""
        return {
            "headline": self.headline(),
            "currency": self.currency,
            "total": _plain(self.total),
            "by_tax": [_plain(each) for each in self.by_tax()],
            "by_chapter": [_plain(each) for each in self.in_order("chapter")],
            "by_month": [_plain(each) for each in self.in_order("month")],
            "by_preference": [_plain(each) for each in self.in_order("preference")],
            "by_procedure": [_plain(each) for each in self.in_order("procedure")],
            "winners": {dimension: [_plain(each) for each in self.winners(dimension, most)] for dimension in WINNERS_AND_LOSERS},
            "losers": {dimension: [_plain(each) for each in self.losers(dimension, most)] for dimension in WINNERS_AND_LOSERS},
        }

    def _rows(self, dimension: str, where: str, order: str = _ORDER) -> list[Change]:
        query = f"SELECT key, tax, {', '.join(_ALL)} FROM sums WHERE dimension = ? AND {where} {order}"  # noqa: S608 - our own words
        rows = self._engine.execute(query, [dimension]).fetchall()
        return [Change(key, tax, dict(zip(_ALL, figures, strict=True))) for key, tax, *figures in rows]


def _plain(change: Change) -> dict[str, object]:
    """A change as values of JSON."""
    figures = {name: change.figure(name) for name in _ALL}
    texts = {name: str(value) if isinstance(value, Decimal) else value for name, value in figures.items()}
    return {"key": change.key, "tax": change.tax, "difference": str(change.difference), **texts}
