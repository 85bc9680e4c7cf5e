"""Tables of research: simulations with what came out, and releases of data with the sums that each published."""

from django.db import models


class Simulation(models.Model):
    """A draft run over a history of the installation."""

    id = models.UUIDField(primary_key=True)
    owner = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    draft_name = models.CharField(max_length=200)
    draft = models.JSONField()
    history = models.CharField(max_length=200)
    elasticities = models.TextField(default="")
    state = models.CharField(max_length=16)
    done = models.BigIntegerField()
    total = models.BigIntegerField()
    outcome = models.JSONField(null=True)
    reason = models.TextField()
    asked_at = models.DateTimeField()
    seen_at = models.DateTimeField()

    class Meta:
        """The latest first."""

        indexes = (models.Index(fields=("-asked_at",), name="simulation_latest"),)

    def __str__(self) -> str:
        return self.draft_name


class Release(models.Model):
    """A table that was released, never changed: its cells for everybody, and of which records its sums are, for the next release to ask."""

    measure = models.CharField(max_length=30)
    dimensions = models.JSONField()
    start = models.DateField()
    end = models.DateField()
    fewest = models.PositiveIntegerField()
    rounding_step = models.DecimalField(max_digits=12, decimal_places=0)
    is_made_up = models.BooleanField()
    cells = models.JSONField()
    published = models.JSONField()
    released_at = models.DateTimeField()
    actor = models.CharField(max_length=150)

    def __str__(self) -> str:
        return f"release {self.pk}"
