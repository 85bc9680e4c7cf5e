"""The area as the framework registers it."""

from django.apps import AppConfig


class ConsultationConfig(AppConfig):
    """Consultation."""

    name = "customhouse_server.consultation"
    label = "consultation"
