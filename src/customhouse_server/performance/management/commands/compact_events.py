"""Compact events: make one file of each day's many in the event store."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from customhouse_server.performance import actions
from customhouse_server.performance.current import event_store


class Command(BaseCommand):
    """`manage compact_events`."""

    help = "Make one file of each day's many in the event store; it goes on where it stopped, whatever stopped it, and harms no reader."

    def handle(self, **_: object) -> None:
        """Compact, and say how many days that took."""
        store = event_store()
        days = actions.compact(store, at=timezone.now())
        self.stdout.write(f"{days} days of {store.folder} compacted")
