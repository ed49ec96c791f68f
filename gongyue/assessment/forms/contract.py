"""What the assessment's actions take."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.assessment.models import Assessment
from gongyue.contracts.independence import ConflictField, conflict
from gongyue.kernel.fields import DocumentField, OrganisationField, PercentField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation

from .scores import marked, scores_field


class OpenForm(ActionForm):
    evaluator = OrganisationField(label=_("评估机构"), queryset=Organisation.objects.none())
    conflict = ConflictField()

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

    def clean(self) -> dict[str, Any]:
        super().clean()
        evaluator = self.cleaned_data.get("evaluator")
        if evaluator is not None and self.dossier is not None:
            provider = cast(Assessment, self.subject).contract.provider
            found = conflict(evaluator, provider, self.dossier.purchase, self.dossier.today)
            self.cleaned_data["conflict"] = found
        return self.cleaned_data


class ConcludeForm(ActionForm):
    scores = scores_field()
    quality = PercentField(label=_("质量得分（%）"), required=False)
    quantity = PercentField(label=_("数量完成（%）"), most=100_000)
    conclusion = forms.CharField(label=_("评估结论"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))
    report = DocumentField(label=_("评估报告"), required=False)

    def prepare(self) -> None:
        """By indicator where a system of evaluation was adopted; the mark is then computed, not typed."""
        framework = cast(Assessment, self.subject).framework
        if framework is not None:
            self.initial["scores"] = framework.score_rows()

    def clean(self) -> dict[str, Any]:
        super().clean()
        data, framework = self.cleaned_data, cast(Assessment, self.subject).framework
        if framework is None and data.get("quality") is None and "quality" not in self.errors:
            self.add_error(
                "quality", ValidationError(self.fields["quality"].error_messages["required"], code="required")
            )
        if framework is not None and "scores" in data:
            try:
                data["scores"] = marked(framework, data["scores"])
                data["quality"] = round(framework.quality([row["mark"] for row in data["scores"]]))
            except ValidationError as error:
                self.add_error("scores", error)
        return data
