"""资格审查: the rating form, item by item."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.tendering import qualification

from .common import text

PASSED, FAILED = "合格", "不合格"


class CheckRow(forms.Form):
    """One item of the rating form: it is passed or not, no points are given."""

    item = forms.CharField(label=_("评价项目"), max_length=120)
    result = forms.ChoiceField(label=_("结果"), choices=[("", "—"), (PASSED, _("合格")), (FAILED, _("不合格"))])
    evidence = forms.CharField(label=_("依据的材料"), max_length=300)


def computed(label: Any) -> forms.BooleanField:
    """Not asked: it follows from the rows."""
    return forms.BooleanField(label=label, required=False, widget=forms.HiddenInput)


class FailedCheckRow(CheckRow):
    """The same for a bidder that fails: each item not passed says why."""

    reason = forms.CharField(label=_("不合格的理由"), max_length=300, required=False)

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        if data.get("result") == FAILED and not data.get("reason"):
            self.add_error("reason", ValidationError(_("请写明这一项为什么不合格"), code="required"))
        elif data.get("result") == PASSED:
            data["reason"] = ""
        return data


class RatingForm(ActionForm):
    """Every item of the regime's rating form, passed or not, with its evidence; nothing is scored."""

    checks = RowsField(CheckRow, label=_("资质评价表"), fixed=True)
    liability, accounting = computed(_("能独立承担法律责任")), computed(_("财务会计制度健全"))
    ability, reputation = computed(_("具备相应的专业能力")), computed(_("社会信誉良好"))

    def prepare(self) -> None:
        regime = self.dossier.regime if self.dossier is not None else None
        self.items = qualification.items(regime)
        self.initial["checks"] = [{"item": item.name, "result": "", "evidence": ""} for item in self.items]
        if slot := qualification.missing(regime):
            self.fields["checks"].help_text = _("尚缺：%(slot)s") % {"slot": slot}

    def clean_checks(self) -> list[dict[str, Any]]:
        """Every item once and no other; kept under its Chinese name."""
        known = {name: item for item in self.items for name in (item.id, item.zh, item.en)}
        rows: list[dict[str, Any]] = self.cleaned_data["checks"]
        named = [known[row["item"]].zh if row["item"] in known else row["item"] for row in rows]
        asked = [item.zh for item in self.items]
        for zh in asked:
            if zh not in named:
                raise ValidationError(_("资质评价表缺少“%(item)s”"), code="missing", params={"item": zh})
        if odd := next((n for n in named if n not in asked or named.count(n) > 1), None):
            raise ValidationError(_("“%(item)s”不在资质评价表中，或者重复"), code="odd", params={"item": odd})
        return [row | {"item": zh} for row, zh in zip(rows, named, strict=True)]

    def clean(self) -> dict[str, Any]:
        """The four conditions follow from their rows."""
        data = super().clean() or self.cleaned_data
        for item in self.items:
            if item.id in qualification.CONDITIONS:
                data[item.id] = self.passed.get(item.zh, False)
        return data

    @property
    def passed(self) -> dict[str, bool]:
        """Which items were passed, by their Chinese names."""
        return {row["item"]: row["result"] == PASSED for row in self.cleaned_data.get("checks", ())}


class QualifyForm(RatingForm):
    """bid.qualify"""

    evidence = text(_("审查意见"), help_text=_("资质只作合格与否的审查，不计分"))

    def clean(self) -> dict[str, Any]:
        """The four conditions are for the regime's rule; whatever else the form asks must be passed as well."""
        data = super().clean()
        for item in self.items:
            if item.id not in qualification.CONDITIONS and not self.passed.get(item.zh, True):
                words = _("“%(item)s”不合格，请办理“资格审查不合格”")
                self.add_error("checks", ValidationError(words, code="failed", params={"item": item.zh}))
        return data


class DisqualifyForm(RatingForm):
    """bid.disqualify: which items were not passed and why, and the review as a whole."""

    checks = RowsField(FailedCheckRow, label=_("资质评价表"), fixed=True)
    reason = text(_("审查意见"), help_text=_("写明判为不合格的理由，将告知投标人"))
    field_order = ("checks", "reason")

    def clean_checks(self) -> list[dict[str, Any]]:
        rows = super().clean_checks()
        if all(row["result"] == PASSED for row in rows):
            raise ValidationError(_("各项都合格，请办理“资格审查合格”"), code="passed")
        return rows
