"""What can be asked at the command line: a message checked, a declaration assessed and cleared, a tariff read, a reform tried."""

from importlib.util import find_spec

import typer

from customhouse.cli import batch, classification, journey, options, origin, ruling, sandbox, scan, simulation, strategy, tariff, valuation

__all__ = ["app", "main"]

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Customs declarations: checked, assessed, cleared.")
app.command()(journey.check)
app.command()(journey.assess)
app.command()(journey.clear)
app.command("assess-batch")(batch.assess_batch)
app.command()(simulation.simulate)
app.command()(classification.classify)
tariff.app.command("options")(options.options)
app.command()(origin.origin)
app.command()(valuation.value)
if find_spec("duckdb"):  # of the extra `batch`, without which there is nothing to read an event store with
    from customhouse.cli import implementation, integrity, performance, research, strategy_report

    app.add_typer(integrity.app, name="integrity")
    app.add_typer(performance.app, name="performance")
    app.add_typer(research.app, name="research")
    strategy.app.command("tfa")(implementation.tfa)
    strategy.app.command("implementation")(implementation.implemented)
    strategy.app.command()(strategy_report.report)
app.add_typer(ruling.app, name="rulings")
sandbox.app.command()(simulation.history)
app.add_typer(sandbox.app, name="sandbox")
strategy.app.command()(scan.scan)
app.add_typer(strategy.app, name="strategy")
app.add_typer(tariff.app, name="tariff")


def main() -> None:
    """Run the command line."""
    app()
