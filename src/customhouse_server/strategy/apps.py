"""The area as the framework registers it."""

from django.apps import AppConfig


class StrategyConfig(AppConfig):
    """Strategy."""

    name = "customhouse_server.strategy"
    label = "strategy"
