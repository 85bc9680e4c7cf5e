"""The area as the framework registers it."""

from django.apps import AppConfig


class MailboxConfig(AppConfig):
    """Mailbox."""

    name = "customhouse_server.mailbox"
    label = "mailbox"
