"""Tables of rulings: the record that is looked for, with what is typed and not yet said, and the versions that never change."""

from django.db import models


class RulingRecord(models.Model):
    """Where one application, or the ruling it became, stands now.

    `typed` is the applicant's form, `drafting` and `walk` the officer's work, before either is an act; `saved_version` counts savings.
    """

    id = models.UUIDField(primary_key=True)
    applicant_id = models.CharField(max_length=35)
    submitter = models.ForeignKey("accounts.User", on_delete=models.PROTECT, db_index=False)
    office = models.CharField(max_length=17)
    reference = models.CharField(max_length=35, null=True, unique=True)  # noqa: DJ001 - only what was issued has one
    state = models.CharField(max_length=32)
    goods_name = models.CharField(max_length=200)
    code = models.CharField(max_length=10)
    case = models.JSONField()
    typed = models.JSONField()
    drafting = models.JSONField()
    walk = models.JSONField(null=True)
    saved_version = models.IntegerField()
    ruling = models.JSONField(null=True)
    published = models.JSONField(null=True)
    search_text = models.TextField()
    start = models.DateField(null=True)
    end = models.DateField(null=True)
    applied_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        """What is looked for."""

        indexes = (
            models.Index(fields=("applicant_id", "-updated_at"), name="ruling_of_applicant"),
            models.Index(fields=("office", "state", "applied_at"), name="ruling_work"),
            models.Index(fields=("code",), name="ruling_of_code"),
        )

    def __str__(self) -> str:
        return self.reference or self.goods_name


class RulingVersion(models.Model):
    """What was applied for or drafted, as it was then: written once."""

    record = models.ForeignKey("ruling.RulingRecord", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    content = models.JSONField()
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)

    class Meta:
        """One row a version."""

        constraints = (models.UniqueConstraint(fields=("record", "number"), name="ruling_version_once"),)

    def __str__(self) -> str:
        return f"{self.record_id} version {self.number}"
