"""What can be asked at the command line: a message checked, a declaration assessed and cleared, a tariff read."""

from importlib.util import find_spec

import typer

from customhouse.cli import batch, classification, journey, sandbox, scan, strategy, tariff, valuation

__all__ = ["app", "main"]

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Customs declarations: checked, assessed, cleared.")
app.command()(journey.check)
app.command()(journey.assess)
app.command()(journey.clear)
app.command("assess-batch")(batch.assess_batch)
app.command()(classification.classify)
app.command()(valuation.value)
if find_spec("duckdb"):  # of the extra `batch`, without which there is nothing to read an event store with
    from customhouse.cli import performance, research

    app.add_typer(performance.app, name="performance")
    app.add_typer(research.app, name="research")
app.add_typer(sandbox.app, name="sandbox")
strategy.app.command()(scan.scan)
app.add_typer(strategy.app, name="strategy")
app.add_typer(tariff.app, name="tariff")


def main() -> None:
    """Run the command line."""
    app()
