"""Claims by the provider and the payments they bear. Amounts in fen."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import Share
from gongyue.contracts.models import Contract, Instalment
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject


class Claim(PurchaseSubject):
    """请款: the provider asks for one instalment, with an invoice and an account of its progress.

    `invoice_on` is the invoice's own date; `submitted_on` and `checked_on` are legal days.
    """

    kind = "claim"
    called = _("请款")
    follows = Contract
    related = ("instalment", "instalment__contract")

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("请款已提交")
        CHECKED = "checked", _("请款已核对")
        RETURNED = "returned", _("请款已退回")

    instalment = models.OneToOneField(
        Instalment, on_delete=models.PROTECT, related_name="claim", verbose_name=_("分期款")
    )
    invoice_number = models.CharField(_("发票号码"), max_length=40)
    invoice_on = models.DateField(_("开票日期"))
    invoice_fen = models.BigIntegerField(_("发票金额"), null=True)
    progress = models.TextField(_("服务进展"))
    submitted_on = models.DateField(_("请款日期"), null=True)
    checked_on = models.DateField(_("核对日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase", "invoice_number"], name="invoice_once"),
            models.CheckConstraint(condition=models.Q(invoice_fen__gt=0), name="invoice_amount_positive"),
        ]

    def __str__(self) -> str:
        return str(
            _("%(contract)s 第 %(number)s 期")
            % {"contract": self.instalment.contract, "number": self.instalment.number}
        )

    @property
    def seed(self) -> str:
        return str(self.instalment.number)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """The first instalment not yet claimed, once the contract is signed; whether it may be, the rules say."""
        contract = dossier.latest(Contract) if dossier else None
        if dossier is None or contract is None or contract.signed_on is None:
            return []
        claimed = {claim.instalment_id for claim in dossier.all(cls)}
        free = [line for line in contract.schedule if line.pk not in claimed]
        return [cls(purchase=dossier.purchase, instalment=line) for line in free[:1]]


class Payment(PurchaseSubject):
    """拨付: one payer's part of one claim, born when the claim is checked.

    `due_on`: the day it can first be asked for; `paid_on` is the voucher's date. How late it was, its obligation says.
    """

    kind = "payment"
    called = _("拨付")
    follows = Claim
    related = ("claim", "claim__instalment", "claim__instalment__contract", "payer", "payer__division", "share")

    class State(models.TextChoices):
        DUE = "due", _("待拨付")
        PAID = "paid", _("已拨付")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="payments")
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="payments")
    payer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("付款单位"))
    amount_fen = models.BigIntegerField(_("金额"))
    due_on = models.DateField(_("应付日期"))
    voucher_number = models.CharField(_("拨款凭证号"), max_length=60, blank=True)
    paid_on = models.DateField(_("拨付日期"), null=True)
    account = models.CharField(_("收款账号后四位"), max_length=4, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["claim", "share"], name="payment_once"),
            models.CheckConstraint(condition=models.Q(amount_fen__gt=0), name="payment_amount_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.claim} {self.payer}"

    @property
    def owner(self) -> Organisation:
        """The payer: nobody else pays its part."""
        return self.payer

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """None: payments are born when their claim is checked."""
        return []
