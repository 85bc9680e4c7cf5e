"""Expire rulings: record that rulings have run their term, for a timer to call once a day."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from customhouse_server.ruling import edition


class Command(BaseCommand):
    """`manage expire_rulings`."""

    help = "Record that rulings whose term is over have expired."

    def handle(self, **_: object) -> None:
        """Say how many."""
        self.stdout.write(f"{edition.expire(at=timezone.now())} rulings have expired")
