"""Tables of the portal: the notices of customs, each written once; a mistake is put right by another notice."""

from django.db import models


class Notice(models.Model):
    """One notice, by its number: what changed, by which law, and from which day it matters."""

    published_at = models.DateTimeField()
    title = models.CharField(max_length=200)
    text = models.TextField()
    legal_basis = models.CharField(max_length=200, blank=True)
    effective_on = models.DateField(null=True)
    subject = models.CharField(max_length=40, blank=True, db_default="")
    actor = models.CharField(max_length=150)

    class Meta:
        """The newest are asked for."""

        indexes = (models.Index(fields=("-published_at",), name="notice_newest"),)

    def __str__(self) -> str:
        return f"{self.pk} {self.title}"
