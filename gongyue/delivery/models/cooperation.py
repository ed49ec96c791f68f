"""Work with others: referrals both ways, coordination asked of departments, and a log of contacts."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.findings import language
from gongyue.kernel.models import Organisation, Post
from gongyue.policy import Regime

from .service import Service


def departments(regime: Regime) -> list[tuple[str, str]]:
    """The departments whose services are to be connected to the centres, as the pack lists them."""
    rows = [row for row in regime.body.get("catalogue", ()) if row.get("kind") == "referral_partner"]
    return [(str(row["id"]), str(row["name"][language()])) for row in rows]


class Partner(Service):
    """转介伙伴: a department's service that is not merged into the centre, and whom to ask there (GZ-S-A1.7)."""

    kind = "partner"
    called = _("转介伙伴")
    numerous = True
    related = ("organisation", "organisation__division")

    class State(models.TextChoices):
        LISTED = "listed", _("已列入")
        REMOVED = "removed", _("已移出")

    department = models.CharField(_("部门"), max_length=40)  # an id of the pack's catalogue
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("单位")
    )
    service = models.CharField(_("可转介的服务"), max_length=200)
    contact = models.CharField(_("联系人与电话"), max_length=120)

    def __str__(self) -> str:
        return f"{self.organisation} {self.service}"

    def get_department_display(self) -> str:
        """The department as the pack calls it."""
        return dict(departments(regimes.current(self.purchase.regime))).get(self.department, self.department)


class Referral(Service):
    """转介: from the centre to a partner, or from a department to the centre; the receiver owns it until it answers."""

    kind = "referral"
    called = _("转介")
    numerous = True
    related = ("sender", "sender__division", "receiver", "receiver__division", "partner")

    class State(models.TextChoices):
        SENT = "sent", _("已发出")
        RECEIVED = "received", _("已接收")
        ANSWERED = "answered", _("已反馈")

    class Outcome(models.TextChoices):
        TAKEN = "taken", _("已承接服务")
        ELSEWHERE = "elsewhere", _("建议转往他处")
        DECLINED = "declined", _("不符合条件")
        UNREACHED = "unreached", _("未能联系上")

    sender = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("转出单位")
    )
    receiver = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("接收单位")
    )
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, related_name="+")
    client_code = models.CharField(_("服务对象编号"), max_length=20, blank=True)
    need = models.CharField(_("需要的服务"), max_length=200)
    consent_on = models.DateField(_("本人同意日期"), null=True)
    sent_on = models.DateField(_("发出日期"), null=True)
    received_on = models.DateField(_("接收日期"), null=True)
    answered_on = models.DateField(_("反馈日期"), null=True)
    outcome = models.CharField(_("结果"), max_length=12, choices=Outcome, blank=True)
    answer = models.CharField(_("反馈说明"), max_length=500, blank=True)

    def __str__(self) -> str:
        return f"{self.sender} → {self.receiver}"

    @property
    def owner(self) -> Organisation | None:
        """Whoever it was sent to."""
        return self.receiver

    def visible_to(self, actor: Post) -> bool:
        """To its two ends, and to nobody else: it is about a person."""
        return self.pk is None or actor.organisation_id in (self.sender_id, self.receiver_id)


class Coordination(Service):
    """行政协调: what lies outside the profession and an office must solve (GZ-P-3.3.4a)."""

    kind = "coordination"
    called = _("行政协调")
    numerous = True
    related = ("asked", "asked__division")

    class State(models.TextChoices):
        RAISED = "raised", _("待答复")
        ANSWERED = "answered", _("已答复")
        SOLVED = "solved", _("已解决")

    matter = models.CharField(_("事项"), max_length=120)
    detail = models.TextField(_("情况"), blank=True)
    asked = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("主办单位")
    )
    raised_on = models.DateField(_("提出日期"), null=True)
    answered_on = models.DateField(_("答复日期"), null=True)
    answer = models.TextField(_("答复"), blank=True)
    solved_on = models.DateField(_("解决日期"), null=True)

    def __str__(self) -> str:
        return self.matter

    @property
    def owner(self) -> Organisation | None:
        """Who was asked, until it has answered; whether that solved it is for the provider to say."""
        return self.asked if self.state == self.State.RAISED else None

    @property
    def days(self) -> int | None:
        """Calendar days from asking to answering; None while there is no answer."""
        if self.raised_on is None or self.answered_on is None:
            return None
        return (self.answered_on - self.raised_on).days


class Contact(Service):
    """沟通记录: the provider and a department spoke, about what, and what was agreed (GZ-P-3.4.3b)."""

    kind = "contact"
    called = _("沟通记录")
    numerous = True
    related = ("counterpart", "counterpart__division")

    class State(models.TextChoices):
        LOGGED = "logged", _("已记录")

    class Way(models.TextChoices):
        MEETING = "meeting", _("会议")
        VISIT = "visit", _("走访")
        CALL = "call", _("电话")
        LETTER = "letter", _("书面")

    held_on = models.DateField(_("日期"), null=True)
    way = models.CharField(_("方式"), max_length=10, choices=Way)
    counterpart = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("部门")
    )
    about = models.CharField(_("事由"), max_length=200)
    agreed = models.TextField(_("商定事项"), blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["purchase", "-held_on", "-id"], name="contact_latest")]

    def __str__(self) -> str:
        return f"{self.held_on} {self.about}"


def partners_of(dossier: Dossier, organisation: Organisation | None = None) -> list[Partner]:
    """Those listed in a purchase, or of one organisation. One query."""
    rows = Partner.objects.filter(purchase=dossier.purchase, state=Partner.State.LISTED)
    rows = rows.filter(organisation=organisation) if organisation else rows
    return list(rows.select_related(*Partner.related).order_by("pk"))
