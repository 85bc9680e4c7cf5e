"""Tables of people: certificates and attendances, each written once."""

from django.db import models


class Certification(models.Model):
    """A competence of a person, as somebody else assessed it; without a level, that it was revoked."""

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    competence = models.CharField(max_length=40)
    level = models.CharField(max_length=16)
    assessed_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    assessed_on = models.DateField()
    evidence = models.TextField()
    written_at = models.DateTimeField()

    class Meta:
        """Nobody certifies himself."""

        constraints = (
            models.CheckConstraint(condition=~models.Q(person=models.F("assessed_by")), name="certification_by_another"),
            models.CheckConstraint(condition=~models.Q(evidence=""), name="certification_with_evidence"),
        )

    def __str__(self) -> str:
        return f"{self.competence} {self.level}"


class Attendance(models.Model):
    """A course that a person attended."""

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")
    course = models.CharField(max_length=40)
    attended_on = models.DateField()
    passed = models.BooleanField()
    recorded_by = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="+")

    class Meta:
        """A course is attended once a day."""

        constraints = (models.UniqueConstraint(fields=("person", "course", "attended_on"), name="attendance_once"),)

    def __str__(self) -> str:
        return self.course
