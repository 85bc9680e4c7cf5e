"""The area as the framework registers it."""

from django.apps import AppConfig


class ServiceConfig(AppConfig):
    """Service."""

    name = "customhouse_server.service"
    label = "service"
