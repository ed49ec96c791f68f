"""验收考核: whether what was contracted was delivered, found by somebody who did not sign the contract."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, PurchaseSubject
from gongyue.needs.models import Requirement

from .contract import Contract, ToldApart


class Acceptance(ToldApart, PurchaseSubject):
    """验收考核: the check of one contract, by the standard its requirement names; of a yearly contract, at its end."""

    kind = "acceptance"
    called = _("验收考核")
    section = "supervision"
    staged = False
    follows = Contract
    related: ClassVar[tuple[str, ...]] = ("contract",)

    class State(models.TextChoices):
        RECORDED = "recorded", _("已登记")

    class By(models.TextChoices):
        PURCHASER = "purchaser", _("购买主体")
        THIRD_PARTY = "third_party", _("受委托的第三方机构")

    class Result(models.TextChoices):
        PASSED = "passed", _("合格")
        FAILED = "failed", _("不合格")

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="acceptances")
    nature = models.CharField(_("服务性质"), max_length=12, choices=Requirement.Nature, blank=True)
    by = models.CharField(_("组织实施"), max_length=12, choices=By)
    third_party = models.CharField(_("第三方机构"), max_length=120, blank=True)
    checked_on = models.DateField(_("验收考核日期"), null=True)
    items = models.JSONField(_("逐项结果"), default=list)  # rows of the form
    result = models.CharField(_("验收考核结果"), max_length=8, choices=Result)
    opinion = models.TextField(_("验收考核意见"))

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["contract"], name="one_acceptance_per_contract"),
        ]

    def __str__(self) -> str:
        return f"{self.contract} {self.called}"

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Of the earliest contract that is concluded and has none; where a call has several, of each."""
        if dossier is None:
            return []
        concluded = [row for row in dossier.all(Contract) if row.complete(dossier.regime)]
        checked = {row.contract_id for row in dossier.all(cls)}
        waiting = [row for row in concluded if row.pk not in checked]
        requirement = dossier.latest(Requirement)
        nature = requirement.nature if requirement else ""
        several = [row for row in waiting if row.one_of_several]
        return [cls(purchase=dossier.purchase, contract=row, nature=nature) for row in several or waiting[:1]]
