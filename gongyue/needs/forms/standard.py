"""What setting the standard of a service takes."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DocumentField
from gongyue.kernel.findings import language
from gongyue.kernel.forms import ActionForm
from gongyue.programmes.classes import service_classes

from ..models import ServiceStandard

FIXED = ("service", "service_class", "central")  # from one edition to the next


class SetStandardForm(ActionForm):
    """servicestandard.set: a first edition, or an adjustment of the last."""

    service = forms.CharField(label=_("服务项目"), max_length=120)
    service_class = forms.ChoiceField(label=_("服务类别"))
    central = forms.BooleanField(label=_("列入政府集中采购目录"), required=False)
    content = forms.CharField(
        label=_("需求标准"), max_length=8000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("这类服务的内容、质量、人员和成果要求"),
    )  # fmt: skip
    basis = forms.CharField(
        label=_("研究依据"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("根据服务项目的哪些特点和规律提出"),
    )  # fmt: skip
    change = forms.CharField(
        label=_("调整理由"), max_length=2000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    paper = DocumentField(label=_("需求标准文本"), required=False, restricted=False)

    def prepare(self) -> None:
        row = cast(ServiceStandard, self.subject)
        if self.dossier is not None:
            named = [(key, words[language()]) for key, words in service_classes(self.dossier.regime).items()]
            cast(forms.ChoiceField, self.fields["service_class"]).choices = [("", _("请选择")), *named]
        if row.replaces_id is None:
            self.fields["change"].widget = forms.HiddenInput()
            return
        for name in FIXED:
            self.fields[name].disabled = True
            self.initial[name] = getattr(row, name)
        self.initial.update(content=row.content, basis=row.basis)

    def clean_service(self) -> Any:
        name, row = self.cleaned_data["service"], cast(ServiceStandard, self.subject)
        if row.replaces_id is None and ServiceStandard.objects.filter(body=row.body, service=name).exists():
            raise forms.ValidationError(_("这个服务项目已经有需求标准，请调整原标准"), code="twice")
        return name
