"""Tables of the registers: every version of every entry as a document, each written once."""

from django.db import models


class Entry(models.Model):
    """One version of one entry of a register; the last one holds."""

    kind = models.CharField(max_length=30)
    number = models.PositiveIntegerField()
    version = models.PositiveIntegerField()
    document = models.JSONField()
    withdrawn = models.BooleanField(default=False)
    written_at = models.DateTimeField()
    actor = models.CharField(max_length=150)

    class Meta:
        """A version stands once, so that of two written at a time one is refused."""

        constraints = (models.UniqueConstraint(fields=("kind", "number", "version"), name="register_version_once"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.number}, version {self.version}"
