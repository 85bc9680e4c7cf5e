"""Tables of development: dossiers, each a document kept whole, with the columns by which it is found."""

from django.db import models


class Dossier(models.Model):
    """A diagnostic, project, pledge, request, mission, expert or post; every change raises its version."""

    id = models.UUIDField(primary_key=True)
    kind = models.CharField(max_length=16)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=16, blank=True)
    owner = models.CharField(max_length=150)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    document = models.JSONField()

    class Meta:
        """The dossiers of a kind, and those of an owner."""

        indexes = (models.Index(fields=("kind", "state"), name="dossier_of_kind"), models.Index(fields=("owner",), name="dossier_of_owner"))

    def __str__(self) -> str:
        return f"{self.kind} {self.title}"
