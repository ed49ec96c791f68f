"""What drawing the suppliers of an invited tender takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DocumentField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation

from .common import sealed

SOURCES = [
    ("prequalified", _("资格预审公告征集")), ("library", _("从省级以上财政部门的供应商库选取")),
    ("recommended", _("采购人书面推荐")),
]  # fmt: skip


def several(label: Any, **options: Any) -> forms.ModelMultipleChoiceField[Organisation]:
    field = forms.ModelMultipleChoiceField(
        label=label, queryset=Organisation.objects.none(), widget=forms.CheckboxSelectMultiple, **options
    )
    field.opaque = True  # type: ignore[attr-defined]
    return sealed(field)


class InviteForm(ActionForm):
    """tender.invite: who was on the list, who was drawn, who watched. How many there are is counted, not typed."""

    source = forms.ChoiceField(label=_("名单的产生方式"), choices=SOURCES)
    candidates = several(_("符合资格条件的供应商名单"))
    drawn = several(_("随机抽取的供应商"))
    watchers = forms.IntegerField(label=_("在场监督的采购人工作人员人数"), min_value=0, max_value=99)
    record = DocumentField(label=_("抽取记录"), restricted=True)
    listed = forms.IntegerField(required=False, widget=forms.HiddenInput, label=_("名单上的供应商数"))
    invited = forms.IntegerField(required=False, widget=forms.HiddenInput, label=_("抽取的供应商数"))

    def prepare(self) -> None:
        social = Organisation.objects.filter(organisation_kind=Organisation.Kind.SOCIAL_ORGANISATION).order_by("name")
        for name in ("candidates", "drawn"):
            field: forms.ModelMultipleChoiceField[Organisation] = self.fields[name]  # type: ignore[assignment]
            field.queryset = social

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        candidates: QuerySet[Organisation] | None = data.get("candidates")
        drawn: QuerySet[Organisation] | None = data.get("drawn")
        if candidates is not None and drawn is not None:
            if set(drawn) - set(candidates):
                self.add_error("drawn", ValidationError(_("抽取的供应商须在名单上"), code="odd"))
            data["listed"], data["invited"] = len(candidates), len(drawn)
        return data
