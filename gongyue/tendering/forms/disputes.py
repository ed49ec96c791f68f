"""What enquiries and challenges take, and their answers."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, DocumentField
from gongyue.kernel.forms import ActionForm, ReasonForm
from gongyue.tendering.models.disputes import Challenge, came_on

from .common import personal, text

SIGNED = _("已由法定代表人、主要负责人或者其授权代表签字或者盖章，并加盖公章")
MANDATE = _("代理人提出的，已附供应商签署的授权委托书")


class Letter(ActionForm):
    """What a letter of challenge and one of complaint have in common: who writes, and how it was sealed and sent."""

    contact = personal(forms.CharField(label=_("联系人及联系电话"), max_length=120))
    signed = forms.BooleanField(label=SIGNED, required=False)
    by_agent = forms.BooleanField(label=_("由代理人提出"), required=False)
    mandate = forms.BooleanField(label=MANDATE, required=False)
    posted_on = DayField(label=_("交邮日期"), required=False, help_text=_("以邮寄方式提交的填写；期满前交邮的不算过期"))

    postmark = DocumentField(label=_("邮戳或者寄件凭证"), required=False, restricted=True)

    def clean_posted_on(self) -> Any:
        """Between the day on which there was something to write of, and today."""
        on, since = self.cleaned_data.get("posted_on"), self.since()
        if on is not None and self.dossier is not None and on > self.dossier.today:
            raise ValidationError(_("交邮日期不能在今天以后"), code="future")
        if on is not None and since is not None and on < since:
            told = {"since": since.isoformat()}
            raise ValidationError(_("交邮日期不能早于 %(since)s，所涉事项当日才发生"), code="early", params=told)
        return on

    def since(self) -> date | None:
        """The day of what the letter is about."""
        return None

    def clean(self) -> dict[str, Any]:
        """The day of posting is what its proof says."""
        data = super().clean() or self.cleaned_data
        if data.get("posted_on") is not None and not data.get("postmark") and "postmark" not in self.errors:
            self.add_error("postmark", ValidationError(_("以邮寄方式提交的，请附邮戳或者寄件凭证"), code="required"))
        return data


class QuestionForm(ActionForm):
    """question.ask"""

    text = text(_("询问内容"), help_text=_("对采购活动事项有疑问的都可以问；采购单位只答复您"))


class QuestionAnswerForm(ActionForm):
    """question.answer"""

    answer = text(_("答复内容"), rows=6)
    no_secret = forms.BooleanField(label=_("答复内容不涉及商业秘密"), required=False)


class ChallengeForm(Letter):
    """challenge.lodge: the letter, item by item. Which items it must have is law, not shape."""

    address = forms.CharField(label=_("供应商地址和邮编"), max_length=200, required=False)
    matters = text(_("质疑事项"), help_text=_("写具体、明确"))
    request = text(_("与质疑事项相关的请求"), rows=2, required=False)
    grounds = text(_("事实依据"), required=False)
    basis = text(_("法律依据"), rows=2, required=False)
    evidence = text(_("证明材料"), rows=2, required=False, help_text=_("逐件列明所附的证明材料"))
    knew_on = DayField(
        label=_("知道或者应知权益受损之日"), required=False,
        help_text=_("当时的规定没有写明起算之日的，从这一日起算"),
    )  # fmt: skip
    paper = DocumentField(label=_("质疑函和证明材料"), required=False, restricted=True)

    field_order = ("address", "contact", "matters", "request", "grounds", "basis", "evidence", "paper", "knew_on",
                   "posted_on", "postmark", "signed", "by_agent", "mandate")  # fmt: skip

    def prepare(self) -> None:
        """A period has to begin somewhere."""
        self.fields["knew_on"].required = not isinstance(self.subject, Challenge) or self.subject.starts_on is None

    def since(self) -> date | None:
        return came_on(self.subject) if isinstance(self.subject, Challenge) else None


class ChallengeAcceptForm(ActionForm):
    """challenge.accept"""

    effect = forms.ChoiceField(
        label=_("质疑事项是否可能影响中标结果"),
        choices=[
            ("may", _("可能影响")),
            ("halt", _("可能影响，合同已经签订，已通知中止履行")),
            ("none", _("不会影响")),
        ],
        help_text=_("可能影响的，答复以前暂停签订合同，已经签订的中止履行"),
    )
    effect_reason = text(_("判断的理由"), rows=3)


class ChallengeReturnForm(ActionForm):
    """challenge.return"""

    cause = forms.ChoiceField(label=_("退回的原因"), choices=Challenge.Return.choices)
    found_posted_on = DayField(
        label=_("经核对邮戳，实际交邮日期"), required=False, past=True,
        help_text=_("与质疑函所写的交邮日期不同的填写，并在理由中写明怎样核对"),
    )  # fmt: skip
    reason = text(_("退回的理由"), rows=3)


class ChallengeAnswerForm(ActionForm):
    """challenge.answer: the answer as it goes to the challenger and to other suppliers concerned."""

    outcome = forms.ChoiceField(label=_("质疑答复结论"), choices=Challenge.Outcome.choices)
    then = forms.ChoiceField(label=_("处理"), choices=Challenge.Then.choices)
    answer = text(_("答复内容"), rows=6, help_text=_("逐项答复质疑事项"))
    facts = text(_("事实依据"), required=False)
    basis = text(_("法律依据"), rows=2, required=False)
    right = forms.BooleanField(label=_("已告知质疑供应商依法投诉的权利"), required=False)
    no_secret = forms.BooleanField(label=_("答复内容不涉及商业秘密"), required=False)
    in_writing = forms.BooleanField(label=_("以书面形式通知质疑供应商和其他有关供应商"), required=False)
    performed = forms.BooleanField(
        label=_("合同已经履行"), required=False,
        help_text=_("结果受影响而合同已经签订的，尚未履行的撤销；已经履行的不撤销，造成损失的由责任人赔偿"),
    )  # fmt: skip
    helped = forms.BooleanField(label=_("组织了原评标委员会协助答复"), required=False)
    paper = DocumentField(label=_("质疑答复书"), required=False, restricted=True)


class ReportForm(ActionForm):
    """challenge.report"""

    reported_on = DayField(label=_("书面报告日期"))
    what = text(_("报告内容"), rows=3)


class ResultForm(ReasonForm):
    """tender.next, tender.annul: what an answer or a decision asks for, or what follows a winner's own refusal."""

    ground = forms.ChoiceField(
        label=_("取消结果的情形"), required=False,
        choices=[("", _("质疑答复或者投诉处理决定有要求")), ("refused", _("中标、成交供应商拒绝签订合同"))],
    )  # fmt: skip
    refusal = text(
        _("拒绝签订的经过"), rows=3, required=False, help_text=_("拒绝签订的，写明何时、以何种方式表示，有何凭据")
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("ground") == "refused" and not data.get("refusal"):
            self.add_error("refusal", ValidationError(_("供应商拒绝签订的，请写明经过"), code="required"))
        return data


class ReliefForm(ActionForm):
    """tender.relief: where suppliers turn, as the documents say it."""

    challenge_contact = text(
        _("接收质疑函的方式、联系部门、电话和地址"), rows=3, required=False, help_text=_("属于政府采购项目的填写")
    )
    challenge_once = forms.BooleanField(label=_("同一环节的质疑须在法定质疑期内一次性提出"), required=False)
    relief_channel = text(_("权益受到损害的救济渠道"), rows=3, required=False, help_text=_("不属于政府采购项目的填写"))
    relief_body = forms.CharField(label=_("受理供应商诉求的责任机构"), max_length=120, required=False)

    def prepare(self) -> None:
        for name in ("challenge_contact", "challenge_once", "relief_channel", "relief_body"):
            self.initial[name] = getattr(self.subject, name)
