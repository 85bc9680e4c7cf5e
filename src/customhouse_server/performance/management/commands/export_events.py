"""Export events: bring what the journal has gained to the event store, once or every so often."""

import time
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from customhouse_server.performance import actions
from customhouse_server.performance.current import event_store


class Command(BaseCommand):
    """`manage export_events [--every SECONDS]`."""

    help = "Bring what the journal has gained to the event store; it goes on where it stopped, whatever stopped it."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Once, or again and again."""
        parser.add_argument("--every", type=float, help="go on, looking again after so many seconds")

    def handle(self, *, every: float | None, **_: object) -> None:
        """Export, and say how many events there were."""
        store = event_store()
        while True:
            exported = 0
            while count := actions.export(store):
                exported += count
            self.stdout.write(f"{exported} events exported to {store.folder}")
            if not every:
                return
            time.sleep(every)
