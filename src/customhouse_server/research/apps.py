"""The area as the framework registers it."""

from django.apps import AppConfig


class ResearchConfig(AppConfig):
    """Research."""

    name = "customhouse_server.research"
    label = "research"
