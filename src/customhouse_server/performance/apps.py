"""The area as the framework registers it."""

from django.apps import AppConfig


class PerformanceConfig(AppConfig):
    """Performance."""

    name = "customhouse_server.performance"
    label = "performance"
