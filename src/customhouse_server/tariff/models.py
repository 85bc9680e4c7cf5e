"""Tables of the tariff: the register of editions, and the plain files that hold their rows, each row with its editions."""

from django.db import models


class TariffEdition(models.Model):
    """One edition: a draft until a second person publishes it."""

    number = models.IntegerField(primary_key=True)
    prepared_by = models.TextField()
    prepared_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=150)
    published_at = models.DateTimeField(null=True)
    source = models.TextField()
    sha256 = models.TextField()
    note = models.TextField()

    def __str__(self) -> str:
        return str(self.number)


class TariffFile(models.Model):
    """One plain file with the rows of every edition; loading stamps its rows and takes none away but those of a draft."""

    name = models.CharField(max_length=32, primary_key=True)
    content = models.TextField()

    def __str__(self) -> str:
        return self.name
