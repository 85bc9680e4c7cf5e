"""What can be asked at the command line: a message checked, a declaration assessed and cleared, a tariff read, a reform tried."""

import typer

from customhouse.cli import batch, classification, journey, simulation, strategy, tariff

__all__ = ["app", "main"]

app = typer.Typer(add_completion=False, no_args_is_help=True, help="Customs declarations: checked, assessed, cleared.")
app.command()(journey.check)
app.command()(journey.assess)
app.command()(journey.clear)
app.command("assess-batch")(batch.assess_batch)
app.command()(simulation.simulate)
app.command()(classification.classify)
app.add_typer(simulation.sandbox, name="sandbox")
app.add_typer(strategy.app, name="strategy")
app.add_typer(tariff.app, name="tariff")


def main() -> None:
    """Run the command line."""
    app()
