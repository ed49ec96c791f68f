"""联合体: several organisations that bid as one supplier; and ties that keep one from bidding.

A consortium is born before its bid, of its lead; each member agrees in its own account. It is as secret as a bid.
"""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject

from .bid import Bid
from .supply import Sealed, calling_to
from .tender import Tender


class Consortium(Sealed):
    """联合体: its agreement, with the lead (`organisation`) and what each member does."""

    kind = "consortium"
    called = _("联合体")
    follows = Tender

    class State(models.TextChoices):
        FORMED = "formed", _("已拟联合协议")
        DISSOLVED = "dissolved", _("已解散")

    agreement = models.TextField(_("联合协议"))
    formed_at = models.DateTimeField(_("成立时间"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tender", "organisation"], condition=models.Q(state="formed"), name="one_living_consortium"
            ),
        ]

    def visible_to(self, actor: Post) -> bool:
        """Its members read the agreement too."""
        return super().visible_to(actor) or self.members.filter(organisation=actor.organisation_id).exists()

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One for an organisation that leads none, while a call stands."""
        tender = calling_to(dossier, actor)
        if tender is None or dossier is None or led(dossier, tender, actor.organisation_id) is not None:
            return []
        return [cls(purchase=tender.purchase, tender=tender, organisation=actor.organisation)]


class ConsortiumMember(Sealed):
    """联合体成员: one organisation of a consortium, its lead among them, and the work it takes on."""

    kind = "consortiummember"
    called = _("联合体成员")
    follows = Consortium
    related: ClassVar[tuple[str, ...]] = ("tender", "organisation", "consortium", "consortium__organisation")

    class State(models.TextChoices):
        PENDING = "pending", _("待成员确认")
        CONFIRMED = "confirmed", _("成员已确认")
        REFUSED = "refused", _("成员不同意")

    consortium = models.ForeignKey(Consortium, on_delete=models.PROTECT, related_name="members")
    work = models.TextField(_("承担的工作和义务"))
    share_bp = models.PositiveIntegerField(_("工作份额"))
    work_class = models.CharField(_("同类工作的类别"), max_length=60, blank=True)
    grade = models.PositiveSmallIntegerField(_("资质等级"), null=True)  # 5 is the highest
    answered_at = models.DateTimeField(_("答复时间"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["consortium", "organisation"], name="member_once"),
        ]

    def visible_to(self, actor: Post) -> bool:
        """The lead reads how each member answered."""
        return super().visible_to(actor) or self.consortium.organisation_id == actor.organisation_id

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Born with the consortium."""
        return []


class Tie(PurchaseSubject):
    """利害关系: what an organisation does or did about the purchase, or what binds it to another one."""

    kind = "tie"
    called = _("利害关系")
    staged = False
    related: ClassVar[tuple[str, ...]] = ("organisation", "other")

    class State(models.TextChoices):
        RECORDED = "recorded", _("已登记")

    class Nature(models.TextChoices):
        DESIGN = "design", _("为本项目提供整体设计、规范编制")
        MANAGE = "manage", _("为本项目提供项目管理")
        MONITOR = "monitor", _("为本项目提供监理、检测或者监管")
        EVALUATE = "evaluate", _("受托评估本项目")
        ORGANISE = "organise", _("受托组织本项目的采购")
        FOUNDER = "founder", _("由采购单位举办或者主管")
        CONTROL = "control", _("与另一单位负责人为同一人，或者存在直接控股、管理关系")

    BARRED: ClassVar = frozenset({"design", "manage", "monitor"})

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位")
    )  # fmt: skip
    other = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", null=True, verbose_name=_("另一单位")
    )  # fmt: skip
    nature = models.CharField(_("关系"), max_length=10, choices=Nature)
    basis = models.TextField(_("依据"))
    recorded_at = models.DateTimeField(_("登记时间"))

    def __str__(self) -> str:
        return f"{self.organisation} · {self.get_nature_display()}"

    def visible_to(self, actor: Post) -> bool:
        officer = actor.organisation.organisation_kind != Organisation.Kind.SOCIAL_ORGANISATION
        return officer or actor.organisation_id in {self.organisation_id, self.other_id}

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Any number of them, for offices."""
        social = actor.organisation.organisation_kind == Organisation.Kind.SOCIAL_ORGANISATION
        if dossier is None or not dossier.purchase.pk or social:
            return []
        if dossier.regime.who(f"{cls.kind}.record", dossier.today) is None:
            return []
        return [cls(purchase=dossier.purchase)]


def led(dossier: Dossier, tender: Tender, organisation: int) -> Consortium | None:
    """The living consortium that an organisation leads in a call."""
    rows = [one for one in dossier.all(Consortium) if one.tender_id == tender.pk and one.state == "formed"]
    return next((one for one in rows if one.organisation_id == organisation), None)


def members_of(dossier: Dossier, consortium: Consortium) -> list[ConsortiumMember]:
    return [one for one in dossier.all(ConsortiumMember) if one.consortium_id == consortium.pk]


def memberships(dossier: Dossier, tender: Tender, organisation: int) -> list[ConsortiumMember]:
    """Where an organisation has agreed to be a member, in living consortia of a call."""
    return [
        one
        for one in dossier.all(ConsortiumMember)
        if one.tender_id == tender.pk and one.organisation_id == organisation
        and one.state == "confirmed" and one.consortium.state == "formed"
    ]  # fmt: skip


def parties(dossier: Dossier, bid: Bid) -> list[Organisation]:
    """Who bids by a bid: its organisation, and with it the members of the consortium that it leads."""
    consortium = led(dossier, bid.tender, bid.organisation_id)
    partners = members_of(dossier, consortium) if consortium is not None else []
    agreed = [one for one in partners if one.state == ConsortiumMember.State.CONFIRMED]
    return [bid.organisation, *(one.organisation for one in agreed if one.organisation_id != bid.organisation_id)]


def lowest_grades(members: list[ConsortiumMember]) -> dict[str, int]:
    """Of members who do the same class of work the lowest grade counts."""
    found: dict[str, int] = {}
    for one in members:
        if one.work_class and one.grade is not None:
            found[one.work_class] = min(one.grade, found.get(one.work_class, one.grade))
    return found
