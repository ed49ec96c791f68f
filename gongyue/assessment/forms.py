"""What the assessment's actions take."""

from __future__ import annotations

from typing import cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DocumentField, OrganisationField, PercentField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation

from .models import Assessment


class OpenForm(ActionForm):
    evaluator = OrganisationField(label=_("评估机构"), queryset=Organisation.objects.none())

    def prepare(self) -> None:
        """Third parties only, and never the provider that is assessed."""
        assessment = cast(Assessment, self.subject)
        field = cast(OrganisationField, self.fields["evaluator"])
        field.queryset = (
            Organisation.objects.filter(organisation_kind=Organisation.Kind.EVALUATOR)
            .exclude(pk=assessment.contract.provider_id or 0)
            .select_related("division")
            .order_by("name", "pk")
        )


class ConcludeForm(ActionForm):
    quality = PercentField(label=_("质量得分（%）"))
    quantity = PercentField(label=_("数量完成（%）"), most=100_000)
    conclusion = forms.CharField(label=_("评估结论"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    report = DocumentField(label=_("评估报告"), required=False)
