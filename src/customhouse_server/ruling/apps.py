"""The area as the framework registers it."""

from django.apps import AppConfig


class RulingConfig(AppConfig):
    """Ruling."""

    name = "customhouse_server.ruling"
    label = "ruling"
