"""What the report, its signatures, a check of the totals, a fee and the notice of award take."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.fields import DayField, DocumentField, JudgementField, MoneyField
from gongyue.kernel.forms import ActionForm
from gongyue.tendering import report
from gongyue.tendering.models import Bid, Recheck, Report, ScoreSheet, Signature

from .common import personal, sealed, text
from .panel import SheetForm


class RecheckForm(ActionForm):
    """tender.recheck: on one of the four grounds of law, with what shows it."""

    ground = JudgementField(
        label=_("复核的情形"), choices=Recheck.Ground.choices,
        help_text=_("评标结果汇总完成后，只有这四种情形可以修改；其他理由一律不得重新评审"),
    )  # fmt: skip
    found = sealed(text(_("发现的问题"), rows=4, help_text=_("写明哪一家投标、哪一项因素、哪一名成员的评分，错在哪里")))
    paper = DocumentField(label=_("证明材料"), required=False, restricted=True)


def _cell(value: str) -> tuple[int, int]:
    """A bid and the number of a factor, as they are offered for giving back."""
    bid, _colon, number = value.partition(":")
    return int(bid), int(number)


class RecallForm(ActionForm):
    """sheet.recall: which points, of which bid and for which factor, and why."""

    cells = sealed(
        forms.TypedMultipleChoiceField(
            label=_("退回的分项评分"),
            coerce=_cell,
            widget=forms.CheckboxSelectMultiple,
            help_text=_("只选发现有错的投标和评审因素；成员只能改正这几项，其他评分不变"),
        )
    )
    cells.opaque = True  # type: ignore[attr-defined]
    what = sealed(text(_("须改正的评分"), rows=3, help_text=_("写明哪一家投标的哪一项因素、为什么；原评分留存备查")))

    def prepare(self) -> None:
        cells: forms.TypedMultipleChoiceField = self.fields["cells"]  # type: ignore[assignment]
        sheet = self.subject
        cells.choices = lambda: _given(sheet) if isinstance(sheet, ScoreSheet) else []


class CorrectSheetForm(SheetForm):
    """sheet.correct: the sheet as it was, to be put right by the member itself. What is changed beside the points that
    were given back is counted."""

    other_changes = forms.IntegerField(label=_("未退回而被改动的分项评分数"), required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        super().prepare()
        sheet = self.subject
        if isinstance(sheet, ScoreSheet) and sheet.pk is not None:
            self.fields["scores"].help_text = sheet.recalled_for
            self.initial["scores"] = {
                str(bid): {str(n): f"{points // 100}.{points % 100:02d}" for n, points in row.items()}
                for bid, row in sheet.points().items()
            }

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        sheet = self.subject
        if "scores" in data and isinstance(sheet, ScoreSheet):
            before, after, free = _points(sheet.scores), _points(data["scores"]), {tuple(one) for one in sheet.recalled}
            changed = {cell for cell in after if before.get(cell) != after[cell]}  # of what is still evaluated
            data["other_changes"] = len(changed - free)
        return data


def _points(scores: dict[str, dict[str, int]]) -> dict[tuple[int, int], int]:
    """The hundredths that a sheet holds, by bid and factor."""
    return {(int(bid), int(number)): points for bid, row in scores.items() for number, points in row.items()}


def _given(sheet: ScoreSheet) -> list[tuple[str, str]]:
    """What its member gave, as it may be given back."""
    bids = {bid.pk: bid for bid in Bid.objects.filter(tender=sheet.tender_id).select_related("organisation")}
    names = {number: factor["name"] for number, factor in sheet.tender.judged}
    return [
        (f"{bid}:{number}", f"{bids[bid]} · {names[number]}（{points // 100}.{points % 100:02d}）")
        for bid, row in sheet.points().items() if bid in bids
        for number, points in row.items() if number in names
    ]  # fmt: skip


class DraftReportForm(ActionForm):
    """evalreport.draft: the rest of the report follows from the record."""

    medium = forms.CharField(label=_("招标公告刊登的媒体"), max_length=120)
    situation = sealed(
        text(_("评标情况及说明"), rows=5, help_text=_("写明符合性审查、比较与评价的经过；名单、得分和名次自动列入"))
    )
    other = sealed(text(_("其他需要说明的情况"), required=False, rows=3, help_text=_("澄清、成员更换和复核自动列入")))
    agent = forms.CharField(
        label=_("采购代理机构"), max_length=120, required=False, help_text=_("采购人自行组织评标的不填")
    )
    contents = sealed(forms.Field(required=False, widget=forms.HiddenInput, label=_("评标报告的内容")))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        found = self.subject
        if self.errors or not isinstance(found, Report) or self.dossier is None:
            return data
        if found.pk is not None and found.signatures.filter(state=Signature.State.GIVEN).exists():
            self.add_error(None, ValidationError(_("已有成员签署，报告不能再改"), code="signed"))
            return data
        words = {name: data[name] for name in ("medium", "situation", "other", "agent")}
        tender = next(one for one in self.dossier.all(type(found.tender)) if one.pk == found.tender_id)
        return data | {"contents": report.plain(report.contents(self.dossier, tender, **words))}


class SignForm(ActionForm):
    """signature.give: agreeing needs no reason; another mind does."""

    stand = JudgementField(label=_("意见"), choices=Signature.Stand.choices)
    reason = personal(
        text(_("不同意见及理由"), required=False, rows=4, help_text=_("有不同意见的，写明意见和理由，将列入评标报告"))
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        dissents = data.get("stand") == Signature.Stand.DISSENT
        if dissents and not data.get("reason"):
            self.add_error("reason", ValidationError(_("请写明不同意见和理由"), code="required"))
        if not dissents:
            data["reason"] = ""
        return data


class FinalForm(ActionForm):
    """evalreport.sign: the report is closed with what its members put under it."""

    refusals = personal(
        text(
            _("拒绝签字又不说明理由的情况"), required=False, rows=3,
            help_text=_("成员都已签署的不填；有人拒绝签字又不书面说明不同意见和理由的，写明何时如何告知，视为同意"),
        )
    )  # fmt: skip
    refused = forms.BooleanField(label=_("是否记录了拒签情况"), required=False, widget=forms.HiddenInput)
    contents = sealed(forms.Field(required=False, widget=forms.HiddenInput, label=_("评标报告的内容")))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        found = self.subject
        data["refused"] = bool(data.get("refusals"))
        if isinstance(found, Report) and found.pk is not None:
            rows = list(found.signatures.select_related("post__person").order_by("pk"))
            data["contents"] = report.plain(report.signed(found.contents, rows, data.get("refusals", "")))
        return data


class ReceiveForm(ActionForm):
    """evalreport.deliver"""

    received_on = DayField(label=_("采购人收到日期"), past=True)

    def clean_received_on(self) -> date:
        day: date = self.cleaned_data["received_on"]
        signed = self.subject.signed_at if isinstance(self.subject, Report) else None
        if signed is not None and day < signed.astimezone(LOCAL).date():
            raise ValidationError(_("不能早于报告定稿之日"), code="early")
        return day


class ReportRecheckForm(ActionForm):
    """recheck.report"""

    number = forms.CharField(label=_("报告文号"), max_length=60)
    reported_on = DayField(label=_("报告日期"), past=True)
    paper = DocumentField(label=_("书面报告"), restricted=True)


class FeeForm(ActionForm):
    """panelfee.pay: sealed, since it is what one person earned."""

    amount = sealed(
        MoneyField(label=_("劳务报酬（元）"), help_text=_("标准按当地财政部门的规定；未见其原文，此处不作计算"))
    )
    travel = sealed(MoneyField(label=_("异地评审差旅费（元）"), zero=True, required=False))
    paid_on = DayField(label=_("支付日期"), past=True)
    voucher = forms.CharField(label=_("支付凭证号"), max_length=60)


class AwardNoticeForm(ActionForm):
    """awardnotice.send"""

    number = forms.CharField(label=_("通知书编号"), max_length=60)
    sent_on = DayField(label=_("发出日期"), past=True)
    paper = DocumentField(label=_("中标通知书"), required=False)
