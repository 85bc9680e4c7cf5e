"""Tables of quotas: what each declaration asks of an account since which day, and what it was answered; withdrawn, never removed."""

from django.db import models
from django.db.models import F, Q


class QuotaRequest(models.Model):
    """One request: written at acceptance, answered once, taken up by the assessment of its declaration, or withdrawn."""

    id = models.UUIDField(primary_key=True)
    declaration_id = models.UUIDField()
    account = models.CharField(max_length=100)
    accepted_on = models.DateField()
    amount = models.DecimalField(max_digits=24, decimal_places=6)
    asked_at = models.DateTimeField()
    allotted = models.DecimalField(max_digits=24, decimal_places=6, null=True)
    answered_on = models.DateField(null=True)
    taken_up_at = models.DateTimeField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    class Meta:
        """Nobody gets more than he asked for; what waits and what is to be taken up is found at once."""

        constraints = (
            models.CheckConstraint(condition=Q(amount__gt=0), name="quota_request_of_something"),
            models.CheckConstraint(
                condition=Q(allotted__isnull=True) | Q(allotted__gte=0, allotted__lte=F("amount")), name="quota_request_not_exceeded"
            ),
        )
        indexes = (
            models.Index(fields=("declaration_id",), name="quota_request_of_declaration"),
            models.Index(
                fields=("account", "accepted_on"),
                name="quota_request_waiting",
                condition=Q(allotted__isnull=True, withdrawn_at__isnull=True),
            ),
            models.Index(
                fields=("declaration_id",),
                name="quota_request_to_take_up",
                condition=Q(allotted__isnull=False, taken_up_at__isnull=True, withdrawn_at__isnull=True),
            ),
        )

    def __str__(self) -> str:
        return f"{self.amount} of {self.account}"
