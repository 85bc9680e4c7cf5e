"""The area as the framework registers it."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Registers."""

    name = "customhouse_server.register"
    label = "register"
