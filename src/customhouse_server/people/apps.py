"""The area as the framework registers it."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """People."""

    name = "customhouse_server.people"
    label = "people"
