"""Tables of the mailbox: what is sealed, and for whom; no address, no name, no time finer than a day, no order but that within a case."""

from uuid import uuid4

from django.db import models


class OfficerKey(models.Model):
    """The public key of a member of the integrity office, and the private one wrapped under the member's passphrase."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    public = models.BinaryField(max_length=32)
    wrapped = models.BinaryField(max_length=128)
    since = models.DateField()
    ended_on = models.DateField(null=True)

    class Meta:
        """One key in use for a person."""

        constraints = (models.UniqueConstraint(fields=("person",), condition=models.Q(ended_on=None), name="mailbox_one_key"),)

    def __str__(self) -> str:
        return str(self.id)


class Case(models.Model):
    """One exchange: under what it is found, and the public key of who began it; `left_out` are the people it is not sealed to."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    lookup = models.BinaryField(max_length=32, unique=True)
    sender_public = models.BinaryField(max_length=32)
    left_out = models.JSONField(default=list)
    opened_on = models.DateField()

    def __str__(self) -> str:
        return str(self.id)


class Message(models.Model):
    """One message of a case, by its number within it; what it says is in its copies."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    case = models.ForeignKey(Case, on_delete=models.CASCADE)
    number = models.IntegerField()
    by_sender = models.BooleanField()
    day = models.DateField()

    class Meta:
        """Each number once in a case."""

        constraints = (models.UniqueConstraint(fields=("case", "number"), name="mailbox_number_once"),)

    def __str__(self) -> str:
        return str(self.id)


class Copy(models.Model):
    """A message sealed to one key: an officer's, or where there is none the sender's."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    message = models.ForeignKey(Message, on_delete=models.CASCADE)
    key = models.ForeignKey(OfficerKey, null=True, on_delete=models.PROTECT)
    sealed = models.BinaryField()

    def __str__(self) -> str:
        return str(self.id)
