"""The area as the framework registers it."""

from django.apps import AppConfig


class QuotaConfig(AppConfig):
    """Quotas."""

    name = "customhouse_server.quota"
    label = "quota"
