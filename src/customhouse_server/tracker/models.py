"""Table of the trackers: every version of every entry of the registers, written once."""

from django.db import models
from django.db.models import F, Q


class Entry(models.Model):
    """One version of one matter in a register; who verified it is never who stated it."""

    matter = models.UUIDField()
    version = models.IntegerField()
    kind = models.CharField(max_length=32)
    subject = models.CharField(max_length=120)
    document = models.JSONField()
    author = models.CharField(max_length=150)
    verified_by = models.CharField(max_length=150, blank=True)
    is_withdrawn = models.BooleanField()
    written_by = models.CharField(max_length=150)
    written_at = models.DateTimeField()

    class Meta:
        """A version is there once, and nobody verifies what he stated."""

        constraints = (
            models.UniqueConstraint(fields=("matter", "version"), name="tracker_version_once"),
            models.CheckConstraint(condition=Q(verified_by="") | ~Q(verified_by=F("author")), name="tracker_four_eyes"),
        )
        indexes = (models.Index(fields=("kind", "subject", "matter", "-version"), name="tracker_of_subject"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.version}"
