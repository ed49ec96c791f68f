"""What the assessment's actions take."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DocumentField
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Organisation

from .models import Assessment


class PercentField(forms.IntegerField):
    """A percentage typed with at most two decimals, kept as integer basis points, from 0 up to `most` basis points.

    A Python int (from a program) is already basis points.
    """

    def __init__(self, *, most: int = 10_000, **options: Any) -> None:
        self.most = most
        widget = forms.TextInput(attrs={"inputmode": "decimal", "data-unit": "percent"})
        super().__init__(**{"widget": widget} | options)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        points = value if isinstance(value, int) and not isinstance(value, bool) else self._points(str(value))
        if not 0 <= points <= self.most:
            raise ValidationError(_("须在 0 与 %(most)s%% 之间"), code="range", params={"most": self.most // 100})
        return points

    @staticmethod
    def _points(text: str) -> int:
        text = re.sub(r"[%％]\s*$|\s", "", text)
        if not re.fullmatch(r"\d{1,6}(\.\d{1,2})?", text, re.ASCII):
            raise ValidationError(_("请填写百分比，最多两位小数，例如 87.5"), code="invalid")
        return int(Decimal(text) * 100)

    def prepare_value(self, value: Any) -> Any:
        """Basis points, shown as a percentage."""
        if isinstance(value, int) and not isinstance(value, bool):
            return f"{value // 100}.{value % 100:02d}"
        return value


class OrganisationField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the organisations that `prepare` offers; the ledger keeps its key."""

    opaque = True  # rules compare facts, never organisations

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}（{obj.division.name}）"


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
