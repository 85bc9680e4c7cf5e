"""Tables of people and of the keys of their programs."""

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models

from customhouse_server.accounts.role import Role


class User(AbstractUser):
    """A person who may sign in: a role, the offices (customs) or the parties (trade) that the person acts for."""

    role = models.CharField(max_length=16, choices=[(role.value, role.value) for role in Role], default=Role.TRADER.value)
    offices = ArrayField(models.CharField(max_length=17), default=list, blank=True)
    parties = ArrayField(models.CharField(max_length=35), default=list, blank=True)
    language = models.CharField(max_length=5, default="en")

    class Meta:
        """Constraints."""

        constraints = (models.CheckConstraint(condition=models.Q(role__in=[role.value for role in Role]), name="user_role_known"),)


class Token(models.Model):
    """A key with which a person's program signs its calls; only its digest is kept."""

    digest = models.BinaryField(max_length=32, unique=True)
    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="tokens")
    name = models.CharField(max_length=100)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
