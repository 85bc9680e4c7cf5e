"""Tables of the enquiry point: questions with their clock and their answer; of the passphrase only a digest is kept."""

from django.db import models
from django.db.models import Q


class Enquiry(models.Model):
    """One question, found by its reference and its passphrase, answered once, published if it helps others."""

    reference = models.CharField(max_length=20, unique=True)
    passphrase_digest = models.CharField(max_length=64)
    asked_at = models.DateTimeField()
    asked_on = models.DateField()
    due_on = models.DateField(null=True)
    language = models.CharField(max_length=10)
    topic = models.CharField(max_length=50)
    office = models.CharField(max_length=20, blank=True)
    question = models.TextField()
    address = models.EmailField(blank=True)
    answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)
    answered_on = models.DateField(null=True)
    answered_by = models.CharField(max_length=150, blank=True)
    published_at = models.DateTimeField(null=True)
    published_question = models.TextField(blank=True)

    class Meta:
        """An answer has its instant, and only an answered question is published."""

        constraints = (
            models.CheckConstraint(condition=Q(answer="", answered_at=None) | ~Q(answer=""), name="enquiry_answer_dated"),
            models.CheckConstraint(condition=Q(published_at=None) | Q(answered_at__isnull=False), name="enquiry_published_answered"),
        )
        indexes = (models.Index(fields=("office", "asked_at"), name="enquiry_waiting", condition=Q(answered_at=None)),)

    def __str__(self) -> str:
        return self.reference
