"""采购代理: an agent that acts for the purchaser in its own account, within what their agreement names."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject
from gongyue.policy import Regime

from .tender import Tender

CAPACITY = "agent"
OWN = frozenset({"agency.accept", "agency.decline", "agency.end"})  # of its own agreement, whatever this entrusts


class Agency(PurchaseSubject):
    """委托代理协议: proposed by the purchaser, accepted by somebody of the agent, ended by either."""

    kind = "agency"
    called = _("采购代理委托")
    staged = False
    related: ClassVar[tuple[str, ...]] = ("organisation", "principal")

    class State(models.TextChoices):
        PROPOSED = "proposed", _("待代理机构接受")
        AGREED = "agreed", _("委托代理协议生效")
        DECLINED = "declined", _("代理机构未接受")
        ENDED = "ended", _("委托已结束")

    class Power(models.TextChoices):
        PUBLISH = "publish", _("发布招标公告")
        CLARIFY = "clarify", _("澄清、修改文件，答复询问")
        OPEN = "open", _("主持开标")
        KEY = "key", _("保管、使用开标钥匙")

    class FeePayer(models.TextChoices):
        PURCHASER = "purchaser", _("采购人支付")
        WINNER = "winner", _("中标、成交供应商支付")
        NONE = "none", _("不收费")

    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("代理机构")
    )  # fmt: skip
    principal = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("采购人"))
    number = models.CharField(_("协议编号"), max_length=60)
    powers = models.JSONField(_("委托的权限"), default=list)  # of `Power`
    scope = models.TextField(_("代理采购的范围"))
    begins_on = models.DateField(_("委托起始日"), null=True)
    ends_on = models.DateField(_("委托截止日"), null=True)
    fee_payer = models.CharField(_("代理费用由谁支付"), max_length=10, choices=FeePayer)
    fee_terms = models.TextField(_("代理费用的收取标准和方式"), blank=True)
    proposed_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(_("接受时间"), null=True)
    ended_at = models.DateTimeField(_("结束时间"), null=True)
    reason = models.TextField(_("不接受或者结束的理由"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["purchase"], condition=models.Q(state__in=["proposed", "agreed"]), name="one_living_agency"
            ),
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def living(self) -> bool:
        return self.state in (self.State.PROPOSED, self.State.AGREED)

    @property
    def powers_shown(self) -> str:
        """What it may do, for people."""
        return str(_("、")).join(str(self.Power(one).label) for one in self.powers)

    def holds_on(self, day: date) -> bool:
        """Whether the agreement is accepted and its term runs."""
        begun = self.begins_on is None or self.begins_on <= day
        return self.state == self.State.AGREED and begun and (self.ends_on is None or day <= self.ends_on)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One while none lives and the result is not out, where the place lets an agent do anything of a tender."""
        if dossier is None or not entrustable(dossier.regime) or any(one.living for one in dossier.all(cls)):
            return []
        tender = dossier.latest(Tender)
        if tender is not None and tender.state == Tender.State.AWARDED:
            return []
        return [cls(purchase=dossier.purchase, principal=actor.organisation)]


POWERS = {  # what each power lets an agent do, as far as the place's own regime gives it to an agent
    Agency.Power.PUBLISH: frozenset({"tender.publish"}),
    Agency.Power.CLARIFY: frozenset({"clarification.give", "change.publish", "question.answer"}),
    Agency.Power.OPEN: frozenset({
        "tender.open", "opening.sign_in", "opening.read", "opening.close", "sealedbid.ask_copy",
        "sealedbid.leave",
    }),
    Agency.Power.KEY: frozenset({
        "keyholder.take", "keyholder.lose", "opening.sign_in", "opening.unlock", "sealedbid.open", "sealedbid.fault",
    }),
}  # fmt: skip


def entrustable(regime: Regime) -> list[Agency.Power]:
    """The powers of which a regime gives an agent at least one act."""
    return [power for power in Agency.Power if acts_of([power], regime)]


def acts_of(powers: list[Agency.Power] | list[str], regime: Regime) -> frozenset[str]:
    """The acts that these powers let an agent do in a regime."""
    named = {act for power in powers for act in POWERS[Agency.Power(power)]}
    return frozenset(act for act in named if (who := regime.who(act)) is not None and CAPACITY in who.capacities)


def agents(dossier: Dossier) -> set[int]:
    """Organisations that stand as agent in a purchase today, by agreement."""
    return {one.organisation_id for one in dossier.all(Agency) if one.holds_on(dossier.today)}
