"""Tables of clearance: who has taken a declaration on, and the papers that acts on it leave."""

from django.db import models


class Claim(models.Model):
    """The officer who has taken a declaration on."""

    declaration_id = models.UUIDField(primary_key=True)
    officer = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    claimed_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.declaration_id)


class Paper(models.Model):
    """What an act says beyond its event: the documents asked for, the question, the inspection act; written once."""

    id = models.UUIDField(primary_key=True)
    declaration_id = models.UUIDField()
    kind = models.CharField(max_length=32)
    actor = models.CharField(max_length=150)
    written_at = models.DateTimeField()
    document = models.JSONField()

    class Meta:
        """The papers of a declaration, in order."""

        indexes = (models.Index(fields=("declaration_id", "written_at"), name="paper_of_declaration"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.declaration_id}"
