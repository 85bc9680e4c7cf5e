"""The area as the framework registers it."""

from django.apps import AppConfig


class PortalConfig(AppConfig):
    """Portal."""

    name = "customhouse_server.portal"
    label = "portal"
