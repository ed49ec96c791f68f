"""投诉: what a supplier that was not satisfied puts before the finance department, and what comes of it."""

from __future__ import annotations

from typing import ClassVar, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, PurchaseSubject

from .disputes import Challenge, Dispute, figure

OF_COMPLAINT = (
    "complaint", "complaint__tender", "complaint__challenge", "complaint__organisation", "complaint__respondent",
)  # fmt: skip
BY_ORDER = "order"  # of a complaint examined, notified and answered under the ministry's order


class Complaint(Dispute):
    """投诉 about a challenge that was not answered, or not to the supplier's satisfaction."""

    kind = "complaint"
    called = _("投诉")
    follows = Challenge
    related: ClassVar[tuple[str, ...]] = (*Dispute.related, "challenge")
    variants: ClassVar = {BY_ORDER: _("须审查受理、通知当事人答复")}

    class State(models.TextChoices):
        FILED = "filed", _("已提起")
        ACCEPTED = "accepted", _("已受理")
        NOTIFIED = "notified", _("已发投诉答复通知书")
        DECIDED = "decided", _("已作处理决定")
        REJECTED = "rejected", _("不予受理")
        ELSEWHERE = "elsewhere", _("告知向有管辖权的部门提起")
        ENDED = "ended", _("已撤回，处理终止")

    class Refusal(models.TextChoices):
        UNCHALLENGED = "unchallenged", _("提起投诉前没有依法质疑")
        CONTENTS = "contents", _("投诉书内容不符合规定，未按期补正或者补正后仍不符合")
        LATE = "late", _("不在投诉有效期限内")
        DECIDED = "decided", _("同一投诉事项已经财政部门处理")

    class Outcome(models.TextChoices):
        DISMISSED = "dismissed", _("驳回投诉")
        HARMLESS = "harmless", _("投诉成立，不影响采购结果")
        UPHELD = "upheld", _("投诉成立，影响或者可能影响采购结果")

    class Ground(models.TextChoices):
        INADMISSIBLE = "inadmissible", _("受理后发现不符合法定受理条件")
        BASELESS = "baseless", _("缺乏事实依据，投诉事项不成立")
        FALSE = "false", _("捏造事实或者提供虚假材料")
        UNLAWFUL = "unlawful", _("以非法手段取得证明材料")

    class Stage(models.TextChoices):
        OPEN = "open", _("未确定中标供应商")
        AWARDED = "awarded", _("已确定中标供应商，尚未签订合同")
        SIGNED = "signed", _("合同已经签订，尚未履行")
        PERFORMED = "performed", _("合同已经履行")

    class Then(models.TextChoices):
        GO_ON = "go_on", _("继续开展采购活动")
        ANEW = "anew", _("责令重新开展采购活动")
        VOID_NEXT = "void_next", _("认定中标结果无效，另行确定中标供应商")
        VOID_ANEW = "void_anew", _("认定中标结果无效，责令重新开展采购活动")
        CONTRACT_NEXT = "contract_next", _("撤销合同，另行确定中标供应商")
        CONTRACT_ANEW = "contract_anew", _("撤销合同，责令重新开展采购活动")
        DAMAGES = "damages", _("造成损失的，由责任人承担赔偿责任")
        FAILURE_VOID = "failure_void", _("认定废标行为无效")

    FALSEHOODS: ClassVar = frozenset({Ground.FALSE, Ground.UNLAWFUL})

    challenge = models.ForeignKey(Challenge, on_delete=models.PROTECT, related_name="+", verbose_name=_("质疑"))
    variant = models.CharField(max_length=8, blank=True)  # BY_ORDER, or "" where no order is loaded
    history = models.TextField(_("质疑和质疑答复情况"), blank=True)
    matters = models.TextField(_("投诉事项"))
    beyond = models.TextField(_("基于质疑答复内容提出的事项"), blank=True)
    request = models.TextField(_("投诉请求"), blank=True)
    grounds = models.TextField(_("事实依据"), blank=True)
    basis = models.TextField(_("法律依据"), blank=True)
    posted_on = models.DateField(_("交邮日期"), null=True)
    filed_at = models.DateTimeField(_("收到投诉的时间"), null=True)
    accepted_on = models.DateField(_("受理审查日期"), null=True)
    waiting_for = models.TextField(_("正在等待"), blank=True)
    refused_for = models.CharField(_("不予受理的原因"), max_length=14, choices=Refusal, blank=True)
    refusal_reason = models.TextField(_("不予受理或者移送的理由"), blank=True)
    told_on = models.DateField(_("书面告知日期"), null=True)
    outcome = models.CharField(_("投诉处理结果"), max_length=10, choices=Outcome, blank=True)
    ground = models.CharField(_("驳回的情形"), max_length=12, choices=Ground, blank=True)
    stage = models.CharField(_("作出决定时所处阶段"), max_length=10, choices=Stage, blank=True)
    then = models.CharField(_("处理决定"), max_length=14, choices=Then, blank=True)
    findings = models.TextField(_("查明的事实和依据"), blank=True)
    decision_basis = models.TextField(_("处理决定的法律依据"), blank=True)
    number = models.CharField(_("投诉处理决定书文号"), max_length=60, blank=True)
    decided_at = models.DateTimeField(_("作出处理决定的时间"), null=True)
    public_text = models.TextField(_("公告文本"), blank=True)
    referral = models.TextField(_("移送不良行为记录处理的情况"), blank=True)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["challenge"], name="one_complaint_a_challenge")]

    def __str__(self) -> str:
        return f"{self.challenge.get_link_display()} · {self.organisation}"

    @property
    def method(self) -> str:
        return self.variant

    @property
    def seed(self) -> str:
        return str(self.challenge_id)

    @property
    def seed_words(self) -> str:
        return str(self.challenge)

    @property
    def standing(self) -> bool:
        return self.state in {self.State.FILED, self.State.ACCEPTED, self.State.NOTIFIED}

    def visible_to(self, actor: Post) -> bool:
        """The finance department handles it from the first, also before the opening."""
        return actor.organisation.organisation_kind == Organisation.Kind.FINANCE or super().visible_to(actor)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Once on each challenge of one's own that was received."""
        if dossier is None:
            return []
        mine = [one for one in dossier.all(Challenge) if one.organisation_id == actor.organisation_id]
        told = {one.challenge_id for one in dossier.all(cls)} if mine else set()
        variant = BY_ORDER if figure(dossier.regime, "complaint.notify_within", dossier.today) else ""
        return [
            cls(
                purchase=dossier.purchase, tender=one.tender, organisation=actor.organisation,
                respondent=one.respondent, challenge=one, variant=variant,
            )
            for one in mine
            if one.pk not in told
        ]  # fmt: skip


