"""Tables of valuation: the steps of doubts about declared values, each written once."""

from django.db import models


class DoubtStep(models.Model):
    """One step in the doubt about the value of one item: the doubt is told by its steps in order."""

    doubt_id = models.UUIDField()
    number = models.PositiveIntegerField()
    declaration_id = models.UUIDField()
    item = models.PositiveIntegerField()
    taken_at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    document = models.JSONField()

    class Meta:
        """A step has its place once, so that of two taken at a time one is refused."""

        constraints = (models.UniqueConstraint(fields=("doubt_id", "number"), name="doubt_step_once"),)
        indexes = (models.Index(fields=("declaration_id", "id"), name="doubt_of_declaration"),)

    def __str__(self) -> str:
        return f"{self.doubt_id} step {self.number}"
