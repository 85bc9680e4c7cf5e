"""The area as the framework registers it."""

from django.apps import AppConfig


class ClearanceConfig(AppConfig):
    """Clearance."""

    name = "customhouse_server.clearance"
    label = "clearance"