class OfComplaint(PurchaseSubject):
    """What one party adds to a complaint: its own affair, and as secret."""

    section = "disputes"
    staged = False
    dated = True
    follows = Complaint
    related: ClassVar[tuple[str, ...]] = (*OF_COMPLAINT, "organisation")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("单位"))

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.complaint.challenge.get_link_display()} · {self.organisation}"

    @property
    def owner(self) -> Organisation:
        return self.organisation

    def visible_to(self, actor: Post) -> bool:
        self.complaint.purchase = self.purchase  # read once
        return self.organisation_id == actor.organisation_id or self.complaint.visible_to(actor)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Born by the act that asks for it."""
        return []


class Supplement(OfComplaint):
    """补正: what the complaint lacked, asked for once and in writing."""

    kind = "supplement"
    called = _("投诉书补正")

    class State(models.TextChoices):
        ASKED = "asked", _("待补正")
        GIVEN = "given", _("已补正")

    what = models.TextField(_("需要补正的事项"))
    until = models.DateField(_("补正期限"))
    text = models.TextField(_("补正内容"), blank=True)
    given_at = models.DateTimeField(_("补正时间"), null=True)


class ComplaintReply(OfComplaint):
    """投诉答复: what the respondent, or another party to it, states in writing."""

    kind = "complaintreply"
    called = _("对投诉的说明")

    class State(models.TextChoices):
        ASKED = "asked", _("待说明")
        GIVEN = "given", _("已说明")

    text = models.TextField(_("说明"), blank=True)
    given_at = models.DateTimeField(_("说明时间"), null=True)


class Withdrawal(OfComplaint):
    """撤回投诉: applied for in writing; the finance department then ends the proceedings."""

    kind = "withdrawal"
    called = _("撤回投诉申请")

    class State(models.TextChoices):
        APPLIED = "applied", _("已申请撤回")

    reason = models.TextField(_("撤回的理由"), blank=True)
    applied_at = models.DateTimeField(_("申请时间"))

    @property
    def seed(self) -> str:
        return str(self.complaint_id)

    @property
    def seed_words(self) -> str:
        return str(self.complaint)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Once on each complaint of one's own that still waits for its decision."""
        if dossier is None:
            return []
        mine = [one for one in dossier.all(Complaint) if one.organisation_id == actor.organisation_id and one.standing]
        told = {one.complaint_id for one in dossier.all(cls)} if mine else set()
        found = [one for one in mine if one.pk not in told]
        return [cls(purchase=dossier.purchase, complaint=one, organisation=actor.organisation) for one in found]


class Pause(PurchaseSubject):
    """暂停采购活动: ordered in writing by the finance department while it handles a complaint, for so many days."""

    kind = "pause"
    called = _("暂停采购活动")
    section = "disputes"
    staged = False
    dated = True
    follows = Complaint
    related: ClassVar[tuple[str, ...]] = OF_COMPLAINT

    class State(models.TextChoices):
        ORDERED = "ordered", _("已通知暂停")
        LIFTED = "lifted", _("已恢复")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(_("暂停的理由"))
    starts_on = models.DateField(_("暂停起"))
    ends_on = models.DateField(_("暂停止"))
    number = models.CharField(_("通知文号"), max_length=60, blank=True)
    lifted_on = models.DateField(_("恢复日期"), null=True)
    lift_reason = models.TextField(_("恢复的理由"), blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="pause_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_on} — {self.ends_on}"

    @property
    def seed(self) -> str:
        return str(self.complaint_id)

    @property
    def seed_words(self) -> str:
        return str(self.complaint)

    def visible_to(self, actor: Post) -> bool:
        self.complaint.purchase = self.purchase  # read once
        return self.complaint.visible_to(actor)

    @classmethod
    def unborn(cls, dossier: Dossier | None, actor: Post) -> list[Self]:
        """Once for each complaint that is being handled, by a finance office."""
        if dossier is None or actor.organisation.organisation_kind != Organisation.Kind.FINANCE:
            return []
        told = {one.complaint_id for one in dossier.all(cls)}
        found = [one for one in dossier.all(Complaint) if one.standing and one.pk not in told]
        return [cls(purchase=dossier.purchase, complaint=one) for one in found]

    def holds(self, dossier: Dossier) -> bool:
        """Whether the purchase stands still on the day; it ends by itself on its last day."""
        return self.state == self.State.ORDERED and self.starts_on <= dossier.today <= self.ends_on
