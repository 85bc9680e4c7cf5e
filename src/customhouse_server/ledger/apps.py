"""The area as the framework registers it."""

from django.apps import AppConfig


class LedgerConfig(AppConfig):
    """Ledger."""

    name = "customhouse_server.ledger"
    label = "ledger"
