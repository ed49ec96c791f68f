"""更正公告: what of the documents was changed after their issue, and who has taken note of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject

from .supply import Package, Sealed, calling_to
from .tender import Factor, Tender

NAMES = {"requirement": _("服务需求"), "quality_standard": _("服务质量标准"), "factors": _("评审因素")}
REWRITTEN = tuple(NAMES)  # columns of the tender that a change may put another text in


@dataclass(frozen=True)
class Rewritten:
    """One part of the documents as it was and as it is."""

    name: str
    before: str
    after: str


class Change(PurchaseSubject):
    """更正公告: a clarification or change of documents already out. It is part of them, and the same for everybody."""

    kind = "change"
    called = _("更正公告")
    section = "openness"
    staged = False
    follows = Tender
    related: ClassVar[tuple[str, ...]] = ("tender",)

    class State(models.TextChoices):
        PUBLISHED = "published", _("已发布")

    class Part(models.TextChoices):
        SUBJECT = "subject", _("采购标的")
        QUALIFICATION = "qualification", _("资格条件")
        REQUIREMENT = "requirement", _("服务要求的表述")
        FACTORS = "factors", _("评审因素")
        STANDARD = "standard", _("质量标准的表述")
        FORMAT = "format", _("投标文件格式和编制要求")
        CONTRACT = "contract", _("合同草案")
        TIME = "time", _("时间、地点")
        OTHER = "other", _("其他内容")

    tender = models.ForeignKey(Tender, on_delete=models.PROTECT, related_name="changes")
    parts = models.JSONField(_("更正的部分"), default=list)
    text = models.TextField(_("更正内容"))
    affects = models.BooleanField(_("可能影响投标文件编制"), default=False)
    before = models.JSONField(default=dict)  # what of `REWRITTEN` was put in another's place, by its column
    after = models.JSONField(default=dict)
    due_before = models.DateTimeField(_("原投标截止时间"))
    due_after = models.DateTimeField(_("现投标截止时间"))
    published_at = models.DateTimeField(_("发布时间"))

    def __str__(self) -> str:
        return str(_("第 %(number)s 号") % {"number": self.pk})

    @property
    def part_names(self) -> list[str]:
        return [str(self.Part(part).label) for part in self.parts]

    @property
    def rewritten(self) -> list[Rewritten]:
        """What of the documents reads differently now, for people."""
        new = self.after  # PostgreSQL keeps no order of names
        return [Rewritten(str(NAMES[n]), _shown(self.before[n]), _shown(new[n])) for n in REWRITTEN if n in new]

    @property
    def extended(self) -> bool:
        """Whether it put off the deadline."""
        return self.due_after > self.due_before

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Any number of them, while a call stands, from the day on that the law provides for it."""
        tender = dossier.latest(Tender) if dossier else None
        bidder = actor.organisation.organisation_kind == Organisation.Kind.SOCIAL_ORGANISATION
        if dossier is None or tender is None or not tender.calling or bidder:
            return []
        if dossier.regime.who(f"{cls.kind}.publish", dossier.today) is None:
            return []
        return [cls(purchase=tender.purchase, tender=tender)]


def _shown(value: str | list[Factor]) -> str:
    if isinstance(value, str):
        return value
    return "；".join(
        f"{one['name']} {one['points']}{f'（{bands}）' if (bands := one.get('bands')) else ''}" for one in value
    )


class ChangeReceipt(Sealed):
    """更正收讫: one organisation that took the documents has taken note of a change. As secret as the taking."""

    kind = "changereceipt"
    called = _("更正公告收讫")
    follows = Change
    related: ClassVar[tuple[str, ...]] = ("tender", "organisation", "change")

    class State(models.TextChoices):
        CONFIRMED = "confirmed", _("已确认收到")

    change = models.ForeignKey(Change, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("更正公告"))
    confirmed_at = models.DateTimeField(_("确认时间"))

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["change", "organisation"], name="change_noted_once")]

    @property
    def seed(self) -> str:
        return str(self.change_id)

    @property
    def seed_words(self) -> str:
        return str(self.change)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Of each change that it has not noted yet, for an organisation that holds the documents."""
        tender = calling_to(dossier, actor)
        if tender is None or dossier is None:
            return []
        if not any(one.tender_id == tender.pk and one.organisation_id == actor.organisation_id
                   for one in dossier.all(Package)):  # fmt: skip
            return []
        return [
            cls(purchase=tender.purchase, tender=tender, organisation=actor.organisation, change=change)
            for change in unnoted(dossier, tender, actor.organisation_id)
        ]


def unnoted(dossier: Dossier, tender: Tender, organisation: int) -> list[Change]:
    """The changes of a call that an organisation has not confirmed."""
    noted = {one.change_id for one in dossier.all(ChangeReceipt) if one.organisation_id == organisation}
    return [one for one in dossier.all(Change) if one.tender_id == tender.pk and one.pk not in noted]
