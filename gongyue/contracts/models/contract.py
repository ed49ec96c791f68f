"""The contract and its schedule of instalments. Amounts in fen."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any, ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import PlanItem, Share
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject, Subject
from gongyue.policy import Regime
from gongyue.tendering.models import Tender


class Moment(models.TextChoices):
    """Which of the contract year's two assessments is meant (GZ-P-3.4.2b)."""

    MIDTERM = "midterm", _("中期评估")
    YEAREND = "yearend", _("年终评估")


class Contracts(models.QuerySet["Contract"]):
    """Contracts, asked by what becomes of them."""

    def standing(self) -> Self:
        """Those that were not revoked."""
        return self.filter(revoked_on=None)


class Contract(PurchaseSubject):
    """合同: what the purchaser and the provider agree on. It may be drafted with gaps, which `missing` names.

    `approved_on`, `accepted_on` and `filed_on` are the legal days of those acts; `signed_on`, `revoked_on` and
    `finance_copied_on` are the papers' own dates.
    """

    kind = "contract"
    called = _("合同")
    related = ("tender", "provider", "provider__division", "purchaser", "finance_copied_by", "renews", "item")

    class State(models.TextChoices):
        DRAFTED = "drafted", _("合同已拟订")
        APPROVED = "approved", _("合同已审定")
        ACCEPTED = "accepted", _("承接主体已确认")
        SIGNED = "signed", _("合同已签订")
        FILED = "filed", _("合同已备案")
        RETURNED = "returned", _("合同已退回")
        REVOKED = "revoked", _("合同已撤销")

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("招标"))
    purchaser = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("购买主体")
    )
    provider = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("承接主体")
    )
    year_number = models.PositiveSmallIntegerField(_("第几年协议"), default=1)
    renews = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="renewal", verbose_name=_("续签的合同")
    )
    item = models.ForeignKey(
        PlanItem, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("购买服务项目")
    )
    one_of_several = models.BooleanField(default=False)  # of one call, each with another provider
    number = models.CharField(_("合同编号"), max_length=60)
    amount_fen = models.BigIntegerField(_("合同金额"), null=True)  # as amended
    original_fen = models.BigIntegerField(_("原合同金额"), null=True)  # before the first amendment took effect
    starts_on = models.DateField(_("资助期起"), null=True)
    ends_on = models.DateField(_("资助期止"), null=True)  # the last day of service
    service_requirements = models.TextField(_("服务要求"), blank=True)
    quality_standard = models.TextField(_("质量标准"), blank=True)
    payment_method = models.TextField(_("支付方式"), blank=True)
    rights_duties = models.TextField(_("双方权利义务"), blank=True)
    service_range = models.TextField(_("服务范围"), blank=True)
    subject_matter = models.TextField(_("服务标的"), blank=True)
    quantity_terms = models.TextField(_("服务数量"), blank=True)
    check_terms = models.TextField(_("与付款挂钩的验收标准或者考核办法"), blank=True)
    breach_terms = models.TextField(_("违约责任"), blank=True)
    dispute_terms = models.TextField(_("解决争议的方法"), blank=True)
    approval_number = models.CharField(_("审定文号"), max_length=60, blank=True)
    approved_on = models.DateField(_("审定日期"), null=True)
    accepted_on = models.DateField(_("承接主体确认日期"), null=True)
    signed_on = models.DateField(_("签订日期"), null=True)
    originals = models.PositiveSmallIntegerField(_("正本份数"), null=True)
    filing_number = models.CharField(_("备案号"), max_length=60, blank=True)
    filed_on = models.DateField(_("备案日期"), null=True)
    revoked_on = models.DateField(_("撤销日期"), null=True)
    finance_copied_on = models.DateField(_("抄送财政日期"), null=True)
    finance_receipt = models.CharField(_("财政签收"), max_length=120, blank=True)
    finance_copied_by = models.ForeignKey(
        Post, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("抄送经办")
    )

    # GZ-P-3.3.2a, and the other party, without whom there is no contract
    MANDATORY: ClassVar[dict[str, str]] = {
        "provider_id": "承接主体", "starts_on": "资助期起", "ends_on": "资助期止", "service_requirements": "服务要求",
        "quality_standard": "质量标准", "amount_fen": "合同金额", "payment_method": "支付方式",
        "rights_duties": "双方权利义务",
    }  # fmt: skip

    # what other places' measures have a contract state beside those (CD-22)
    FURTHER: ClassVar[dict[str, str]] = {
        "service_range": "服务范围", "subject_matter": "服务标的", "quantity_terms": "服务数量",
        "check_terms": "与付款挂钩的验收标准或者考核办法", "breach_terms": "违约责任",
        "dispute_terms": "解决争议的方法",
    }  # fmt: skip

    objects = Contracts.as_manager()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchaser", "number"], name="contract_number_once"),
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="contract_amount_positive"),
            models.CheckConstraint(
                condition=models.Q(ends_on=None)
                | models.Q(starts_on=None)
                | models.Q(ends_on__gt=models.F("starts_on")),
                name="contract_dates_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def seed(self) -> str:
        """Its provider, where a call chose several."""
        return str(self.provider_id) if self.one_of_several else ""

    @property
    def told_apart(self) -> str:
        """Its number, where a call has several: what follows each of them is told apart by it."""
        return self.number if self.one_of_several else ""

    @property
    def seed_words(self) -> str:
        return self.provider.name if self.one_of_several and self.provider is not None else ""

    @classmethod
    def seed_after(cls, before: Subject) -> str:
        """The provider that took a place which fell free."""
        came = before.newcomer if isinstance(before, Tender) and before.several else None
        return str(came.organisation_id) if came is not None else ""

    @property
    def sides(self) -> Mapping[str, Organisation]:
        """Of several providers its own alone acts on it."""
        return {"provider": self.provider} if self.one_of_several and self.provider is not None else {}

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """One beside those that were revoked; where a call chose several, one with each of them."""
        tender = dossier.latest(Tender) if dossier is not None else None
        if dossier is None or tender is None or not tender.placed:
            return [cls(purchase=dossier.purchase)] if dossier is not None and not standing(dossier) else []
        drawn = {row.provider_id for row in standing(dossier) if row.tender_id == tender.pk}
        left = [bid.organisation for bid in tender.winners if bid.organisation_id not in drawn]
        return [cls(purchase=dossier.purchase, tender=tender, provider=one, one_of_several=True) for one in left]

    @property
    def mid_on(self) -> date | None:
        """The day in the middle of its term: half the days, rounded down, after its first."""
        if self.starts_on is None or self.ends_on is None:
            return None
        return self.starts_on + timedelta(days=(self.ends_on - self.starts_on).days // 2)

    @property
    def added_fen(self) -> int:
        """What amendments have added to it."""
        return 0 if self.original_fen is None or self.amount_fen is None else self.amount_fen - self.original_fen

    @property
    def missing(self) -> list[str]:
        """The mandatory fields still empty, by the names the regulation gives them."""
        return [name for field, name in self.MANDATORY.items() if getattr(self, field) in (None, "")]

    @property
    def unstated(self) -> list[str]:
        """Which of the further terms are empty."""
        return [name for field, name in self.FURTHER.items() if not getattr(self, field)]

    @property
    def schedule(self) -> list[Instalment]:
        """Its instalments in order; read from the database once."""
        if self.pk is None:
            return []
        models.prefetch_related_objects([self], "instalments")
        return list(self.instalments.all())

    def shares(self, found: Iterable[Share]) -> list[Share]:
        """Whose money pays it: of the purchase's shares those of its own year's item, the first one's by default.

        Nobody's while its own item has none: another year's money never stands in.
        """
        rows = sorted(found, key=lambda share: share.pk)
        item = self.item_id or (rows[0].item_id if rows else None)
        return [share for share in rows if share.item_id == item]

    def complete(self, regime: Regime) -> bool:
        """Whether it has come to the last milestone that the regime's procedure gives a contract."""
        order = regime.order(self.kind, self.method)
        return order is not None and self.state == order.milestones[-1]


class Instalment(models.Model):
    """分期款: one part of the amount, numbered from 1. `requires` names the assessment that must be concluded first."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="instalments")
    number = models.PositiveSmallIntegerField(_("期次"))
    due_on = models.DateField(_("应付日期"))
    amount_fen = models.BigIntegerField(_("金额"))
    requires = models.CharField(_("付款前须完成"), max_length=10, choices=Moment, blank=True)

    class Meta:
        ordering: ClassVar = ["number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "number"], name="instalment_once"),
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="instalment_amount_positive"),
        ]

    def __str__(self) -> str:
        return str(_("第 %(number)s 期") % {"number": self.number})


class ToldApart:
    """What follows one contract is told apart by its number where a call has several, before it is born, too."""

    contract: Any  # a Contract; None where there is one only

    @property
    def seed(self) -> str:
        return self.contract.told_apart if self.contract is not None else ""

    @classmethod
    def seed_after(cls, before: Subject) -> str:
        return before.told_apart if isinstance(before, Contract) else ""

    @classmethod
    def of_seed(cls, seed: str) -> str:
        return seed


def standing(dossier: Dossier | None) -> list[Contract]:
    """The contracts that were not revoked, the first year's first."""
    found = dossier.all(Contract) if dossier else []
    return [contract for contract in found if contract.state != Contract.State.REVOKED]


def filed(dossier: Dossier | None) -> list[Contract]:
    """The contracts that have come to the end of their procedure, the first year's first."""
    found = dossier.all(Contract) if dossier else []
    return [contract for contract in found if dossier is not None and contract.complete(dossier.regime)]


def in_force(dossier: Dossier | None) -> Contract | None:
    """What is served, assessed and supervised under: of the filed ones the latest whose term has begun, before any has
    begun the first. A renewal that is still being drafted takes nothing from the year before it."""
    found = filed(dossier)
    begun = [one for one in found if dossier and one.starts_on is not None and one.starts_on <= dossier.today]
    return next(iter(begun[-1:] or found[:1]), None)


def current(dossier: Dossier) -> Contract | None:
    """The one in force; while none is, the latest that stands."""
    return in_force(dossier) or next(iter(standing(dossier)[-1:]), None)
