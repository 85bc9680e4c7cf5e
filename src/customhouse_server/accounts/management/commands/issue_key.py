"""Issue a key: let a person's program call the interface."""

from argparse import ArgumentParser

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from customhouse_server.accounts import actions, store


class Command(BaseCommand):
    """`manage issue_key USERNAME NAME`."""

    help = "Print a new key for a person's programs; it is shown this once and ends after 90 days."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Whose key, and what it is called."""
        parser.add_argument("username")
        parser.add_argument("name")

    def handle(self, **options: object) -> None:
        """Print the key."""
        person = store.person_named(str(options["username"]))
        if person is None:
            raise CommandError(f"nobody is registered as {options['username']}: see `manage register`")
        self.stdout.write(actions.issue_token(person, str(options["name"]), at=timezone.now()))
