"""A score sheet by indicator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.assessment.models import Framework
from gongyue.kernel.fields import PercentField, RowsField


class ScoreRow(forms.Form):
    """One indicator's mark; name and weight are the framework's own."""

    indicator = forms.CharField(label=_("指标"), max_length=200, widget=forms.TextInput(attrs={"readonly": True}))
    weight = PercentField(label=_("权重（%）"), required=False)
    mark = PercentField(label=_("得分（%）"))


def scores_field() -> RowsField:
    return RowsField(ScoreRow, least=0, most=200, fixed=True, label=_("指标得分"))


def marked(framework: Framework, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows as the framework names and weighs them. ValidationError: other indicators, or another order."""
    names = [row["indicator"] for row in framework.indicators]
    if [row["indicator"] for row in rows] != names:
        raise ValidationError(_("须对评估体系的每项指标逐一评分"), code="indicators")
    pairs = zip(framework.indicators, rows, strict=True)
    return [{"indicator": own["indicator"], "weight": own["weight"], "mark": row["mark"]} for own, row in pairs]
