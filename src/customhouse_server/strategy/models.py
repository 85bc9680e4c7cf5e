"""Tables of strategic plans: the plan that is looked for, its versions and reports, which never change, and the seats of its bodies."""

from django.db import models


class PlanRecord(models.Model):
    """Where one plan stands now; what stands here follows from its versions and its events."""

    id = models.UUIDField(primary_key=True)
    name = models.CharField(max_length=100, unique=True)
    title = models.TextField()
    status = models.CharField(max_length=16)
    version = models.IntegerField()
    due_step = models.CharField(max_length=32)
    due_year = models.IntegerField(null=True)
    due_on = models.DateField(null=True)
    valid_from = models.DateField()
    valid_to = models.DateField()
    updated_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name


class PlanVersion(models.Model):
    """The whole text of a plan as it was kept once."""

    plan = models.ForeignKey("strategy.PlanRecord", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    document = models.TextField()  # JSON whose order counts, which a JSON column does not keep
    reason = models.TextField()
    actor = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        """One row a version."""

        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="plan_version_once"),)

    def __str__(self) -> str:
        return f"{self.plan_id} version {self.number}"


class PlanReport(models.Model):
    """A report on a plan as it was written once."""

    plan = models.ForeignKey("strategy.PlanRecord", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    document = models.TextField()  # JSON whose order counts, which a JSON column does not keep
    actor = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        """One row a report."""

        constraints = (models.UniqueConstraint(fields=("plan", "number"), name="plan_report_once"),)

    def __str__(self) -> str:
        return f"{self.plan_id} report {self.number}"


class BodySeat(models.Model):
    """A person's seat in a body of the cycle, or for a region, from a day until before another."""

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    body = models.CharField(max_length=40)
    seat = models.CharField(max_length=16)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        """A seat ends after it begins."""

        constraints = (models.CheckConstraint(condition=models.Q(valid_to__gt=models.F("valid_from")), name="seat_ends_after_it_begins"),)

    def __str__(self) -> str:
        return f"{self.person_id} in {self.body}"
