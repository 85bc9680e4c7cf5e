"""The area as the framework registers it."""

from django.apps import AppConfig
from django.core import checks

from customhouse_server.journal.durability import durability_findings


class JournalConfig(AppConfig):
    """Journal."""

    name = "customhouse_server.journal"
    label = "journal"

    def ready(self) -> None:
        """Have the framework ask for durability before it migrates or serves."""
        checks.register(durability_findings, checks.Tags.database)
