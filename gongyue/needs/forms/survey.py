"""What writing, opening and closing a questionnaire take."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, NamedChoiceField, RowsField
from gongyue.kernel.forms import ActionForm

from ..models import Questionnaire
from ..questions import OPTIONS_MOST, options_of
from ..results import Counted, counted

Kind = Questionnaire.Kind
CHOSEN = frozenset({Kind.SINGLE, Kind.MULTIPLE})
OPTIONS_LEAST = 2
OPTION_MOST = 60  # signs


class QuestionRow(forms.Form):
    """One question."""

    text = forms.CharField(label=_("问题"), max_length=200)
    kind = NamedChoiceField(label=_("题型"), choices=Kind.choices)
    options = forms.CharField(label=_("选项（用分号隔开）"), max_length=800, required=False)
    required = forms.BooleanField(label=_("必答"), required=False)

    def clean(self) -> dict[str, Any]:
        """Those that are chosen from have options; others have none."""
        kind, options = self.cleaned_data.get("kind"), options_of(self.cleaned_data.get("options", ""))
        if kind not in CHOSEN:
            self.cleaned_data["options"] = ""
        elif not OPTIONS_LEAST <= len(options) <= OPTIONS_MOST:
            self.add_error("options", forms.ValidationError(
                _("选择题须有 %(least)s 至 %(most)s 个不同的选项，用分号隔开"), code="options",
                params={"least": OPTIONS_LEAST, "most": OPTIONS_MOST},
            ))  # fmt: skip
        elif any(len(option) > OPTION_MOST for option in options):
            self.add_error("options", forms.ValidationError(
                _("每个选项不超过 %(n)s 字"), code="long", params={"n": OPTION_MOST}
            ))  # fmt: skip
        else:
            self.cleaned_data["options"] = "；".join(options)
        return self.cleaned_data


class DraftSurveyForm(ActionForm):
    """`needs_survey.draft`, `satisfaction_survey.draft` and their `revise`."""

    title = forms.CharField(label=_("问卷标题"), max_length=80)
    introduction = forms.CharField(
        label=_("卷首语"), max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("说明谁在调查、为什么、结果怎么用。问卷不记名，请不要设置询问姓名、电话、住址、证件号码的问题。"),
    )  # fmt: skip
    questions = RowsField(QuestionRow, most=40, label=_("问题"))

    def prepare(self) -> None:
        survey = self.subject
        if isinstance(survey, Questionnaire) and survey.pk:
            self.initial.update(title=survey.title, introduction=survey.introduction, questions=survey.questions)


class OpenSurveyForm(ActionForm):
    """`….open`"""

    closes_on = DayField(label=_("填答截止日"), required=False, help_text=_("含当日；不填的，到办理“截止问卷”为止"))

    def clean_closes_on(self) -> date | None:
        day: date | None = self.cleaned_data["closes_on"]
        if day is not None and self.dossier is not None and day < self.dossier.today:
            raise forms.ValidationError(_("填答截止日不能早于发布当日"), code="order")
        return day


class AnswersField(forms.Field):
    """The answers as they stand when the questionnaire is closed; nobody types them."""

    opaque = True
    survey: Questionnaire | None = None

    def clean(self, value: Any) -> Counted:
        assert self.survey is not None
        return counted(self.survey)


class CloseSurveyForm(ActionForm):
    """`….close`: the ledger keeps the count and the root of the answers."""

    answers = AnswersField(required=False, widget=forms.HiddenInput)

    def prepare(self) -> None:
        field = self.fields["answers"]
        if isinstance(field, AnswersField) and isinstance(self.subject, Questionnaire):
            field.survey = self.subject
