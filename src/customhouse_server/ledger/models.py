"""Tables of the ledger: accounts, what each holding holds of them, and every movement, written once."""

from django.db import models
from django.db.models import F, Q


class LedgerAccount(models.Model):
    """A limit in one unit; the database itself refuses that more is held than is granted."""

    id = models.CharField(max_length=100, primary_key=True)
    unit = models.CharField(max_length=20)
    granted = models.DecimalField(max_digits=24, decimal_places=6)
    reserved = models.DecimalField(max_digits=24, decimal_places=6, default=0)
    consumed = models.DecimalField(max_digits=24, decimal_places=6, default=0)

    class Meta:
        """Nothing is overdrawn."""

        constraints = (
            models.CheckConstraint(condition=Q(reserved__gte=0, consumed__gte=0), name="ledger_account_not_negative"),
            models.CheckConstraint(condition=Q(granted__gte=F("reserved") + F("consumed")), name="ledger_account_not_overdrawn"),
        )

    def __str__(self) -> str:
        return self.id


class LedgerHolding(models.Model):
    """What one obligation, or one item of a declaration, holds of an account."""

    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, db_index=False)
    holding = models.CharField(max_length=100, db_index=True)
    reserved = models.DecimalField(max_digits=24, decimal_places=6)
    consumed = models.DecimalField(max_digits=24, decimal_places=6)

    class Meta:
        """One row a holding and account, never negative."""

        constraints = (
            models.UniqueConstraint(fields=("account", "holding"), name="ledger_holding_once"),
            models.CheckConstraint(condition=Q(reserved__gte=0, consumed__gte=0), name="ledger_holding_not_negative"),
        )

    def __str__(self) -> str:
        return f"{self.holding} of {self.account_id}"


class LedgerMovement(models.Model):
    """One movement on one account; a cause is posted to an account once."""

    account = models.ForeignKey(LedgerAccount, on_delete=models.PROTECT, db_index=False)
    cause = models.CharField(max_length=200)
    kind = models.CharField(max_length=10)
    holding = models.CharField(max_length=100)
    amount = models.DecimalField(max_digits=24, decimal_places=6)
    actor = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        """A cause is posted once."""

        constraints = (models.UniqueConstraint(fields=("account", "cause"), name="ledger_movement_once"),)

    def __str__(self) -> str:
        return f"{self.cause} on {self.account_id}"
