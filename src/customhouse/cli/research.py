"""Research at the command line: revenue to expect, gaps against a partner's trade, and tables that betray nobody."""

import csv
import io
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import duckdb
import msgspec
import typer
from rich.table import Table

from customhouse.cli.console import AsJson, out, print_json, unreadable
from customhouse.performance import EventStore
from customhouse.research import disclosure, mirror
from customhouse.research import forecast as expected

app = typer.Typer(no_args_is_help=True, help="Research on customs, from the events alone.")

_DAY = ["%Y-%m-%d"]
_SHOWN = 25
Store = Annotated[Path, typer.Argument(metavar="STORE", help="The folder of an event store.")]
Start = Annotated[datetime, typer.Option("--from", formats=_DAY, help="The first day of the period.")]
End = Annotated[datetime, typer.Option("--to", formats=_DAY, help="The first day after the period.")]


@app.command()
def forecast(  # noqa: PLR0913 - the assumptions of a forecast
    store: Store,
    *,
    start: Start,
    end: End,
    months: Annotated[int, typer.Option(help="How many months to foretell.")] = 12,
    elasticity: Annotated[str, typer.Option(help="How revenue follows value: 1 is in proportion.")] = "1",
    growth: Annotated[str | None, typer.Option(help="How value grows over a year, as 0.03; as the history did if not given.")] = None,
    after: Annotated[int, typer.Option(help="How many months the backtest takes for known.")] = 3,
    as_json: AsJson = False,
) -> None:
    """Foretell monthly revenue from the same months a year before, and tell how far the same way would have been off."""
    assumptions = expected.Assumptions(elasticity=_number(elasticity), value_growth=None if growth is None else _number(growth))
    history = expected.months_from(_connected(store), start=start.date(), end=end.date())
    try:
        told = expected.forecast(history, months=months, assumptions=assumptions)
        tried = expected.backtest(history, after=after, assumptions=assumptions)
    except ValueError as error:
        raise unreadable(str(error)) from error
    if as_json:
        print_json(msgspec.to_builtins({"assumptions": assumptions, "backtest": tried, "months": told}))
        return
    table = Table("Month", "Revenue", "Basis", title=f"Revenue expected after {len(history)} months of history")
    for each in told:
        table.add_row(f"{each.first_day:%Y-%m}", f"{each.revenue:,.2f}", str(each.basis))
    out.print(table)
    out.print(
        f"Backtest over {tried.months} months: mean error {tried.mean_absolute_error:.1%}, bias {tried.bias:+.1%}; "
        f"taking the last month would err by {tried.naive_error:.1%}",
        highlight=False,
    )
    if tried.low is not None and tried.high is not None:
        out.print(f"8 of 10 months came to between {tried.low:.2f} and {tried.high:.2f} of what was foretold", highlight=False)
    else:
        out.print("too few months for an interval", highlight=False)


@app.command("mirror")
def mirror_gaps(  # noqa: PLR0913 - the bounds of the cost of carriage
    store: Store,
    partner: Annotated[Path, typer.Argument(help="The partner's table: hs,partner,value; free on board, in our currency.")],
    *,
    start: Start,
    end: End,
    carriage: Annotated[str, typer.Option(help="Carriage and insurance as factors: at least, usually, at most.")],
    source: Annotated[str, typer.Option(help="Where the factors are from.")],
    as_json: AsJson = False,
) -> None:
    """Rank the gaps between what a partner reports as sent and what we record as come, by chapter and origin."""
    try:
        low, usual, high = map(_number, carriage.split(","))
        factors = {"*": mirror.CarriageFactor(low=low, usual=usual, high=high, source=source)}
        reported = mirror.by_chapter(mirror.read_partner_trade(partner.read_text("utf-8-sig")))
    except (OSError, ValueError) as error:
        raise unreadable(str(error)) from error
    recorded, rest = mirror.imports_from(_connected(store), start=start.date(), end=end.date())
    partners = {each.partner for each in reported}
    found = mirror.gaps(reported, [each for each in recorded if each.partner in partners], factors=factors)
    if as_json:
        print_json(msgspec.to_builtins({"factors": factors, "unattributed": rest, "gaps": found}))
        return
    table = Table("HS", "Partner", "Reported", "Recorded", "Gap", "Between", "Verdict", title=f"Gaps of {len(found)} flows")
    for each in found[:_SHOWN]:
        figures = (f"{each.reported:,.0f}", f"{each.recorded:,.0f}", f"{each.usual:,.0f}", f"{each.low:,.0f} and {each.high:,.0f}")
        table.add_row(each.hs, each.partner, *figures, each.verdict.value)
    out.print(table)
    out.print(
        f"Within the bounds, of {rest.declarations:,} declarations with several chapters or origins: {rest.value:,.2f}. "
        f"Carriage {carriage} ({source}). A gap is a question, not a finding.",
        highlight=False,
    )


@app.command()
def release(
    table: Annotated[Path, typer.Argument(help="A CSV of records: unit, contributor, value and the dimensions.")],
    log: Annotated[Path, typer.Argument(help="The release log, read and written; made if it is not there.")],
    *,
    by: Annotated[str, typer.Option(help="The dimensions, parted by commas.")],
    k: Annotated[int, typer.Option(help="The fewest contributors of a sum.")] = 3,
    step: Annotated[str, typer.Option(help="To what sums are rounded.")] = "1",
) -> None:
    """Print the sums of a table that betray nobody, beside all that was released before, and log them."""
    import pyarrow.csv as arrow_csv  # noqa: PLC0415 - only here

    try:
        before = msgspec.json.decode(log.read_bytes(), type=disclosure.ReleaseLog) if log.exists() else disclosure.ReleaseLog()
        columns = dict.fromkeys(("unit", "contributor", "value", *by.split(",")), "string")
        records = arrow_csv.read_csv(table, convert_options=arrow_csv.ConvertOptions(column_types=columns))
        policy = disclosure.Policy(k=k, rounding_step=_number(step))
        told = disclosure.release(records, by.split(","), policy=policy, log=before)
    except (OSError, ValueError, KeyError, InvalidOperation, msgspec.MsgspecError) as error:
        raise unreadable(f"{table} cannot be released: {error}") from error
    log.write_bytes(msgspec.json.encode(told.log))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([*told.dimensions, "value", "kept back because"])
    writer.writerows([*each.key, "" if each.value is None else each.value, each.reason] for each in told.cells)
    typer.echo(text.getvalue(), nl=False)


def _connected(store: Path) -> duckdb.DuckDBPyConnection:
    found = EventStore(store)
    if not found.days():
        raise unreadable(f"{store} holds no events: fill it with `customhouse sandbox simulate`, or export a journal to it")
    return found.connect()


def _number(text: str) -> Decimal:
    try:
        return Decimal(text.strip())
    except InvalidOperation:
        raise unreadable(f"{text!r} is no number") from None
