"""What a complaint takes, and what its handling takes."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.fields import DayField, DocumentField
from gongyue.kernel.forms import ActionForm
from gongyue.parties.redaction import PublicText
from gongyue.tendering.models.complaints import Complaint

from .common import LONG, personal, text
from .disputes import Letter


class ComplaintForm(Letter):
    """complaint.file: the letter, item by item."""

    history = text(_("质疑和质疑答复情况"), rows=3, required=False)
    matters = text(_("投诉事项"), help_text=_("不得超出已质疑事项的范围"))
    within = forms.BooleanField(label=_("投诉事项没有超出已质疑事项的范围"), required=False)
    beyond = text(
        _("基于质疑答复内容提出的事项"), rows=2, required=False, help_text=_("超出的部分只能是针对质疑答复内容的")
    )
    request = text(_("投诉请求"), rows=2, required=False)
    grounds = text(_("事实依据"), required=False)
    basis = text(_("法律依据"), rows=2, required=False)
    evidence = text(_("证明材料"), rows=2, required=False, help_text=_("逐件列明所附的证明材料"))
    all_partners = forms.BooleanField(
        label=_("以联合体参加的，由组成联合体的所有供应商共同提出；不是联合体的也勾选"), required=False
    )
    paper = DocumentField(label=_("投诉书和证明材料"), required=False, restricted=True)

    field_order = ("contact", "history", "matters", "within", "beyond", "request", "grounds", "basis", "evidence",
                   "paper", "posted_on", "postmark", "signed", "by_agent", "mandate", "all_partners")  # fmt: skip

    def since(self) -> date | None:
        """A complaint follows the challenge that was received."""
        lodged = self.subject.challenge.lodged_at if isinstance(self.subject, Complaint) else None
        return lodged.astimezone(LOCAL).date() if lodged is not None else None


class ComplaintAcceptForm(ActionForm):
    """complaint.accept: the conditions, one by one."""

    challenged = forms.BooleanField(label=_("提起投诉前已依法进行质疑"), required=False)
    contents = forms.BooleanField(label=_("投诉书内容符合规定"), required=False)
    in_time = forms.BooleanField(label=_("在投诉有效期限内提起"), required=False)
    untreated = forms.BooleanField(label=_("同一投诉事项未经财政部门处理"), required=False)
    competent = forms.BooleanField(label=_("属于本部门管辖"), required=False)
    opinion = text(_("审查意见"), rows=2, required=False)


class SupplementAskForm(ActionForm):
    """complaint.supplement: once, with a reasonable term."""

    what = text(_("需要补正的事项"))
    until = DayField(label=_("补正期限"))

    def clean_until(self) -> Any:
        until = self.cleaned_data["until"]
        if self.dossier is not None and until <= self.dossier.today:
            raise ValidationError(_("补正期限须在今天以后"), code="past")
        return until


class SupplementForm(ActionForm):
    """supplement.give"""

    text = text(_("补正内容"))
    paper = DocumentField(label=_("补正材料"), required=False, restricted=True)


class ComplaintRejectForm(ActionForm):
    """complaint.reject"""

    cause = forms.ChoiceField(label=_("不予受理的原因"), choices=Complaint.Refusal.choices)
    reason = text(_("不予受理的理由"), rows=3)


class ElsewhereForm(ActionForm):
    """complaint.elsewhere"""

    competent = forms.CharField(label=_("有管辖权的部门"), max_length=120)
    reason = text(_("理由"), rows=2)


class TellForm(ActionForm):
    """complaint.tell"""

    told_on = DayField(label=_("书面告知日期"))


class NotifyForm(ActionForm):
    """complaint.notify: the notice and a copy of the complaint, to the respondent and to others concerned."""

    number = forms.CharField(label=_("投诉答复通知书文号"), max_length=60, required=False)


class ComplaintReplyForm(ActionForm):
    """complaintreply.give"""

    text = text(_("说明"), rows=6)
    paper = DocumentField(label=_("证据、依据和其他有关材料"), required=False, restricted=True)


class InspectForm(ActionForm):
    """complaint.inspect: what is waited for; that time is not counted."""

    kind = forms.ChoiceField(
        label=_("所需事项"),
        choices=[
            ("inspection", _("检验")), ("testing", _("检测")), ("appraisal", _("鉴定")), ("experts", _("专家评审")),
        ],
    )  # fmt: skip
    body = forms.CharField(label=_("受托单位"), max_length=120)
    days_told = forms.CharField(label=_("告知投诉人的所需时间"), max_length=120)


class InspectedForm(ActionForm):
    """complaint.inspected"""

    result = text(_("反馈的结果"))


class HearForm(ActionForm):
    """complaint.hear"""

    held_on = DayField(label=_("质证日期"))
    present = personal(text(_("到场的当事人"), rows=2))
    record = text(_("质证情况"), rows=4, help_text=_("质证笔录由当事人签字确认"))
    paper = DocumentField(label=_("质证笔录"), required=False, restricted=True)


class DecideForm(ActionForm):
    """complaint.decide: the decision and what is published of it."""

    outcome = forms.ChoiceField(label=_("投诉处理结果"), choices=Complaint.Outcome.choices)
    ground = forms.ChoiceField(label=_("驳回的情形"), choices=[("", "—"), *Complaint.Ground.choices], required=False)
    stage = forms.ChoiceField(label=_("作出决定时所处阶段"), choices=Complaint.Stage.choices)
    then = forms.ChoiceField(label=_("处理决定"), choices=Complaint.Then.choices)
    findings = text(_("查明的事实和依据"), rows=6)
    basis = text(_("处理决定的法律依据"), rows=2, required=False)
    remedies = forms.BooleanField(
        label=_("已告知申请行政复议的权利、机关和期限，以及提起行政诉讼的权利和起诉期限"), required=False
    )
    number = forms.CharField(label=_("投诉处理决定书文号"), max_length=60, required=False)
    public_text = PublicText(
        label=_("公告文本"), max_length=LONG, required=False,
        help_text=_("在指定媒体公告；不得写入商业秘密、个人隐私和依法不予公开的信息"),
    )  # fmt: skip
    paper = DocumentField(label=_("投诉处理决定书"), required=False, restricted=True)


class WithdrawComplaintForm(ActionForm):
    """withdrawal.apply"""

    reason = text(_("撤回的理由"), rows=2, required=False)


class EndForm(ActionForm):
    """complaint.end"""

    told = text(_("书面告知相关当事人的情况"), rows=2)


class PauseForm(ActionForm):
    """pause.order"""

    ends_on = DayField(label=_("暂停止"))
    reason = text(_("暂停的理由"), rows=3)
    number = forms.CharField(label=_("通知文号"), max_length=60, required=False)

    def clean_ends_on(self) -> Any:
        ends_on = self.cleaned_data["ends_on"]
        if self.dossier is not None and ends_on < self.dossier.today:
            raise ValidationError(_("暂停不能在今天以前结束"), code="past")
        return ends_on


class LiftForm(ActionForm):
    """pause.lift"""

    reason = text(_("恢复的理由"), rows=2, required=False)


class ReferForm(ActionForm):
    """complaint.refer: whether it is put on the list is decided by its own procedure, never here."""

    referral = text(
        _("移送不良行为记录处理的情况"), rows=3, help_text=_("写明移送的文号和日期；是否列入名单另行依法决定")
    )
