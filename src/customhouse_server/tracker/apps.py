"""The area as the framework registers it."""

from django.apps import AppConfig


class TrackerConfig(AppConfig):
    """Trackers."""

    name = "customhouse_server.tracker"
    label = "tracker"
