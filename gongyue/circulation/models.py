"""公文: a paper on its way through offices: drafted, checked, signed off in turn, issued under a number, read."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject


class SignOff(PurchaseSubject):
    """会签单. One office drafts and issues; the others give their opinions in the order it names."""

    kind = "signoff"
    called = _("公文")
    section = "papers"
    staged = False
    related = ("drafter", "drafter__division")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("已拟稿")
        CHECKED = "checked", _("已核稿，会签中")
        ISSUED = "issued", _("已签发")
        RETURNED = "returned", _("已退回拟稿")

    drafter = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("拟稿单位"))
    title = models.CharField(_("标题"), max_length=120)
    text = models.TextField(_("正文"))
    series = models.CharField(_("发文代字"), max_length=20)
    year = models.PositiveSmallIntegerField(_("年份"), null=True)  # of the number
    serial = models.PositiveIntegerField(_("序号"), null=True)  # 1, 2, 3 … of an office, its 代字 and a year
    drafted_on = models.DateField(_("拟稿日期"), null=True)
    checked_on = models.DateField(_("核稿日期"), null=True)
    issued_on = models.DateField(_("签发日期"), null=True)
    signers = models.JSONField(default=list)  # keys of organisations, in the order of their opinions
    main = models.JSONField(default=list)  # 主送
    copied = models.JSONField(default=list)  # 抄送

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["drafter", "series", "year", "serial"], name="document_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}" if self.serial else self.title

    @property
    def number(self) -> str:
        """发文字号: 越民〔2011〕3号; "" until it is issued."""
        return f"{self.series}〔{self.year}〕{self.serial}号" if self.serial else ""

    @property
    def owner(self) -> Organisation | None:
        """The office that drafts it; nobody's yet before that."""
        return self.drafter if self.drafter_id else None

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One more is always possible, whoever drafts it."""
        return [cls(purchase=dossier.purchase)] if dossier is not None else []


class Cosignature(PurchaseSubject):
    """会签意见: one office's, asked for when those before it have given theirs."""

    kind = "cosignature"
    called = _("会签意见")
    section = "papers"
    staged = False
    follows = SignOff
    related = ("signoff", "signoff__drafter", "organisation", "organisation__division", "given_by__person")

    class State(models.TextChoices):
        ASKED = "asked", _("待会签")
        GIVEN = "given", _("已会签")

    class Stance(models.TextChoices):
        AGREED = "agreed", _("同意")
        CHANGES = "changes", _("修改后同意")
        OPPOSED = "opposed", _("不同意")

    signoff = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="cosignatures")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("会签单位")
    )
    turn = models.PositiveSmallIntegerField(_("次序"))  # from 1
    round = models.PositiveSmallIntegerField(_("轮次"), default=1)  # a returned paper is signed off anew
    stance = models.CharField(_("意见"), max_length=10, choices=Stance, blank=True)
    text = models.TextField(_("具体意见"), blank=True)
    given_on = models.DateField(_("会签日期"), null=True)
    given_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["signoff", "round", "turn"], name="cosignature_once_per_place"),
        ]

    def __str__(self) -> str:
        return f"{self.signoff.title} · {self.organisation.name}"

    @property
    def owner(self) -> Organisation:
        return self.organisation

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """None: opinions are asked for when a paper is checked, and after the one before."""
        return []


class Copy(PurchaseSubject):
    """主送、抄送件: an issued paper at one of those it went to, and when it was signed for."""

    kind = "copy"
    called = _("送达件")
    section = "papers"
    staged = False
    follows = SignOff
    related = ("signoff", "signoff__drafter", "organisation", "organisation__division")

    class State(models.TextChoices):
        SENT = "sent", _("已送出")
        READ = "read", _("已签收")

    signoff = models.ForeignKey(SignOff, on_delete=models.PROTECT, related_name="copies")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("收文单位")
    )
    is_main = models.BooleanField(_("主送"), default=False)
    sent_on = models.DateField(_("送出日期"))
    read_on = models.DateField(_("签收日期"), null=True)
    read_by = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["signoff", "organisation"], name="copy_once_per_office")
        ]

    def __str__(self) -> str:
        return f"{self.signoff} → {self.organisation.name}"

    @property
    def owner(self) -> Organisation:
        return self.organisation

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """None: they go out when the paper is issued."""
        return []


class NumberSeries(models.Model):
    """发文字号的流水: the last number an office gave under a 代字 in a year. Its row is locked while one is given."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    series = models.CharField(max_length=20)
    year = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "series", "year"], name="number_series_once")
        ]
