"""What was put before the public: where a notice appeared, what a provider says of itself and of its projects."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.assessment.models import Assessment, Evaluation
from gongyue.contracts.models import Contract, ToldApart, filed, standing
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, PurchaseSubject, Subject
from gongyue.tendering.facts import procured

PUBLISH_WITHIN = "param.contract.publish_within"  # how soon after it is signed a procurement contract is published


class Publication(PurchaseSubject):
    """发布登记: one notice of the ledger on one channel, with the day and the place it appeared (GZ-P-2.3a).

    `contract`: whose notice it is, where the law has a procurement contract published.
    """

    kind = "publication"
    called = _("发布登记")
    section = "openness"
    staged = False

    class State(models.TextChoices):
        LOGGED = "logged", _("已登记")

    class Channel(models.TextChoices):
        DESIGNATED = "designated", _("指定的采购信息媒体")
        SITE = "site", _("部门网站")
        PRESS = "press", _("报刊")
        BOARD = "board", _("公告栏")
        OTHER = "other", _("其他渠道")

    class About(models.TextChoices):
        """What a notice is about, where its publication is a duty of its own."""

        ANY = "", _("公告")
        EVALUATION = "evaluation", _("评估结果")
        CONTRACT = "contract", _("合同公告")

    related: ClassVar[tuple[str, ...]] = ("contract",)

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, related_name="+")
    about = models.CharField(max_length=12, choices=About, blank=True)
    notice = models.BigIntegerField()  # the ledger entry that was published
    notice_title = models.CharField(_("公告"), max_length=120)
    channel = models.CharField(_("渠道"), max_length=12, choices=Channel)
    channel_name = models.CharField(_("渠道名称"), max_length=80)
    address = models.CharField(_("网址或地点"), max_length=300)
    published_on = models.DateField(_("发布日期"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["notice", "channel", "channel_name"], name="published_once_per_channel"),
        ]

    def __str__(self) -> str:
        return f"{self.notice_title} · {self.channel_name}" if self.notice_title else str(self.get_about_display())

    @property
    def seed(self) -> str:
        return self.contract.number if self.contract is not None else self.about

    @classmethod
    def seed_after(cls, before: Subject) -> str:
        return before.number if isinstance(before, Contract) else ""

    @classmethod
    def of_seed(cls, seed: str) -> str:
        return "" if seed in cls.About.values else str(_("合同公告 %(number)s") % {"number": seed})

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more at any time; of an evaluation's result and of each procurement contract apart, once there is one."""
        if dossier is None:
            return []
        there = any(row.state == Evaluation.State.CONCLUDED for row in dossier.all(Evaluation)) or any(
            row.state == Assessment.State.CONCLUDED for row in dossier.all(Assessment)
        )
        wanted = (cls.About.ANY, cls.About.EVALUATION) if there else (cls.About.ANY,)
        of_contracts = [
            cls(purchase=dossier.purchase, about=cls.About.CONTRACT, contract=one) for one in unpublished(dossier)
        ]
        return [cls(purchase=dossier.purchase, about=about) for about in wanted] + of_contracts


def unpublished(dossier: Dossier) -> list[Contract]:
    """The contracts that the law of the day they were signed has published, and that are not yet."""
    told, regime = {row.contract_id for row in dossier.all(Publication)}, dossier.regime
    waiting = [
        one
        for one in standing(dossier)
        if one.pk not in told and one.signed_on is not None and regime.params(one.signed_on).get(PUBLISH_WITHIN)
    ]
    return waiting if waiting and procured(dossier) else []


class ProjectFacts(ToldApart, PurchaseSubject):
    """在营项目公开: what the provider tells the public of a project it runs (GZ-P-3.3.5b)."""

    kind = "projectfacts"
    called = _("项目公开材料")
    section = "openness"
    staged = False
    follows = Contract
    related: ClassVar[tuple[str, ...]] = ("contract", "contract__provider")

    class State(models.TextChoices):
        PUBLISHED = "published", _("已公开")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, null=True, related_name="+")  # where several run
    content = models.TextField(_("服务内容"), blank=True)
    method = models.TextField(_("服务方式"), blank=True)
    expected = models.TextField(_("预期效果"), blank=True)
    other = models.TextField(_("其他足以判断能力的情况"), blank=True)
    published_on = models.DateField(_("公开日期"), null=True)

    def __str__(self) -> str:
        return f"{self.called} · {self.contract.number}" if self.contract is not None else str(self.called)

    @property
    def sides(self) -> Mapping[str, Organisation]:
        return self.contract.sides if self.contract is not None else {}

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One; where a call has several contracts, one of each that is concluded."""
        if dossier is None:
            return []
        several = [row for row in filed(dossier) if row.one_of_several]
        if not several:
            return super().unborn(dossier, actor)
        told = {row.contract_id for row in dossier.all(cls)}
        return [cls(purchase=dossier.purchase, contract=row) for row in several if row.pk not in told]


class ProviderFile(Subject):
    """年度公开材料: one of the three things a provider puts before purchaser and public each year (GZ-P-3.3.5a)."""

    kind = "providerfile"
    called = _("年度公开材料")
    staged = False

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("已公开")

    class Item(models.TextChoices):
        BASIC = "basic", _("机构基本资料")
        PROJECTS = "projects", _("以往项目报告")
        FINANCE = "finance", _("年度财务报告")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    year = models.PositiveSmallIntegerField(_("年度"))
    item = models.CharField(_("材料"), max_length=10, choices=Item)
    text = models.TextField(_("内容"))
    submitted_on = models.DateField(_("公开日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "year", "item"], name="provider_file_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.year} {self.get_item_display()}"

    @property
    def place(self) -> Division:
        return self.organisation.division

    @property
    def regime_code(self) -> str:
        return self.organisation.regime_code

    @property
    def owner(self) -> Organisation:
        return self.organisation

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        return [cls(organisation=actor.organisation)] if dossier is None else []
