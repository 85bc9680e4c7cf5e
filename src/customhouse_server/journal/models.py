"""Tables of the journal: events that nobody can change, notices to traders, and how far each reader has come.

`transaction` is PostgreSQL's number of the writing transaction. Readers go in the order (transaction, id) and stop before the
oldest transaction still open, so that one that commits late is never skipped.
"""

from django.db import models
from django.db.models.expressions import RawSQL

_CURRENT_TRANSACTION = RawSQL("pg_current_xact_id()::text::bigint", ())


class Event(models.Model):
    """A fact, as it was written in the transaction that made it true: the outbox is this table read onwards."""

    transaction = models.BigIntegerField(db_default=_CURRENT_TRANSACTION)
    declaration_id = models.UUIDField(null=True)
    kind = models.CharField(max_length=64)
    occurred_at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    document = models.JSONField()

    class Meta:
        """Order of reading."""

        indexes = (
            models.Index(fields=("transaction", "id"), name="event_reading_order"),
            models.Index(fields=("declaration_id", "id"), name="event_of_declaration"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Notice(models.Model):
    """What customs tells a declarant about a declaration."""

    transaction = models.BigIntegerField(db_default=_CURRENT_TRANSACTION)
    declaration_id = models.UUIDField()
    declarant_id = models.CharField(max_length=35)
    kind = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    document = models.JSONField()

    class Meta:
        """Order of reading."""

        indexes = (
            models.Index(fields=("declarant_id", "transaction", "id"), name="notice_reading_order"),
            models.Index(fields=("declaration_id", "id"), name="notice_of_declaration"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"


class Reader(models.Model):
    """How far one reader of the journal has come."""

    name = models.CharField(max_length=64, primary_key=True)
    transaction = models.BigIntegerField(default=0)
    event_id = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name
