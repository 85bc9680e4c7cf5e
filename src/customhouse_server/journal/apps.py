"""The area as the framework registers it."""

from django.apps import AppConfig


class JournalConfig(AppConfig):
    """Journal."""

    name = "customhouse_server.journal"
    label = "journal"
