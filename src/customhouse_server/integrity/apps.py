"""The area as the framework registers it."""

from django.apps import AppConfig


class IntegrityConfig(AppConfig):
    """Integrity."""

    name = "customhouse_server.integrity"
    label = "integrity"
