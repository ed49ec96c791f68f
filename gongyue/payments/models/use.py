"""项目专账: what the provider planned to spend by heading, what it spent, its reports at the end. Amounts in fen."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import Contract, UnderContract, filed
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject


class UsePlan(UnderContract):
    """经费预算: how the provider will use one contract's money, by headings of its own (GZ-P-2.4a)."""

    kind = "useplan"
    called = _("经费预算")

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("经费预算已报送")
        APPROVED = "approved", _("经费预算已核准")
        RETURNED = "returned", _("经费预算已退回")

    contract = models.OneToOneField(Contract, on_delete=models.PROTECT, related_name="+", verbose_name=_("合同"))
    headings = models.JSONField(_("预算科目"), default=list)
    submitted_on = models.DateField(_("报送日期"), null=True)
    approved_on = models.DateField(_("核准日期"), null=True)

    @property
    def total_fen(self) -> int:
        return sum(row["amount"] for row in self.headings)


class SpendingReport(UnderContract):
    """经费支出: what was spent in a period, voucher by voucher, and what it achieved for the money."""

    kind = "spending"
    called = _("经费支出")
    follows = UsePlan

    class State(models.TextChoices):
        REPORTED = "reported", _("经费支出已登记")

    starts_on = models.DateField(_("期间起"))
    ends_on = models.DateField(_("期间止"))
    entries = models.JSONField(_("支出明细"), default=list)
    spent_fen = models.BigIntegerField(_("本期支出"), default=0)
    over_fen = models.BigIntegerField(_("超出预算"), default=0)
    efficiency = models.TextField(_("资金使用效益"))
    variance = models.TextField(_("超支说明"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ends_on__gte=models.F("starts_on")), name="spending_period_in_order"
            ),
            models.CheckConstraint(
                condition=models.Q(over_fen=0) | ~models.Q(variance=""), name="spending_explains_what_is_over"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on}—{self.ends_on}"

    @classmethod
    def awaited(cls, contract: Contract, dossier: Dossier) -> bool:
        """One more, always, under an approved plan."""
        plans = dossier.all(UsePlan)
        return any(plan.contract_id == contract.pk and plan.state == UsePlan.State.APPROVED for plan in plans)


class YearlyReport(UnderContract):
    """年度报告: the year's self-evaluation, and the year's account of the money (GZ-S-4.5e)."""

    kind = "yearly"
    called = _("年度报告")

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("年度报告已提交")

    class Topic(models.TextChoices):
        SELF = "self", _("年度服务自我评估")
        FUNDS = "funds", _("年度资金使用报告")

    topic = models.CharField(_("报告"), max_length=10, choices=Topic)
    summary = models.TextField(_("报告摘要"), blank=True)
    submitted_on = models.DateField(_("提交日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["contract", "topic"], name="yearly_once")]

    def __str__(self) -> str:
        return str(self.get_topic_display())

    @property
    def seed(self) -> str:
        return self.topic

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Both reports of each filed contract; of the latest one first, since they are told apart by topic alone."""
        if dossier is None:
            return []
        held = {(report.contract_id, report.topic) for report in dossier.all(cls)}
        out: dict[str, Self] = {}
        for contract in filed(dossier):
            for topic in cls.Topic.values:
                if (contract.pk, topic) not in held:
                    out.setdefault(topic, cls(purchase=dossier.purchase, contract=contract, topic=topic))
        return list(out.values())


class YearlyReceipt(PurchaseSubject):
    """签收: one recipient's receipt of one yearly report."""

    kind = "yearlyreceipt"
    called = _("年度报告签收")
    section = "money"
    staged = False
    follows = YearlyReport
    related = ("report", "recipient", "recipient__division")

    class State(models.TextChoices):
        SENT = "sent", _("待签收")
        SIGNED = "signed", _("已签收")

    report = models.ForeignKey(YearlyReport, on_delete=models.PROTECT, related_name="receipts")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("收文单位"))
    copy = models.BooleanField(_("抄送"), default=False)
    signed_on = models.DateField(_("签收日期"), null=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["report", "recipient"], name="receipt_once")]

    def __str__(self) -> str:
        return f"{self.report} {self.recipient}"

    @property
    def owner(self) -> Organisation:
        return self.recipient

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """None: born when a report is submitted."""
        return []
