"""Open quotas: bring the accounts of quotas to what the country package says."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from customhouse_server.quota import actions


class Command(BaseCommand):
    """`manage open_quotas`."""

    help = "Open an account for each quota of the country that has none, and grant what its volume changed by; done again, nothing changes."

    def handle(self, **_: object) -> None:
        """Open them, and say how many there were to open or change."""
        self.stdout.write(f"{actions.open_accounts(at=timezone.now())} accounts opened or changed")
