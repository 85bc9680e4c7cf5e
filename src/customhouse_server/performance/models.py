"""Tables of performance: figures and the periods they are of, self-assessments, studies with their action plans, outside stamps."""

from django.db import models


class KeptFigure(models.Model):
    """The figure of an indicator, in one version of its formula, for one period; the document is the figure as it was worked out."""

    code = models.CharField(max_length=32)
    version = models.IntegerField()
    start = models.DateField()
    end = models.DateField()
    document = models.JSONField()
    computed_at = models.DateTimeField()

    class Meta:
        """One row an indicator, version and period."""

        constraints = (models.UniqueConstraint(fields=("code", "version", "start", "end"), name="figure_once"),)
        indexes = (models.Index(fields=("start", "end"), name="figure_of_period"),)

    def __str__(self) -> str:
        return f"{self.code} version {self.version}, {self.start} to {self.end}"


class KeptPeriod(models.Model):
    """A period whose figures were worked out: how many events of each kind occurred in it, and when it was worked out last."""

    start = models.DateField()
    end = models.DateField()
    events = models.JSONField()
    computed_at = models.DateTimeField()

    class Meta:
        """Each once; the one that ended last is what is looked for."""

        constraints = (models.UniqueConstraint(fields=("end", "start"), name="period_once"),)

    def __str__(self) -> str:
        return f"{self.start} to {self.end}"


class KeptMonth(models.Model):
    """What was assessed on the declarations of a month, by which revenue is foretold, and when that was worked out last."""

    first_day = models.DateField(primary_key=True)
    value = models.DecimalField(max_digits=38, decimal_places=6)
    revenue = models.DecimalField(max_digits=38, decimal_places=6)
    computed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.first_day:%Y-%m}"


class StatedBaseline(models.Model):
    """From where an indicator begins, as somebody stated it once; the last one counts."""

    code = models.CharField(max_length=32)
    value = models.FloatField()
    of_day = models.DateField()
    source = models.TextField()
    stated_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    stated_at = models.DateTimeField()

    class Meta:
        """The last one of an indicator is what is looked for."""

        indexes = (models.Index(fields=("code", "-id"), name="baseline_last"),)

    def __str__(self) -> str:
        return f"{self.code} {self.of_day}"


class FigureNarrative(models.Model):
    """What the owner of an indicator said once of its figure for a period; the last one counts."""

    code = models.CharField(max_length=32)
    start = models.DateField()
    end = models.DateField()
    text = models.TextField()
    stated_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    stated_at = models.DateTimeField()

    class Meta:
        """The last one of an indicator and period is what is looked for."""

        indexes = (models.Index(fields=("code", "start", "end", "-id"), name="narrative_last"),)

    def __str__(self) -> str:
        return f"{self.code}, {self.start} to {self.end}"


class SelfAssessment(models.Model):
    """What an administration says of itself by one indicator for one year, and how far the review of it has come."""

    year = models.IntegerField()
    code = models.CharField(max_length=32)
    status = models.CharField(max_length=16)
    document = models.JSONField()
    author = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    reviewer = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", null=True, db_index=False)
    changed_at = models.DateTimeField()

    class Meta:
        """One a year and indicator."""

        constraints = (
            models.UniqueConstraint(fields=("year", "code"), name="self_assessment_once"),
            models.CheckConstraint(condition=~models.Q(reviewer=models.F("author")), name="self_assessment_reviewed_by_another"),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.year}"


class KeptStudy(models.Model):
    """A time release study: its design, how far the work on it is, and its result."""

    id = models.UUIDField(primary_key=True)
    design = models.JSONField()
    words = models.JSONField()
    earlier = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    status = models.CharField(max_length=16)
    progress = models.IntegerField()
    result = models.JSONField(null=True)
    failure = models.TextField()
    is_made_up = models.BooleanField()
    made_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+", db_index=False)
    made_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)

    class Meta:
        """Latest first is the order of every list."""

        indexes = (models.Index(fields=("-made_at",), name="study_latest"),)

    def __str__(self) -> str:
        return str(self.id)


class PlannedAction(models.Model):
    """One line of the action plan of a study: what was found in which segment, what is done about it, by whom and until when."""

    study = models.ForeignKey("performance.KeptStudy", on_delete=models.PROTECT, related_name="plan")
    finding = models.TextField()
    segment = models.CharField(max_length=64)
    action = models.TextField()
    owner = models.CharField(max_length=150)
    due = models.DateField()
    status = models.CharField(max_length=16)

    def __str__(self) -> str:
        return self.action


class Stamp(models.Model):
    """A stage that somebody outside reported: the key by which the same report never becomes two events."""

    declaration_id = models.CharField(max_length=64)
    stage = models.CharField(max_length=32)
    occurred_at = models.DateTimeField()
    source = models.CharField(max_length=64)

    class Meta:
        """Each report once."""

        constraints = (models.UniqueConstraint(fields=("declaration_id", "stage", "occurred_at", "source"), name="stamp_once"),)

    def __str__(self) -> str:
        return f"{self.declaration_id} {self.stage}"
