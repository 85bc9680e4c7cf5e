"""Tables of consultations: draft rules with their days, and the comments on them with what became of each."""

from django.db import models
from django.db.models import F, Q


class Consultation(models.Model):
    """One draft: open until a day, then adopted from a day on, or withdrawn."""

    title = models.CharField(max_length=200)
    text = models.TextField()
    legal_basis = models.CharField(max_length=200, blank=True)
    opened_on = models.DateField()
    closes_on = models.DateField()
    planned_on = models.DateField(null=True)
    decision = models.CharField(max_length=20, blank=True)
    decided_on = models.DateField(null=True)
    effective_on = models.DateField(null=True)
    reason = models.TextField(blank=True)
    notice_number = models.BigIntegerField(null=True)
    actor = models.CharField(max_length=150)

    class Meta:
        """A draft closes after it opened, and a decision has its day."""

        constraints = (
            models.CheckConstraint(condition=Q(closes_on__gte=F("opened_on")), name="consultation_closes_after"),
            models.CheckConstraint(condition=Q(decision="", decided_on=None) | ~Q(decision=""), name="consultation_decision_dated"),
        )

    def __str__(self) -> str:
        return self.title


class Comment(models.Model):
    """One comment, and what became of it."""

    consultation = models.ForeignKey(Consultation, on_delete=models.PROTECT)
    made_at = models.DateTimeField()
    author = models.CharField(max_length=150, blank=True)
    text = models.TextField()
    disposition = models.CharField(max_length=20, blank=True)
    response = models.TextField(blank=True)

    class Meta:
        """What became of a comment is said in words."""

        constraints = (models.CheckConstraint(condition=Q(disposition="") | ~Q(response=""), name="comment_disposed_in_words"),)

    def __str__(self) -> str:
        return f"comment {self.pk} on {self.consultation_id}"
