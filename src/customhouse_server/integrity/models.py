"""Tables of integrity: members, who was one, leads with their reviews and looks, assessments, controls, contracts, interests, gifts."""

from uuid import uuid4

from django.db import models


class Member(models.Model):
    """Somebody who works for the integrity office: named by an administrator, confirmed by a member, but for the first."""

    person = models.OneToOneField("accounts.User", primary_key=True, on_delete=models.PROTECT)
    named_by = models.CharField(max_length=150)
    named_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=150, default="", blank=True)
    confirmed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.pk)


class FormerMember(models.Model):
    """Somebody who was named and is a member no longer: kept, so that an office which had members never counts as a new one."""

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    named_by = models.CharField(max_length=150)
    named_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=150, default="", blank=True)
    confirmed_at = models.DateTimeField(null=True)
    ended_by = models.CharField(max_length=150)
    ended_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.person_id)


class Lead(models.Model):
    """A lead with its evidence, and the review that it is under."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    fingerprint = models.CharField(max_length=64, unique=True)
    rule = models.CharField(max_length=16)
    officer = models.CharField(max_length=150)
    reviewer = models.CharField(max_length=150, default="", blank=True)
    state = models.CharField(max_length=32)
    document = models.JSONField()
    review = models.JSONField()
    opened_at = models.DateTimeField()
    delete_on = models.DateField(null=True)

    def __str__(self) -> str:
        return str(self.id)


class Act(models.Model):
    """What was done to a lead; it goes when the lead goes."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE)
    act = models.CharField(max_length=32)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    text = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return self.act


class Look(models.Model):
    """Who looked at a lead, and when."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.by


class Forgotten(models.Model):
    """That a lead was deleted, under a digest which nobody without the key of the site can make: so that no later review finds it again."""

    fingerprint = models.CharField(max_length=64, primary_key=True)

    def __str__(self) -> str:
        return self.fingerprint


class SelfAnswer(models.Model):
    """An answer of the self-assessment of a year; a later one takes its place, and both stay."""

    year = models.IntegerField()
    question = models.CharField(max_length=16)
    document = models.JSONField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.year} {self.question}"


class ControlTest(models.Model):
    """When a control of the risk map was found to work, and by whom."""

    function = models.CharField(max_length=16)
    control = models.CharField(max_length=200)
    tested_on = models.DateField()
    by = models.CharField(max_length=150)

    def __str__(self) -> str:
        return self.control


class PlannedAction(models.Model):
    """What is to be done about a function of the risk map, by whom and until when."""

    function = models.CharField(max_length=16)
    text = models.TextField()
    owner = models.CharField(max_length=150)
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.text


class Contract(models.Model):
    """A performance contract of an office or an officer, with the terms as they were when it was offered."""

    office = models.CharField(max_length=17, default="", blank=True)
    officer = models.CharField(max_length=150, default="", blank=True)
    terms = models.JSONField()
    offered_by = models.CharField(max_length=150)
    offered_at = models.DateTimeField()
    agreed_by = models.CharField(max_length=150, default="", blank=True)
    agreed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.office or self.officer


class Remark(models.Model):
    """What one side says of a month of a contract, and what changed in it."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE)
    month = models.DateField()
    by = models.CharField(max_length=150)
    side = models.CharField(max_length=16)
    text = models.TextField()
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text


class Interest(models.Model):
    """A tie that a person has declared."""

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    party = models.CharField(max_length=150)
    tie = models.CharField(max_length=32)
    note = models.TextField(default="", blank=True)
    since = models.DateField()
    until = models.DateField(null=True)
    declared_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.party


class YearlyStatement(models.Model):
    """That what a person has declared of interests is whole, said on a day, and who looked at it."""

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    said_on = models.DateField()
    reviewed_by = models.CharField(max_length=150, default="", blank=True)
    review = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return str(self.said_on)


class Gift(models.Model):
    """What a person was offered, by whom, what became of it, and who looked at it."""

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT)
    giver = models.CharField(max_length=150)
    what = models.TextField()
    value = models.DecimalField(max_digits=12, decimal_places=2, null=True)
    currency = models.CharField(max_length=3, default="", blank=True)
    offered_on = models.DateField()
    became = models.CharField(max_length=16)
    reviewed_by = models.CharField(max_length=150, default="", blank=True)
    review = models.TextField(default="", blank=True)

    def __str__(self) -> str:
        return self.what
