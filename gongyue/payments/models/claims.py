"""Claims by the provider and the payments they bear. Amounts in fen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import Share
from gongyue.contracts.models import Contract, Instalment, standing
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
    buyer_name = models.CharField(_("发票购买方"), max_length=120, blank=True)
    buyer_tax_number = models.CharField(_("购买方纳税人识别号"), max_length=20, blank=True)
    provider = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="+")
    progress = models.TextField(_("服务进展"))
    submitted_on = models.DateField(_("请款日期"), null=True)
    checked_on = models.DateField(_("核对日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["purchase", "invoice_number"], name="invoice_once"),
            models.UniqueConstraint(fields=["provider", "invoice_number"], name="invoice_once_of_a_provider"),
            models.CheckConstraint(condition=models.Q(invoice_fen__gt=0), name="invoice_amount_positive"),
        ]

    def __str__(self) -> str:
        return str(
            _("%(contract)s 第 %(number)s 期")
            % {"contract": self.instalment.contract, "number": self.instalment.number}
        )

    @property
    def seed(self) -> str:
        """The instalment's number; of a later year's contract with that year before it, of one of several contracts
        with that contract's number."""
        contract = self.instalment.contract
        if contract.one_of_several:
            return f"{contract.number}-{self.instalment.number}"
        year = contract.year_number
        return str(self.instalment.number) if year == 1 else f"{year}-{self.instalment.number}"

    @property
    def sides(self) -> Mapping[str, Organisation]:
        return self.instalment.contract.sides

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Of each year's signed contract the first instalment not yet claimed; whether it may be, the rules say."""
        signed = [one for one in standing(dossier) if one.signed_on is not None]
        if dossier is None or not signed:
            return []
        claimed = {claim.instalment_id for claim in dossier.all(cls)}
        free = [[line for line in contract.schedule if line.pk not in claimed] for contract in signed]
        return [cls(purchase=dossier.purchase, instalment=lines[0]) for lines in free if lines]


class Payment(PurchaseSubject):
    """拨付: one payer's part of one claim, born when the claim is checked.

    `due_on`: the day it can first be asked for; `paid_on` is the voucher's date. How late it was, its obligation says.
    A payment the bank sent back (退票) is owed again; how late it is still counts from the day it was first due.
    """

    kind = "payment"
    called = _("拨付")
    follows = Claim
    related = (
        "claim", "claim__instalment", "claim__instalment__contract", "payer", "payer__division", "share",
        "share__payer",
    )  # fmt: skip

    class State(models.TextChoices):
        DUE = "due", _("待拨付")
        PAID = "paid", _("已拨付")
        BOUNCED = "bounced", _("退票待重付")

    class Channel(models.TextChoices):
        DIRECT = "direct", _("直接支付")
        AUTHORISED = "authorised", _("授权支付")

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="payments")
    share = models.ForeignKey(Share, on_delete=models.PROTECT, related_name="payments")
    payer = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("付款单位"))
    amount_fen = models.BigIntegerField(_("金额"))
    due_on = models.DateField(_("应付日期"))
    voucher_number = models.CharField(_("拨款凭证号"), max_length=60, blank=True)
    channel = models.CharField(_("支付方式"), max_length=10, choices=Channel, blank=True)
    payee_name = models.CharField(_("收款单位"), max_length=120, blank=True)
    payee_bank = models.CharField(_("开户银行"), max_length=120, blank=True)
    paid_on = models.DateField(_("拨付日期"), null=True)
    bounced_on = models.DateField(_("退票日期"), null=True)
    bounce_reason = models.CharField(_("退票原因"), max_length=500, blank=True)
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
