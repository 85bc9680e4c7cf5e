"""The area as the framework registers it."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Desk."""

    name = "customhouse_server.desk"
    label = "desk"
