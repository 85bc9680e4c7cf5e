"""The area as the framework registers it."""

from django.apps import AppConfig


class PerceptionConfig(AppConfig):
    """Perception."""

    name = "customhouse_server.perception"
    label = "perception"
