"""Table of submissions: each call that changed something under a key, and the answer it got."""

from django.db import models


class Submission(models.Model):
    """One keyed call: the same key and body get the same answer again."""

    submitter = models.ForeignKey("accounts.User", on_delete=models.PROTECT, db_index=False)
    key = models.CharField(max_length=128)
    body_hash = models.BinaryField(max_length=32)
    status = models.SmallIntegerField()
    answer = models.BinaryField()
    answered_at = models.DateTimeField()

    class Meta:
        """A key is used once by a submitter."""

        constraints = (models.UniqueConstraint(fields=("submitter", "key"), name="submission_once"),)

    def __str__(self) -> str:
        return self.key
