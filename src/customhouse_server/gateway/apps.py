"""The area as the framework registers it."""

from django.apps import AppConfig


class GatewayConfig(AppConfig):
    """Gateway."""

    name = "customhouse_server.gateway"
    label = "gateway"
