"""What asking suppliers, experts and the public takes."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.asking import narrow
from gongyue.kernel.fields import DayField, DocumentField, NamedChoiceField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.ledger.canonical import plain

from ..models import MarketResearch, NeedsSurvey, Outreach, Questionnaire, Requirement
from .proposal import past
from .requirement import LONG, area

if TYPE_CHECKING:
    SurveyChoice = forms.ModelChoiceField[Questionnaire]
else:
    SurveyChoice = forms.ModelChoiceField


class SurveyField(SurveyChoice):
    """One of the purchase's questionnaires; the ledger keeps its key."""

    opaque = True  # rules compare facts, never questionnaires


class AskedRow(forms.Form):
    """One who was asked, and what came of it."""

    name = forms.CharField(label=_("名称或者姓名"), max_length=80)
    sort = NamedChoiceField(label=_("类别"), choices=[("", _("请选择")), *MarketResearch.Asked.choices])
    why = forms.CharField(label=_("代表性"), max_length=120, required=False)
    opinion = forms.CharField(label=_("意见"), max_length=400)


class ResearchForm(ActionForm):
    """research.record"""

    way = forms.ChoiceField(label=_("调查方式"), choices=[("", _("请选择")), *MarketResearch.Way.choices])
    researched_on = DayField(label=_("调查日期"))
    asked = RowsField(AskedRow, most=100, label=_("征求意见的对象"))
    industry = area(_("产业发展与市场供给"))
    prices = area(_("同类项目历史成交信息"), rows=2)
    follow_up = area(_("可能涉及的后续采购"), rows=2)
    findings = forms.CharField(label=_("调查结论"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 3}))
    report = DocumentField(label=_("调查记录"), required=False)

    def prepare(self) -> None:
        narrow(self, "research.record")

    def clean_researched_on(self) -> date:
        return past(self, "researched_on")

    def clean(self) -> dict[str, Any]:
        """The subject takes whom was asked, so that facts can count them."""
        if isinstance(self.subject, MarketResearch) and not self.errors:
            self.subject.asked = plain(self.cleaned_data["asked"])
        return self.cleaned_data


class OpenOutreachForm(ActionForm):
    """outreach.open"""

    channel = forms.ChoiceField(label=_("征求意见的渠道"), choices=[("", _("请选择")), *Outreach.Channel.choices])
    text = forms.CharField(label=_("公布的需求"), max_length=8000, widget=forms.Textarea(attrs={"rows": 5}))
    address = forms.CharField(
        label=_("公布的地址"), max_length=300, required=False, help_text=_("网址，或者刊登的媒体")
    )
    survey = SurveyField(
        NeedsSurvey.objects.none(),
        label=_("需求问卷"),
        required=False,
        help_text=_("以问卷征求意见的，选正在填答的问卷"),
    )
    closes_on = DayField(label=_("征求意见截止日"))

    def prepare(self) -> None:
        if self.dossier is None:
            return
        field = cast(SurveyField, self.fields["survey"])
        field.queryset = NeedsSurvey.objects.filter(purchase=self.dossier.purchase, state=NeedsSurvey.State.OPENED)
        field.empty_label = _("不用问卷")
        requirement = self.dossier.latest(Requirement)
        if requirement is not None:
            parts = (requirement.goal, requirement.clients, requirement.content, requirement.quality)
            self.initial.setdefault("text", "\n".join(part for part in parts if part))

    def clean_closes_on(self) -> date:
        day: date = self.cleaned_data["closes_on"]
        if self.dossier is not None and day < self.dossier.today:
            raise forms.ValidationError(_("征求意见截止日不能早于公布当日"), code="order")
        return day

    def clean(self) -> dict[str, Any]:
        """A questionnaire is asked by a questionnaire, anything else at an address."""
        data = self.cleaned_data
        asked = data.get("channel") == Outreach.Channel.QUESTIONNAIRE
        if asked and not data.get("survey") and "survey" not in self.errors:
            self.add_error("survey", forms.ValidationError(_("请选择正在填答的需求问卷"), code="required"))
        if data.get("channel") and not asked and not data.get("address"):
            self.add_error("address", forms.ValidationError(_("请填写公布的网址或者媒体"), code="required"))
        return data


class ReplyRow(forms.Form):
    """One opinion that came back, without a name, and what became of it."""

    opinion = forms.CharField(label=_("反馈意见"), max_length=400)
    times = forms.IntegerField(label=_("件数"), min_value=1, max_value=100_000)
    handling = NamedChoiceField(
        label=_("处理"), choices=[("", _("请选择")), *Outreach.Handling.choices], required=False
    )
    reason = forms.CharField(label=_("理由"), max_length=300, required=False)


class CloseOutreachForm(ActionForm):
    """outreach.close"""

    replies = RowsField(
        ReplyRow, least=0, most=300, label=_("反馈意见及处理"), help_text=_("不写反馈人的姓名和联系方式")
    )
    summary = forms.CharField(
        label=_("意见采纳情况"), max_length=LONG, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("没有反馈意见的，写明没有"),
    )  # fmt: skip
    record = DocumentField(label=_("征求意见记录"), required=False)

    def clean(self) -> dict[str, Any]:
        """A questionnaire is closed first: its answers count."""
        row = self.subject
        if isinstance(row, Outreach) and row.survey is not None and row.survey.state != NeedsSurvey.State.CLOSED:
            self.add_error(None, forms.ValidationError(_("请先截止需求问卷"), code="survey"))
        elif isinstance(row, Outreach) and not self.errors:
            row.replies = plain(self.cleaned_data["replies"])
        return self.cleaned_data
