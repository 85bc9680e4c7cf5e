"""Table of simulations: who asked for what, how far it is, and what came out."""

from django.db import models


class Simulation(models.Model):
    """A draft run over a history of the installation."""

    id = models.UUIDField(primary_key=True)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    draft_name = models.CharField(max_length=200)
    draft = models.JSONField()
    history = models.CharField(max_length=200)
    elasticities = models.TextField(default="")
    state = models.CharField(max_length=16)
    done = models.BigIntegerField()
    total = models.BigIntegerField()
    outcome = models.JSONField(null=True)
    reason = models.TextField()
    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        indexes = (models.Index(fields=("-asked_at",), name="simulation_latest"),)

    def __str__(self) -> str:
        return self.draft_name
