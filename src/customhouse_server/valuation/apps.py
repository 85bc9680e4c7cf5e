"""The area as the framework registers it."""

from django.apps import AppConfig


class ValuationConfig(AppConfig):
    """Valuation."""

    name = "customhouse_server.valuation"
    label = "valuation"
