"""违约: a payer that was late, a provider that did not perform, and the money that comes back. Amounts in fen."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import Share
from gongyue.contracts.models import Contract, UnderContract
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject

from .claims import Payment


class Liability(PurchaseSubject):
    """拖欠责任: one late payment that harmed the service, held against the payer that was late (GZ-P-3.3.3b).

    `days_late`: calendar days on the day the case was opened.
    """

    kind = "liability"
    called = _("拖欠责任")
    section = "money"
    remedy = Payment.kind
    staged = False
    follows = Payment
    related = ("payment", "payment__payer", "payment__payer__division", "payment__claim__instalment__contract")

    class State(models.TextChoices):
        OPENED = "opened", _("拖欠责任已提出")
        ANSWERED = "answered", _("付款方已答复")
        CONCLUDED = "concluded", _("拖欠责任已有结论")

    class Result(models.TextChoices):
        LIABLE = "liable", _("付款方承担责任")
        EXCUSED = "excused", _("不追究责任")

    payment = models.OneToOneField(Payment, on_delete=models.PROTECT, related_name="liability")
    days_late = models.PositiveIntegerField(_("逾期天数"), default=0)
    harm = models.TextField(_("对服务质量的损害"), blank=True)
    opened_on = models.DateField(_("提出日期"), null=True)
    answer = models.TextField(_("付款方答复"), blank=True)
    answered_on = models.DateField(_("答复日期"), null=True)
    result = models.CharField(_("处理结果"), max_length=10, choices=Result, blank=True)
    reason = models.TextField(_("理由"), blank=True)
    concluded_on = models.DateField(_("结论日期"), null=True)

    def __str__(self) -> str:
        return str(self.payment)

    @property
    def seed(self) -> str:
        return str(self.payment)

    @property
    def owner(self) -> Organisation | None:
        """The payer, while its answer is awaited."""
        return self.payment.payer if self.state == self.State.OPENED else None

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Each payment whose day has passed unpaid, or that was paid after it; whether it was late, the rules ask."""
        if dossier is None:
            return []
        held = {case.payment_id for case in dossier.all(cls)}
        return [
            cls(purchase=dossier.purchase, payment=payment)
            for payment in dossier.all(Payment)
            if payment.pk not in held and (payment.paid_on or dossier.today) > payment.due_on
        ]


class Breach(UnderContract):
    """违约: the provider did not perform, and the effect was serious (GZ-P-3.3.3c)."""

    kind = "breach"
    called = _("服务违约")
    remedy = ""

    class State(models.TextChoices):
        OPENED = "opened", _("违约已提出")
        HEARD = "heard", _("承接主体已陈述")
        DECIDED = "decided", _("违约已有决定")
        DROPPED = "dropped", _("违约不再追究")

    class Severity(models.TextChoices):
        ORDINARY = "ordinary", _("未造成严重影响")
        SERIOUS = "serious", _("造成严重影响")

    failure = models.TextField(_("未按约定完成的服务"), blank=True)
    severity = models.CharField(_("影响程度"), max_length=10, choices=Severity, blank=True)
    effect = models.TextField(_("造成的影响"), blank=True)
    opened_on = models.DateField(_("提出日期"), null=True)
    statement = models.TextField(_("承接主体的陈述"), blank=True)
    heard_on = models.DateField(_("陈述日期"), null=True)
    served_on = models.DateField(_("告知书送达日期"), null=True)
    paid_fen = models.BigIntegerField(_("已拨付"), null=True)
    accepted_fen = models.BigIntegerField(_("验收认可金额"), null=True)
    accepted_record = models.CharField(_("验收记录"), max_length=200, blank=True)
    recovery_fen = models.BigIntegerField(_("应追回"), null=True)
    reason = models.TextField(_("决定理由"), blank=True)
    decided_on = models.DateField(_("决定日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(recovery_fen=None)
                | models.Q(recovery_fen=models.F("paid_fen") - models.F("accepted_fen")),
                name="breach_recovers_what_was_not_accepted",
            )
        ]

    @classmethod
    def awaited(cls, contract: Contract, dossier: Dossier) -> bool:
        """One at a time."""
        open_ones = [case for case in dossier.all(cls) if case.state in (cls.State.OPENED, cls.State.HEARD)]
        return all(case.contract_id != contract.pk for case in open_ones)


class Refund(UnderContract):
    """退回资金: what the provider owes one payer, out of a breach or because it was left over at the end."""

    kind = "refund"
    called = _("应收回资金")
    follows = Payment
    related = ("contract", "breach", "share", "payer", "payer__division")

    class State(models.TextChoices):
        OWED = "owed", _("待收回")
        RECEIVED = "received", _("已收回")

    class Cause(models.TextChoices):
        BREACH = "breach", _("违约追回")
        SAVING = "saving", _("结余退回")

    breach = models.ForeignKey(Breach, on_delete=models.PROTECT, null=True, related_name="refunds")
    cause = models.CharField(_("事由"), max_length=10, choices=Cause)
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="refunds")
    payer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("收回单位"))
    amount_fen = models.BigIntegerField(_("金额"))
    voucher_number = models.CharField(_("缴款凭证号"), max_length=60, blank=True)
    received_on = models.DateField(_("收回日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="refund_amount_positive"),
            models.CheckConstraint(
                condition=~models.Q(state="received") | models.Q(received_on__isnull=False), name="refund_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_cause_display()} {self.payer}"

    @property
    def owner(self) -> Organisation:
        """The payer: it alone can say that the money has come."""
        return self.payer

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """None: refunds are born by a decision on a breach or by the final account."""
        return []
