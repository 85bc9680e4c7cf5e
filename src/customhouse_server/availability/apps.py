"""The area as the framework registers it."""

from django.apps import AppConfig


class AvailabilityConfig(AppConfig):
    """Availability."""

    name = "customhouse_server.availability"
    label = "availability"
