"""Tables of the perception survey: waves, unused codes and tallies. No answer is kept, and no code says whose it is."""

from django.db import models


class Wave(models.Model):
    """One round of the survey, with what was asked and how many codes went to each group at each office."""

    survey = models.JSONField()
    issued = models.JSONField()
    opened_on = models.DateField()
    closed_on = models.DateField(null=True)
    published_on = models.DateField(null=True)

    def __str__(self) -> str:
        return f"{self.pk}"


class Code(models.Model):
    """A code that was not used yet, as its digest; it goes when it is used, and never had a name."""

    digest = models.BinaryField(max_length=32, primary_key=True)
    wave = models.ForeignKey(Wave, on_delete=models.CASCADE)
    group = models.CharField(max_length=32)
    office = models.CharField(max_length=17)

    def __str__(self) -> str:
        return self.group


class Tally(models.Model):
    """How many people of a group at an office gave which score, by factor."""

    wave = models.ForeignKey(Wave, on_delete=models.CASCADE)
    group = models.CharField(max_length=32)
    office = models.CharField(max_length=17)
    counts = models.JSONField(default=dict)

    class Meta:
        """One tally a cell."""

        constraints = (models.UniqueConstraint(fields=("wave", "group", "office"), name="perception_one_tally"),)

    def __str__(self) -> str:
        return f"{self.group} {self.office}"
