"""Sign-in: customs registers people; nobody registers himself."""

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest


class InvitedOnly(DefaultAccountAdapter):
    """The sign-in rules of the site."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - the framework's signature
        """Never: an administrator registers people."""
        return False
