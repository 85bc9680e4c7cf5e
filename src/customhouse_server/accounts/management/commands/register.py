"""Register: make a person who may sign in, from the command line, where nobody can sign in yet."""

import secrets
from argparse import ArgumentParser

from django.core.management.base import BaseCommand
from django.utils import timezone

from customhouse_server.accounts import actions
from customhouse_server.accounts.person import Person
from customhouse_server.accounts.role import Role


class Command(BaseCommand):
    """`manage register USERNAME --email A --role officer --office QZ000101`."""

    help = "Register a person, or bring one up to date, and print a new password."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Who, in which role, for which offices or parties."""
        parser.add_argument("username")
        parser.add_argument("--email", required=True)
        parser.add_argument("--name", default="")
        parser.add_argument("--role", choices=[role.value for role in Role], default=Role.ADMINISTRATOR.value)
        parser.add_argument("--office", action="append", default=[], help="an office the person works at; may be given again")
        parser.add_argument("--party", action="append", default=[], help="a party the person declares for; may be given again")

    def handle(self, **options: object) -> None:
        """Register the person and print the password, which is kept nowhere."""
        password = secrets.token_urlsafe(12)
        person = Person(
            id=0,
            username=str(options["username"]),
            name=str(options["name"] or options["username"]),
            role=Role(str(options["role"])),
            offices=tuple(options["office"]),  # type: ignore[arg-type] - a list by its declaration above
            parties=tuple(options["party"]),  # type: ignore[arg-type] - as above
        )
        actions.register_here(person, email=str(options["email"]), password=password, at=timezone.now())
        self.stdout.write(f"{person.username} may sign in as {person.role} with the password {password}")
