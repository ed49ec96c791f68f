"""补充协议: what the parties change of a contract that runs, beside its old text. Amounts in fen."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import Share
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject
from gongyue.policy import Regime

from .contract import Contract, filed
from .under import UnderContract


class Amendment(UnderContract):
    """补充协议. It may add money, move the term's end, change services or other terms, and plans anew the instalments
    that were not claimed yet (`instalments`, from number `first`).

    It takes effect with its last milestone: then the contract's amount, end and instalments are as amended, and
    `before` keeps what they were. Money is only ever added: what is not needed comes back at the end.
    """

    kind = "amendment"
    called = _("补充协议")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("补充协议已拟订")
        APPROVED = "approved", _("补充协议已审定")
        ACCEPTED = "accepted", _("承接主体已确认补充协议")
        SIGNED = "signed", _("补充协议已签订")
        FILED = "filed", _("补充协议已备案")
        RETURNED = "returned", _("补充协议已退回")
        DROPPED = "dropped", _("补充协议不再订立")

    serial = models.PositiveSmallIntegerField(_("第几份补充协议"), default=1)
    number = models.CharField(_("补充协议编号"), max_length=60)
    reason = models.TextField(_("变更理由"))
    added_fen = models.BigIntegerField(_("追加金额"), default=0)
    ends_on = models.DateField(_("变更后的资助期止"), null=True)
    services = models.TextField(_("追加或变更的服务"), blank=True)
    same_subject = models.BooleanField(_("与合同标的相同"), default=False)
    other_terms = models.TextField(_("其他条款的变更"), blank=True)
    first = models.PositiveSmallIntegerField(_("自第几期起重新安排"), default=1)
    instalments = models.JSONField(_("未请款各期的安排"), default=list)
    before = models.JSONField(default=dict)  # amount_fen, ends_on, instalments as they stood until it took effect
    approval_number = models.CharField(_("审定文号"), max_length=60, blank=True)
    approved_on = models.DateField(_("审定日期"), null=True)
    accepted_on = models.DateField(_("承接主体确认日期"), null=True)
    signed_on = models.DateField(_("签订日期"), null=True)
    originals = models.PositiveSmallIntegerField(_("正本份数"), null=True)
    filing_number = models.CharField(_("备案号"), max_length=60, blank=True)
    filed_on = models.DateField(_("备案日期"), null=True)
    finance_copied_on = models.DateField(_("抄送财政日期"), null=True)
    finance_receipt = models.CharField(_("财政签收"), max_length=120, blank=True)
    dropped_reason = models.TextField(_("不再订立的理由"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "serial"], name="amendment_once"),
            models.CheckConstraint(condition=models.Q(added_fen__gte=0), name="amendment_takes_no_money"),
        ]

    def __str__(self) -> str:
        return self.number or str(self.contract)

    def ended(self, regime: Regime) -> bool:
        """Whether it took effect or was dropped."""
        return self.state == self.State.DROPPED or self.complete(regime)

    def complete(self, regime: Regime) -> bool:
        """Whether it has come to the last milestone that the regime's procedure gives it."""
        order = regime.order(self.kind, self.method)
        return order is not None and self.state == order.milestones[-1]

    @classmethod
    def awaited(cls, contract: Contract, dossier: Dossier) -> bool:
        """Under the latest year only, and one at a time, so that what is used of the ten per cent is known."""
        found = [row for row in dossier.all(cls) if row.contract_id == contract.pk]
        return contract.pk == filed(dossier)[-1].pk and all(row.ended(dossier.regime) for row in found)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        out = super().unborn(dossier, actor)
        for row in out:
            held = dossier.all(cls) if dossier else []
            row.serial = 1 + sum(other.contract_id == row.contract_id for other in held)
        return out


class TopUp(PurchaseSubject):
    """追加资金: what one payer adds to its share for an amendment, in fen; held in the line that holds the share."""

    kind = "topup"
    called = _("追加资金")
    section = "money"
    staged = False
    follows = Amendment
    related = ("amendment", "share", "share__item", "share__fund", "payer", "payer__division")

    class State(models.TextChoices):
        ARRANGED = "arranged", _("追加资金待落实")
        COMMITTED = "committed", _("追加资金已落实")
        LAPSED = "lapsed", _("追加资金已取消")

    amendment = models.ForeignKey(Amendment, on_delete=models.PROTECT, related_name="topups")
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="topups")
    payer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("出资方"))
    amount_fen = models.BigIntegerField(_("追加金额"))
    committed_on = models.DateField(_("落实日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="topup_amount_positive")
        ]

    def __str__(self) -> str:
        return f"{self.amendment} {self.payer}"

    @property
    def owner(self) -> Organisation:
        """Nobody else adds its money."""
        return self.payer

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """None: they are born when an amendment is approved."""
        return []
