"""The area as the framework registers it."""

from django.apps import AppConfig


class OriginConfig(AppConfig):
    """Origin."""

    name = "customhouse_server.origin"
    label = "origin"
