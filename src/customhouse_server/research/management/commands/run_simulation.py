"""Run a simulation in this process: started by the site, or by hand to go on with one that stopped."""

from argparse import ArgumentParser
from uuid import UUID

from django.core.management.base import BaseCommand

from customhouse_server.research import actions


class Command(BaseCommand):
    """`manage run_simulation ID`."""

    help = "Run a simulation that waits or stopped, from where it stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which."""
        parser.add_argument("simulation", type=UUID)

    def handle(self, **options: object) -> None:
        """Run it."""
        actions.run(UUID(str(options["simulation"])))
