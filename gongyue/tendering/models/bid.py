"""投标: one organisation's answer to a call."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject
from gongyue.tendering.methods import TENDERED

from .parts import in_group
from .tender import Tender
from .unnumbered import Unnumbered

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


RESPONSE: Mapping[str, StrOrPromise] = {  # to a call that is no tender
    "": _("响应文件"), "bid.submit": _("提交响应文件"), "bid.withdraw": _("撤回响应文件"),
    "state:submitted": _("响应文件已提交"),
}  # fmt: skip


class Bid(Unnumbered, PurchaseSubject):
    """投标: one organisation's answer to a call. Its price (fen), plan and rules on money stay sealed until opening;
    of a sealed call they are not even here before (`price_fen` None, the rest empty)."""

    kind = "bid"
    called = _("投标")
    follows = Tender
    staged = False

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("已投标")
        QUALIFIED = "qualified", _("资格审查合格")
        DISQUALIFIED = "disqualified", _("资格审查不合格")
        WITHDRAWN = "withdrawn", _("已撤回")
        INVALID = "invalid", _("投标无效")

    class Ground(models.TextChoices):
        UNCONFIRMED = "unconfirmed", _("不确认修正后的报价")
        PRICE = "price", _("报价明显偏低，不能证明合理")
        WRITTEN = "written_together", _("视为串通：投标文件由同一单位或者个人编制")
        HANDLED = "handled_together", _("视为串通：委托同一单位或者个人办理投标事宜")
        STAFF = "same_person", _("视为串通：项目管理成员或者联系人员为同一人")
        ALIKE = "alike", _("视为串通：投标文件异常一致或者报价呈规律性差异")
        MIXED = "mixed", _("视为串通：投标文件相互混装")
        BOND = "same_account", _("视为串通：投标保证金从同一单位或者个人的账户转出")
        TIED = "tied", _("投标人依法不得参加本项目（提供过设计等服务，或者与其他投标人同一负责人、控股、管理）")
        CEILING = "above_ceiling", _("报价超过招标文件规定的最高限价")
        UNOPENED = "unopened", _("密封的投标文件未能开启")
        SUBSTANCE = "substance", _("没有满足招标文件的实质性要求")

    FOUND_AT_OPENING: ClassVar = frozenset({Ground.CEILING, Ground.UNOPENED})
    COLLUSION: ClassVar = (
        frozenset(Ground.values) - FOUND_AT_OPENING - {Ground.UNCONFIRMED, Ground.PRICE, Ground.SUBSTANCE, Ground.TIED}
    )

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="bids")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="bids", verbose_name=_("投标人")
    )
    price_fen = models.BigIntegerField(_("报价"), null=True)
    plan = models.TextField(_("实施方案"), blank=True)
    fund_rules = models.TextField(_("资金使用细则"), blank=True)
    profile = models.TextField(_("机构情况"), blank=True)
    unread = models.BooleanField(default=False)  # handed in sealed and not opened yet
    snapshot = models.JSONField(
        _("机构档案快照"), default=dict
    )  # as `parties.snapshot` takes it; sealed like the price
    truthful = models.BooleanField(_("承诺材料真实"), default=False)
    submitted_at = models.DateTimeField(_("投标时间"))
    liability = models.BooleanField(_("独立承担法律责任"), null=True)
    accounting = models.BooleanField(_("财务制度健全"), null=True)
    ability = models.BooleanField(_("专业能力相应"), null=True)
    reputation = models.BooleanField(_("社会信誉良好"), null=True)
    checks = models.JSONField(_("资质评价表"), default=list)  # item, result and evidence, in the order of the form
    evidence = models.TextField(_("审查依据"), blank=True)
    reviewer = models.ForeignKey(Post, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("审查人"))
    reviewed_at = models.DateTimeField(_("审查时间"), null=True)
    ground = models.CharField(_("投标无效的情形"), max_length=20, choices=Ground, blank=True)
    ground_others = models.CharField(_("涉及的其他投标人"), max_length=300, blank=True)
    ground_reason = models.TextField(_("认定的事实和理由"), blank=True)
    dissent = models.TextField(_("不同意见"), blank=True)
    invalid_at = models.DateTimeField(_("认定无效的时间"), null=True)
    refused_at = models.DateTimeField(_("登记拒绝签订合同的时间"), null=True)  # it had won

    related: ClassVar[tuple[str, ...]] = (
        "tender", "organisation", "ranking", "reviewer", "reviewer__organisation", "reviewer__person",
    )  # fmt: skip

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["tender", "organisation"], condition=~Q(state="withdrawn"), name="one_live_bid"
            ),
            models.CheckConstraint(condition=Q(price_fen__gt=0), name="bid_price_positive"),
            models.CheckConstraint(
                condition=Q(unread=True, price_fen=None, plan="", fund_rules="", profile="")
                | Q(unread=False, price_fen__isnull=False),
                name="bid_unread_or_readable",
            ),
            models.CheckConstraint(
                condition=Q(unread=False) | ~Q(state__in=["qualified", "disqualified", "invalid"]),
                name="bid_reviewed_once_read",
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def says(self) -> Mapping[str, StrOrPromise]:
        return {} if self.tender.way in TENDERED else RESPONSE

    @property
    def owner(self) -> Organisation | None:
        """Its organisation's own affair until the bids are opened, the purchaser's review from then on."""
        return self.organisation if self.tender.opened_at is None else None

    @property
    def reviewed(self) -> bool:
        """Whether there is a result; a bid that could not be opened has one of its own."""
        done = self.state in {self.State.QUALIFIED, self.State.DISQUALIFIED, self.State.INVALID}
        return done or self.ground == self.Ground.UNOPENED

    @property
    def price(self) -> int:
        """The price, in fen, of a bid that has been opened. ValueError: it has not."""
        if self.price_fen is None:
            raise ValueError(f"{self.key} has not been opened")
        return self.price_fen

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """For a social organisation without a live bid, while a call stands."""
        tender = dossier.latest(Tender) if dossier else None
        organisation = actor.organisation
        if dossier is None or tender is None or not tender.calling:
            return []
        if organisation.organisation_kind != Organisation.Kind.SOCIAL_ORGANISATION:
            return []
        if not tender.admits(organisation.pk):
            return []
        if any(bid.organisation_id == organisation.pk for bid in live(dossier.all(cls), tender)):
            return []
        return [cls(purchase=dossier.purchase, tender=tender, organisation=organisation)]

    def visible_to(self, actor: Post) -> bool:
        """Whether a page may let on that it exists: to its own organisation alone, to others once it was opened; of
        talks nobody but the purchaser's side and the group learns before the result (Procurement Law, article 38)."""
        if self.organisation_id == actor.organisation_id:
            return True
        return self.opened and (not self.tender.discreet or in_group(self.purchase, self.tender, actor))

    @property
    def opened(self) -> bool:
        """Whether others may read it: what was withdrawn never is."""
        return self.tender.opened_at is not None and self.state != self.State.WITHDRAWN


def live(bids: Iterable[Bid], tender: Tender) -> list[Bid]:
    """The bids of a tender that were not withdrawn."""
    return [bid for bid in bids if bid.tender_id == tender.pk and bid.state != Bid.State.WITHDRAWN]
