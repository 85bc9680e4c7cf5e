"""Tables of declarations: the record that is looked for, the versions that never change, and the drafts."""

from django.db import models


class DeclarationRecord(models.Model):
    """Where one declaration stands now; its content is in its versions."""

    id = models.UUIDField(primary_key=True)
    declarant_id = models.CharField(max_length=35)
    submitter = models.ForeignKey("accounts.User", on_delete=models.PROTECT, db_index=False)
    lrn = models.CharField(max_length=70)
    mrn = models.CharField(max_length=70, null=True)  # noqa: DJ001 - only what was accepted has one
    office = models.CharField(max_length=17)
    type_code = models.CharField(max_length=10)
    state = models.CharField(max_length=32)
    lane = models.CharField(max_length=8)
    version = models.IntegerField()
    item_count = models.IntegerField()
    payable = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    currency = models.CharField(max_length=3)
    case = models.JSONField()
    lodged_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    released_at = models.DateTimeField(null=True)
    cleared_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        """A declarant's reference is unique among what was not rejected; a number given by customs among all."""

        constraints = (
            models.UniqueConstraint(fields=("declarant_id", "lrn"), condition=~models.Q(state="rejected"), name="declaration_lrn_once"),
            models.UniqueConstraint(fields=("mrn",), name="declaration_mrn_once"),
        )
        indexes = (
            models.Index(fields=("declarant_id", "-updated_at"), name="declaration_of_declarant"),
            models.Index(fields=("office", "state", "lane", "lodged_at"), name="declaration_work"),
        )

    def __str__(self) -> str:
        return self.mrn or self.lrn


class DeclarationVersion(models.Model):
    """A declaration as it was lodged or amended, with what was found, owed and selected: written once."""

    declaration = models.ForeignKey("declaration.DeclarationRecord", on_delete=models.PROTECT, db_index=False)
    number = models.IntegerField()
    content = models.JSONField()
    message = models.BinaryField()
    country = models.CharField(max_length=64)
    seed = models.BinaryField(max_length=32)
    at = models.DateTimeField()
    actor = models.CharField(max_length=150)
    reason = models.TextField()

    class Meta:
        """One row a version."""

        constraints = (models.UniqueConstraint(fields=("declaration", "number"), name="declaration_version_once"),)

    def __str__(self) -> str:
        return f"{self.declaration_id} version {self.number}"


class Draft(models.Model):
    """What a person has typed so far."""

    id = models.UUIDField(primary_key=True)
    owner = models.ForeignKey("accounts.User", on_delete=models.CASCADE, db_index=False)
    fields = models.JSONField()
    version = models.IntegerField()
    saved_at = models.DateTimeField()

    class Meta:
        """A person's drafts, latest first."""

        indexes = (models.Index(fields=("owner", "-saved_at"), name="draft_of_owner"),)

    def __str__(self) -> str:
        return str(self.id)
