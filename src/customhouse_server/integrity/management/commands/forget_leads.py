"""Forget leads: delete those that were not founded and whose time has come; to be run every day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from customhouse_server.integrity import actions


class Command(BaseCommand):
    """`manage forget_leads`."""

    help = "Delete the review leads that were not founded and whose time has come."

    def handle(self, **_: object) -> None:
        """Delete, and say how many there were."""
        self.stdout.write(f"{actions.forget_due(at=timezone.now())} leads forgotten")
