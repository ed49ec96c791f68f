"""What ending a call takes, and what is owed after it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, MoneyField, RowsField
from gongyue.kernel.forms import ActionForm, ReasonForm
from gongyue.tendering.models import Termination

from .common import sealed, text


class FailForm(ReasonForm):
    """tender.fail. On which ground is asked by the law of the day."""

    ended_for = forms.ChoiceField(
        label=_("终止的情形"), choices=[("", "—"), *Termination.Ground.choices], required=False,
        help_text=_("发标以后，除因重大变故采购任务取消等法定情形外，不得擅自终止"),
    )  # fmt: skip
    collected = forms.BooleanField(label=_("已收取招标文件费用或者投标保证金"), required=False)


class AnnounceEndForm(ActionForm):
    """termination.announce"""

    medium = forms.CharField(label=_("原公告发布媒体"), max_length=120)
    text = text(
        _("终止公告内容"), rows=6,
        help_text=_("同时以书面形式通知已经获取招标文件或者被邀请的供应商：本系统在其“采购公告”页面送达，不公开其名称和数量"),
    )  # fmt: skip


class TellEndForm(ActionForm):
    """termination.tell"""

    medium = forms.CharField(label=_("通知方式"), max_length=120)
    text = text(
        _("通知内容"), rows=6,
        help_text=_("通知所有参加采购活动的供应商：本系统在其“采购公告”页面送达，不公开其名称和数量"),
    )  # fmt: skip


class ReportEndForm(ActionForm):
    """termination.report, termination.explain"""

    situation = text(_("项目实施情况"), rows=3)
    cause = text(_("采购任务取消的原因"), rows=3)
    report_number = forms.CharField(label=_("报告文号"), max_length=60)
    reported_on = DayField(label=_("报告日期"))

    def prepare(self) -> None:
        if isinstance(self.subject, Termination):
            self.initial["cause"] = self.subject.cause

    def clean_reported_on(self) -> Any:
        day = self.cleaned_data["reported_on"]
        if self.dossier is not None and day > self.dossier.today:
            raise ValidationError(_("不能晚于办理当日"), code="future")
        return day


class RepaidRow(forms.Form):
    """What one supplier gets back."""

    organisation = forms.CharField(label=_("供应商"), max_length=120)
    fee = MoneyField(label=_("招标文件费用（元）"), required=False)
    bond = MoneyField(label=_("投标保证金（元）"), required=False)
    interest = MoneyField(label=_("保证金在银行的孳息（元）"), zero=True, required=False)
    repaid_on = DayField(label=_("退还日期"))


class RepayForm(ActionForm):
    """termination.repay: whom one pays back stays secret, as whoever took the documents does."""

    repayments = sealed(RowsField(RepaidRow, label=_("逐家退还"), most=200))

    def clean_repayments(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.cleaned_data["repayments"]
        for number, row in enumerate(rows, 1):
            params = {"row": number}
            if not row["fee"] and not row["bond"]:
                raise ValidationError(_("第 %(row)s 行没有写退还的金额"), code="nothing", params=params)
            if row["bond"] and row["interest"] is None:
                raise ValidationError(
                    _("第 %(row)s 行退还保证金，请写明孳息（没有的写 0）"), code="interest", params=params
                )
            if self.dossier is not None and row["repaid_on"] > self.dossier.today:
                raise ValidationError(_("第 %(row)s 行的退还日期晚于办理当日"), code="future", params=params)
        return rows
