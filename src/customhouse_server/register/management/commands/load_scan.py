"""Bring a shipped edition of the environmental scan into the register, frozen as what it is."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from customhouse.strategy import scan
from customhouse_server.register import edition as editions
from customhouse_server.register.store import UnknownEntryError


class Command(BaseCommand):
    """Load an edition of the scan."""

    help = "Bring a shipped edition of the environmental scan (wco-2016) or one of a file into the register, and freeze it."

    def add_arguments(self, parser: CommandParser) -> None:
        """Take the name of the edition, or a file."""
        parser.add_argument("edition")

    def handle(self, *, edition: str, **_: Any) -> None:  # noqa: ANN401 - what the framework passes
        """Write its items, and freeze the edition."""
        try:
            count = editions.load(edition, at=timezone.now())
        except (UnknownEntryError, editions.ScanThereError, scan.UnreadableScanError) as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write(f"{count} items of {edition}, and the edition frozen")
