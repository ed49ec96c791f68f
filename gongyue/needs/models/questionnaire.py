"""Questionnaires that anybody may answer, for the needs assessment and for satisfaction."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, PurchaseSubject


class Questionnaire(PurchaseSubject):
    """问卷: questions that anybody may answer at a public address, without an account and without a name.

    Two kinds of subject share it, because different people open them: `NeedsSurvey` and `SatisfactionSurvey`. Answers
    stand beside it (`Answer`); closing puts their number and their RFC 9162 root into the ledger.
    """

    kind = "questionnaire"
    called = _("问卷")
    staged = False
    purpose_of_kind: ClassVar[str] = ""

    class State(models.TextChoices):
        DRAFTED = "drafted", _("编制中")
        OPENED = "opened", _("正在填答")
        CLOSED = "closed", _("已截止")

    class Purpose(models.TextChoices):
        NEEDS = "needs", _("需求调查")
        SATISFACTION = "satisfaction", _("满意度调查")

    class Kind(models.TextChoices):
        """How a question is answered."""

        SINGLE = "single", _("单选")
        MULTIPLE = "multiple", _("多选")
        SCALE = "scale", _("1至5分")
        NUMBER = "number", _("数字")
        TEXT = "text", _("简短文字")

    purpose = models.CharField(_("用途"), max_length=12, choices=Purpose)
    title = models.CharField(_("问卷标题"), max_length=80)
    introduction = models.TextField(_("卷首语"), blank=True)
    questions = models.JSONField(_("问题"), default=list)  # rows of the form, in order
    token = models.CharField(max_length=20, unique=True, null=True)  # its public address; none before it is opened
    opened_on = models.DateField(_("发布日期"), null=True)
    closes_on = models.DateField(_("填答截止日"), null=True)  # the last day, included; None: until somebody closes it
    closed_on = models.DateField(_("截止日期"), null=True)
    answers = models.PositiveIntegerField(_("答卷数"), null=True)  # once closed
    root = models.CharField(_("答卷根值"), max_length=64, blank=True)  # in hex, once closed
    marks = models.PositiveIntegerField(null=True)  # given on all its scales, and their sum; once closed
    marks_sum = models.PositiveIntegerField(null=True)

    def __str__(self) -> str:
        return self.title

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more at any time, as long as none is still being written."""
        if dossier is None or any(row.state == cls.State.DRAFTED for row in dossier.all(cls)):
            return []
        return [cls(purchase=dossier.purchase, purpose=cls.purpose_of_kind)]

    def takes_answers(self, on: date) -> bool:
        return self.state == self.State.OPENED and (self.closes_on is None or on <= self.closes_on)


class _Of(models.Manager["Questionnaire"]):
    """The questionnaires of one purpose."""

    def get_queryset(self) -> models.QuerySet[Questionnaire]:
        return super().get_queryset().filter(purpose=self.model.purpose_of_kind)


class NeedsSurvey(Questionnaire):
    """需求问卷: what residents need; feeds the needs assessment."""

    kind = "needs_survey"
    called = _("需求问卷")
    section = "founding"
    purpose_of_kind: ClassVar[str] = Questionnaire.Purpose.NEEDS

    objects = _Of()  # type: ignore[assignment,misc]  # of the same table, narrowed to its purpose

    class Meta:
        proxy = True


class SatisfactionSurvey(Questionnaire):
    """满意度问卷: what those served think of it."""

    kind = "satisfaction_survey"
    called = _("满意度问卷")
    section = "supervision"
    purpose_of_kind: ClassVar[str] = Questionnaire.Purpose.SATISFACTION

    objects = _Of()  # type: ignore[assignment,misc]  # of the same table, narrowed to its purpose

    class Meta:
        proxy = True


class Answer(models.Model):
    """答卷: what one person answered, by the question's number; written once. `key` comes with the page it was filled
    in on, so that one sent twice counts once, and salts the digest."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="+")
    key = models.UUIDField(unique=True)
    data = models.JSONField()
    at = models.DateTimeField()  # legal time
    recorded_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.questionnaire_id}:{self.pk}"


class TurnedAway(models.Model):
    """How many answers to a questionnaire were not taken, because one browser or one network had sent enough."""

    questionnaire = models.OneToOneField(Questionnaire, on_delete=models.PROTECT, related_name="turned_away")
    times = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.questionnaire_id}: {self.times}"
