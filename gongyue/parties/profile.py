"""机构档案: what an organisation keeps of itself, once, and hands in with every bid as it then stands."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Subject


class Own(Subject):
    """What belongs to one social organisation, is kept by it alone, and is read by nobody else but in its bids."""

    staged = False
    related: ClassVar[tuple[str, ...]] = ("organisation", "organisation__division")

    class Meta:
        abstract = True

    organisation: models.ForeignKey[Organisation, Organisation]

    @property
    def place(self) -> Division:
        return self.organisation.division

    @property
    def regime_code(self) -> str:
        return self.organisation.regime_code

    @property
    def owner(self) -> Organisation:
        return self.organisation

    def visible_to(self, actor: Post) -> bool:
        return self.organisation_id == actor.organisation_id  # type: ignore[attr-defined, no-any-return]


class ProviderProfile(Own):
    """机构基本情况: registration, accounting and what it does; one an organisation, changed as often as it changes."""

    kind = "profile"
    called = _("机构档案")

    class State(models.TextChoices):
        KEPT = "kept", _("已建档")

    organisation = models.OneToOneField(Organisation, on_delete=models.PROTECT, related_name="profile")
    established_on = models.DateField(_("成立日期"))
    registration_number = models.CharField(_("登记证号"), max_length=60)
    registration_authority = models.CharField(_("登记机关"), max_length=120)
    registration_until = models.DateField(_("登记证有效期至"), null=True)
    representative = models.CharField(_("法定代表人"), max_length=60)
    introduction = models.TextField(_("机构简介"))
    accounts = models.TextField(_("财务会计制度"))
    kept_on = models.DateField(_("最近更新日期"))

    def __str__(self) -> str:
        return str(self.organisation)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        if dossier is not None or cls._default_manager.filter(organisation=actor.organisation_id).exists():
            return []
        return [cls(organisation=actor.organisation)]


class ProfileItem(Own):
    """机构档案条目: one qualification, member of staff, earlier project or penalty, with its paper and its dates.

    `person` and, of a member of staff, `number` are about a person: the ledger commits to them only.
    """

    kind = "profileitem"
    called = _("机构档案条目")

    class State(models.TextChoices):
        LISTED = "listed", _("有效")
        REMOVED = "removed", _("已移除")

    class Category(models.TextChoices):
        QUALIFICATION = "qualification", _("资质")
        STAFF = "staff", _("人员及证书")
        PROJECT = "project", _("以往项目")
        PENALTY = "penalty", _("处罚与信用记录")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="profile_items")
    category = models.CharField(_("类别"), max_length=20, choices=Category)
    title = models.CharField(_("名称"), max_length=120)
    person = models.CharField(_("姓名"), max_length=60, blank=True)
    number = models.CharField(_("证号或文号"), max_length=60, blank=True)
    issuer = models.CharField(_("颁发、委托或处罚单位"), max_length=120, blank=True)
    begins_on = models.DateField(_("开始日期"), null=True)
    ends_on = models.DateField(_("有效期至"), null=True)
    amount_fen = models.BigIntegerField(_("金额"), null=True)
    text = models.TextField(_("说明"), blank=True)
    recorded_on = models.DateField(_("登记日期"))

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(begins_on=None) | models.Q(ends_on=None)
                | models.Q(ends_on__gte=models.F("begins_on")),
                name="profile_dates_in_order",
            )
        ]  # fmt: skip
        indexes: ClassVar = [models.Index(fields=["organisation", "category"])]

    def __str__(self) -> str:
        return self.title

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Any number of them."""
        return [cls(organisation=actor.organisation)] if dossier is None else []
