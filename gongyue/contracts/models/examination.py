"""财政审核合同: finance looks at a contract before it pays on it directly."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject

from .contract import Contract


class Examination(PurchaseSubject):
    """合同审核: one look of finance at a signed contract (GD-8.2). Several may follow each other; the latest counts."""

    kind = "examination"
    called = _("财政审核合同")
    section = "money"
    staged = False
    follows = Contract
    related: ClassVar[tuple[str, ...]] = ("contract", "examiner")

    class State(models.TextChoices):
        RECORDED = "recorded", _("已审核")

    class Result(models.TextChoices):
        PASSED = "passed", _("审核通过")
        OBJECTED = "objected", _("审核未通过")

    contract = models.ForeignKey(
        Contract, on_delete=models.PROTECT, related_name="examinations", verbose_name=_("合同")
    )
    examiner = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("审核单位")
    )
    result = models.CharField(_("审核结果"), max_length=8, choices=Result)
    opinion = models.TextField(_("审核意见"))
    examined_on = models.DateField(_("审核日期"), null=True)

    def __str__(self) -> str:
        return f"{self.contract} {self.called}"

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Of the latest contract, once it is concluded and as long as it has not passed."""
        if dossier is None:
            return []
        concluded = [row for row in dossier.all(Contract) if row.complete(dossier.regime)]
        passed = {row.contract_id for row in dossier.all(cls) if row.result == cls.Result.PASSED}
        return [cls(purchase=dossier.purchase, contract=row) for row in concluded[-1:] if row.pk not in passed]
