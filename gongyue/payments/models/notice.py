"""资金使用公告: what the public is told of how earmarked money was used."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import Contract, UnderContract
from gongyue.kernel.dossier import Dossier

from .claims import Payment


class MoneyNotice(UnderContract):
    """资金使用公告 of one contract: what was paid of it so far (fen) and what came of it. One more whenever more was
    paid."""

    kind = "moneynotice"
    called = _("资金使用公告")

    class State(models.TextChoices):
        PUBLISHED = "published", _("已公告")

    paid_fen = models.BigIntegerField(_("累计已拨付"))
    use = models.TextField(_("资金用途"))
    effect = models.TextField(_("实施情况和效果"))
    published_on = models.DateField(_("公告日期"), null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract", "paid_fen"], name="money_notice_once"),
        ]

    @classmethod
    def awaited(cls, contract: Contract, dossier: Dossier) -> bool:
        """Whether more was paid than the public was told."""
        told = max((row.paid_fen for row in dossier.all(cls) if row.contract_id == contract.pk), default=0)
        return paid_under(contract, dossier) > told


def paid_under(contract: Contract, dossier: Dossier) -> int:
    """What was paid under a contract, in fen."""
    return sum(
        row.amount_fen for row in dossier.all(Payment)
        if row.claim.instalment.contract_id == contract.pk and row.state == Payment.State.PAID
    )  # fmt: skip
