"""What must happen next, by whom, by when; what was typed and not yet sent; what was refused."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.db import models
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from .identity import Organisation, Person, Post
from .purchase import Purchase


class Obligation(models.Model):
    """时限. Opened, suspended and met by the kernel only; due or overdue is a property of the date.

    `due_on` None: a next step without a deadline, or (`due_known` false) a day not yet known.
    `post` is the seat that holds it; it stays on the row when the obligation is met late.
    """

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, null=True, related_name="obligations")
    subject = models.CharField(max_length=80, blank=True)  # the key of what is to be acted on; "" = any in the purchase
    regime = models.CharField(max_length=64)  # digest of the regime that opened it
    rule = models.CharField(max_length=60)
    action = models.CharField(max_length=60)
    capacity = models.CharField(max_length=40)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="obligations")
    post = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="obligations")
    personal = models.BooleanField(default=False)  # binds that post alone (an expert's score sheet)
    opened_at = models.DateTimeField()
    opened_by = models.BigIntegerField()  # ledger entry
    counted_from = models.DateField(null=True)  # the day its period runs from
    turn = models.PositiveIntegerField(default=1)  # of a recurring one
    due_on = models.DateField(_("期限"), null=True)
    due_known = models.BooleanField(default=True)
    queue_on = models.GeneratedField(  # where it stands in an inbox: what has no due day comes last
        expression=Coalesce("due_on", models.Value(date(9999, 12, 31))),
        output_field=models.DateField(),
        db_persist=True,
    )
    suspended_on = models.DateField(null=True)
    suspended_days = models.PositiveIntegerField(default=0)
    suspended_by = models.JSONField(default=list)  # keys of what holds its clock: it runs on when none is left
    met_at = models.DateTimeField(null=True)
    met_by = models.BigIntegerField(null=True)
    late_days = models.PositiveIntegerField(null=True)  # calendar days after due_on, fixed when met
    lapsed_at = models.DateTimeField(null=True)  # the purchase took another way (a failed tender, say)
    is_open = models.BooleanField(default=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(
                fields=["organisation", "queue_on", "id"], name="obligation_inbox", condition=models.Q(is_open=True)
            ),
            models.Index(fields=["purchase", "is_open"]),
        ]

    def days_late(self, today: date) -> int:
        """Calendar days past the due day as of `today`; 0 while in time, suspended or without a due day."""
        if self.late_days is not None:
            return self.late_days
        if not self.is_open or self.due_on is None or self.suspended_on is not None:
            return 0
        return max(0, (today - self.due_on).days)


class Draft(models.Model):
    """草稿: what a post has typed into an action's form and not yet sent. No change of the purchase."""

    post = models.ForeignKey(Post, on_delete=models.CASCADE, related_name="+")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120)  # a key, or `kind:new:<purchase>:<seed>`
    data = models.JSONField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["post", "action", "subject"], name="draft_once")]


class Reminder(models.Model):
    """提醒: the digest of one day that went to one person by mail, and how much it named. One a person and day.

    `at`: the legal moment it was gathered at; `sent_at`: real time, None while it is not known to have gone out.
    """

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="reminders")
    on = models.DateField()
    at = models.DateTimeField()
    overdue = models.PositiveIntegerField()
    soon = models.PositiveIntegerField()
    received = models.PositiveIntegerField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["person", "on"], name="reminded_once_a_day")]


class Refused(models.Model):
    """A refusal worth keeping: who tried what, and which rules stood in the way."""

    purchase = models.ForeignKey(Purchase, on_delete=models.PROTECT, null=True, related_name="refusals")
    subject = models.CharField(max_length=80)
    action = models.CharField(max_length=60)
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    findings = models.JSONField()


class RegimeVersion(models.Model):
    """A merged regime as it was loaded; entries name its digest, so that any decision can be replayed.

    The latest row of a code is the one in use; a body that is loaded again after another gets a row of its own.
    """

    code = models.CharField(max_length=40, db_index=True)
    digest = models.CharField(max_length=64, db_index=True)
    jurisdiction = models.CharField(max_length=12)
    body = models.TextField()
    loaded_at = models.DateTimeField(auto_now_add=True)
