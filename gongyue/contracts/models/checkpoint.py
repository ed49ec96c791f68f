"""阶段评估: a project is looked at before, during and after its service, from inside and from outside."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject
from gongyue.tendering.models import Bid, Tender

from .contract import Contract, filed


class Checkpoint(PurchaseSubject):
    """阶段评估: one of the stages from one of the two sides, of whoever was chosen: who takes the winner's place is
    looked at anew. Inside: by whoever buys; outside: by a body that is commissioned with it and independent of the
    provider."""

    kind = "checkpoint"
    called = _("阶段评估")
    section = "supervision"
    staged = False
    follows = Tender
    related: ClassVar[tuple[str, ...]] = ("evaluator",)
    variants: ClassVar = {"external": _("外部评估")}

    class State(models.TextChoices):
        COMMISSIONED = "commissioned", _("已委托")
        RECORDED = "recorded", _("已有结论")

    class Stage(models.TextChoices):
        BEFORE = "before", _("事前资质评估")
        DURING = "during", _("事中监督管理")
        AFTER = "after", _("事后绩效评估")

    class Side(models.TextChoices):
        INTERNAL = "internal", _("内部评估")
        EXTERNAL = "external", _("外部评估")

    class Result(models.TextChoices):
        PASSED = "passed", _("合格")
        FAILED = "failed", _("不合格")

    winner = models.ForeignKey(Bid, on_delete=models.PROTECT, null=True, editable=False, related_name="+")
    stage = models.CharField(_("阶段"), max_length=6, choices=Stage)
    side = models.CharField(_("内部或者外部"), max_length=8, choices=Side)
    evaluator = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("评估单位")
    )
    commissioned_on = models.DateField(_("委托日期"), null=True)
    checked_on = models.DateField(_("评估日期"), null=True)
    items = models.JSONField(_("逐项结果"), default=list)  # rows of the form
    result = models.CharField(_("评估结论"), max_length=8, choices=Result, blank=True)
    opinion = models.TextField(_("评估意见"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["purchase", "stage", "side"], condition=models.Q(winner=None), name="checkpoint_once"
            ),
            models.UniqueConstraint(fields=["purchase", "stage", "side", "winner"], name="checkpoint_once_each"),
        ]

    def __str__(self) -> str:
        return f"{self.get_stage_display()}（{self.get_side_display()}）"

    @property
    def seed(self) -> str:
        return f"{self.stage}-{self.side}"

    @classmethod
    def of_seed(cls, seed: str) -> str:
        stage, _dash, side = seed.partition("-")
        return f"{cls.Stage(stage).label}（{cls.Side(side).label}）"

    @property
    def method(self) -> str:
        return "external" if self.side == self.Side.EXTERNAL else ""

    @property
    def owner(self) -> Organisation | None:
        """Whoever buys, from inside; from outside the body commissioned, once there is one."""
        if self.side == self.Side.EXTERNAL and self.evaluator is not None:
            return self.evaluator
        return self.purchase.opened_by

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Before: once somebody is chosen. During and after: once there is a contract."""
        if dossier is None:
            return []
        tender = dossier.latest(Tender)
        stages = [cls.Stage.BEFORE] if tender is not None and tender.state == Tender.State.AWARDED else []
        if filed(dossier):
            stages += [cls.Stage.DURING, cls.Stage.AFTER]
        rows = [
            cls(purchase=dossier.purchase, stage=stage, side=side, winner_id=looked_at(dossier, stage))
            for stage in stages for side in cls.Side
        ]  # fmt: skip
        held = {row.seed for row in looks(dossier)}
        return [row for row in rows if row.seed not in held]


def looked_at(dossier: Dossier, stage: str) -> int | None:
    """The bid of whoever is looked at: before, the one chosen now; afterwards the one whose contract is served."""
    tender = dossier.latest(Tender)
    if stage != Checkpoint.Stage.BEFORE and (contract := served(dossier)) is not None:
        tender = next((one for one in dossier.all(Tender) if one.pk == contract.tender_id), None)
    return tender.winner_id if tender is not None else None


def looks(dossier: Dossier) -> list[Checkpoint]:
    """Those of whoever is looked at now: what was found of one whose award has fallen says nothing of who came next.
    One kept before it named anybody counts for whoever is there."""
    return [row for row in dossier.all(Checkpoint) if row.winner_id in {None, looked_at(dossier, row.stage)}]


def served(dossier: Dossier) -> Contract | None:
    """The contract whose service is looked at: the latest that was concluded."""
    return next(reversed(filed(dossier)), None)
