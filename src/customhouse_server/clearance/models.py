"""Tables of clearance: who has taken on a declaration, and each act done to it."""

from django.db import models


class Claim(models.Model):
    """The officer who has taken a declaration on."""

    declaration_id = models.UUIDField(primary_key=True)
    officer = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    claimed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.declaration_id)


class Act(models.Model):
    """One act on a declaration, with who did it in which role, why, and what it says: written once."""

    declaration_id = models.UUIDField()
    kind = models.CharField(max_length=32)
    actor = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    role = models.CharField(max_length=16)
    reason = models.TextField()
    occurred_at = models.DateTimeField()
    document = models.JSONField()

    class Meta:
        """The acts on a declaration, in order."""

        indexes = (models.Index(fields=("declaration_id", "id"), name="act_of_declaration"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.declaration_id}"
