"""What the supervising bodies see at a centre, what they draw to look at, and what has to be put right."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import Contract, in_force
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject


class Supervised(PurchaseSubject):
    """By one of the supervising bodies, about the provider's work."""

    section = "supervision"
    staged = False

    body = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("监督单位")
    )

    class Meta:
        abstract = True


class SupervisionLog(Supervised):
    """日常监督记录: one visit, three blocks looked at: plan, effect, money (GZ-P-4.6b, GZ-S-4.5g)."""

    kind = "supervision"
    called = _("日常监督记录")
    numerous = True
    follows = Contract
    related: ClassVar[tuple[str, ...]] = ("body",)

    class State(models.TextChoices):
        RECORDED = "recorded", _("已记录")

    class Result(models.TextChoices):
        SOUND = "sound", _("正常")
        PROBLEM = "problem", _("有问题")

    observed_on = models.DateField(_("监督日期"), null=True)
    plan_result = models.CharField(_("服务计划"), max_length=10, choices=Result, blank=True)
    plan = models.TextField(_("服务计划的情况"), blank=True)
    effect_result = models.CharField(_("服务成效"), max_length=10, choices=Result, blank=True)
    effect = models.TextField(_("服务成效的情况"), blank=True)
    money_result = models.CharField(_("资金使用"), max_length=10, choices=Result, blank=True)
    money = models.TextField(_("资金使用的情况"), blank=True)

    def __str__(self) -> str:
        return f"{self.observed_on} {self.body.name if self.body else ''}"

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more is always possible once there is a contract to hold the provider to."""
        return [cls(purchase=dossier.purchase)] if dossier and in_force(dossier) else []


class SpotCheck(Supervised):
    """抽查: a list and the digest of a secret are fixed first, then the secret is opened and chooses from the list.

    `population` holds the keys in order, `drawn` those chosen. The seed is known to nobody's page before the draw.
    """

    kind = "spot_check"
    called = _("抽查")
    follows = Contract
    related: ClassVar[tuple[str, ...]] = ("body",)

    class State(models.TextChoices):
        COMMITTED = "committed", _("已封存名单和种子")
        DRAWN = "drawn", _("已抽取")
        REPORTED = "reported", _("已有结果")

    class Occasion(models.TextChoices):
        REGULAR = "regular", _("定期抽查")
        IRREGULAR = "irregular", _("不定期抽查")

    number = models.PositiveIntegerField(_("次序"), default=1)
    occasion = models.CharField(_("抽查方式"), max_length=10, choices=Occasion, blank=True)
    cycle = models.CharField(_("定期抽查的周期"), max_length=60, blank=True)  # in words: no source gives one
    source = models.CharField(max_length=40, blank=True)  # the name of a population
    size = models.PositiveIntegerField(_("抽取数"), default=0)
    seed_sha256 = models.CharField(_("种子的SHA-256"), max_length=64, blank=True)
    seed_value = models.CharField(max_length=64, blank=True)
    opened_seed = models.CharField(_("公布的种子"), max_length=64, blank=True)
    population = models.JSONField(default=list)
    population_sha256 = models.CharField(_("名单的SHA-256"), max_length=64, blank=True)
    drawn = models.JSONField(default=list)
    findings = models.JSONField(_("逐项结果"), default=list)
    result = models.TextField(_("抽查结论"), blank=True)
    committed_on = models.DateField(_("封存日期"), null=True)
    drawn_on = models.DateField(_("抽取日期"), null=True)
    reported_on = models.DateField(_("结果日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["purchase", "number"], name="spot_check_number_once")]

    def __str__(self) -> str:
        return str(_("第 %(n)s 次抽查") % {"n": self.number})

    @property
    def seed(self) -> str:
        return str(self.number)

    @property
    def owner(self) -> Organisation | None:
        """Who prepared it carries it through."""
        return self.body

    def visible_to(self, actor: Post) -> bool:
        """The provider learns of it when it is drawn, and of none before."""
        social = actor.organisation.organisation_kind == Organisation.Kind.SOCIAL_ORGANISATION
        return self.state not in ("", self.State.COMMITTED) or not social

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        if dossier is None or in_force(dossier) is None:
            return []
        return [cls(purchase=dossier.purchase, number=len(dossier.all(cls)) + 1)]


class FollowUp(Supervised):
    """整改事项: what a log or a check found wrong, who puts it right, until when; open until the body is satisfied."""

    kind = "follow_up"
    called = _("整改事项")
    numerous = True
    follows = Contract
    related: ClassVar[tuple[str, ...]] = ("body", "responsible")

    class State(models.TextChoices):
        OPENED = "opened", _("待整改")
        ANSWERED = "answered", _("已答复，待核实")
        CLOSED = "closed", _("已办结")

    found_in = models.CharField(max_length=80)  # the key of the log or the check
    what = models.TextField(_("问题"))
    responsible = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("整改单位")
    )
    due_on = models.DateField(_("整改期限"), null=True)
    answer = models.TextField(_("整改答复"), blank=True)
    answered_on = models.DateField(_("答复日期"), null=True)
    verdict = models.TextField(_("核实意见"), blank=True)
    closed_on = models.DateField(_("办结日期"), null=True)

    def __str__(self) -> str:
        return self.what[:40]

    @property
    def owner(self) -> Organisation | None:
        """Whose turn it is: the provider's to answer, then the supervising body's to verify."""
        return self.body if self.state == self.State.ANSWERED else self.responsible

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        return []
