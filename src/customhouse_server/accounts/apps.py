"""The area as the framework registers it."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Accounts."""

    name = "customhouse_server.accounts"
    label = "accounts"
