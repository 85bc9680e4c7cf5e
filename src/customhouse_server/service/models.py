"""Tables of the service: interruptions, and what was said of each while it lasted."""

from django.db import models
from django.db.models import F, Q


class Interruption(models.Model):
    """A time in which the site, or a part of it, does not do its work: come upon people, or planned."""

    title = models.CharField(max_length=200)
    meanwhile = models.TextField()
    begins_at = models.DateTimeField()
    expected_until = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField()
    actor = models.CharField(max_length=150)

    class Meta:
        """It ends after it begins, and is told in words."""

        indexes = (models.Index(fields=("-begins_at",), name="interruption_newest"),)
        constraints = (
            models.CheckConstraint(condition=~Q(title="") & ~Q(meanwhile=""), name="interruption_in_words"),
            models.CheckConstraint(
                condition=Q(expected_until=None) | Q(expected_until__gt=F("begins_at")), name="interruption_expected_later"
            ),
        )

    def __str__(self) -> str:
        return f"{self.pk} {self.title}"


class Update(models.Model):
    """What was said of an interruption at an instant; nobody changes it, what was wrong is put right by the next."""

    interruption = models.ForeignKey(Interruption, on_delete=models.PROTECT)
    said_at = models.DateTimeField()
    text = models.TextField()
    actor = models.CharField(max_length=150)

    class Meta:
        """The newest comes first."""

        ordering = ("-said_at", "-id")

    def __str__(self) -> str:
        return f"{self.interruption_id} {self.said_at}"
