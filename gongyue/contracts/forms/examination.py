"""What finance's look at a contract takes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import JudgementField
from gongyue.kernel.forms import ActionForm

from ..models import Examination


class ExaminationForm(ActionForm):
    """examination.record"""

    result = JudgementField(label=_("审核结果"), choices=Examination.Result.choices)
    opinion = forms.CharField(label=_("审核意见"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
