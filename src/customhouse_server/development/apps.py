"""The area as the framework registers it."""

from django.apps import AppConfig


class DevelopmentConfig(AppConfig):
    """Development."""

    name = "customhouse_server.development"
    label = "development"
