"""The area as the framework registers it."""

from django.apps import AppConfig


class TariffConfig(AppConfig):
    """Tariff."""

    name = "customhouse_server.tariff"
    label = "tariff"
