"""The area as the framework registers it."""

from django.apps import AppConfig


class DeclarationConfig(AppConfig):
    """Declaration."""

    name = "customhouse_server.declaration"
    label = "declaration"
