"""资格审查: the rating form, item by item."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.asking import asked, narrow
from gongyue.kernel.fields import RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.tendering import qualification
from gongyue.tendering.models import Bid

from .common import text

PASSED, FAILED = "合格", "不合格"
ACT = "bid.qualify"
COUNTED = ("staff", "social_workers", "capability")  # what only some places ask of a bidder


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
    unmet = forms.MultipleChoiceField(
        label=_("不合格的评价项目"), choices=[], required=False, widget=forms.MultipleHiddenInput
    )

    def prepare(self) -> None:
        regime = self.dossier.regime if self.dossier is not None else None
        self.items = qualification.items(regime)
        cast(forms.MultipleChoiceField, self.fields["unmet"]).choices = [(item.id, item.name) for item in self.items]
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
        """The four conditions, and what is not met, follow from the rows."""
        data = super().clean() or self.cleaned_data
        for item in self.items:
            if item.id in qualification.CONDITIONS:
                data[item.id] = self.passed.get(item.zh, False)
        data["unmet"] = [item.id for item in self.items if not self.passed.get(item.zh, True)]
        return data

    @property
    def passed(self) -> dict[str, bool]:
        """Which items were passed, by their Chinese names."""
        return {row["item"]: row["result"] == PASSED for row in self.cleaned_data.get("checks", ())}


class QualifyForm(RatingForm):
    """bid.qualify; how many people a bidder had when it bid, and what a body that is no social organisation proves,
    where a rule asks for it."""

    staff = forms.IntegerField(label=_("投标时的全职员工人数"), min_value=0, max_value=99999, required=False)
    social_workers = forms.IntegerField(label=_("其中专业社工人数"), min_value=0, max_value=99999, required=False)
    capability = text(_("具备相应能力和条件的证明"), rows=2, required=False, help_text=_("企业、事业单位投标的填写"))
    evidence = text(_("审查意见"), help_text=_("资质只作合格与否的审查，不计分"))

    def prepare(self) -> None:
        super().prepare()
        narrow(self, ACT, beside={name: f"input.{name}" for name in COUNTED}, free=("capability",))
        bid = self.subject
        kept = bid.snapshot if isinstance(bid, Bid) else None
        if kept:
            listed = sum(item["category"] == "staff" for item in kept.get("items", ()))
            self.fields["staff"].help_text = _("投标时的机构档案列出人员 %(number)s 名") % {"number": listed}

    def clean(self) -> dict[str, Any]:
        """What is not met is for the regime's rule; where it has none for it, whatever the form asks must be passed."""
        data = super().clean()
        staff, workers = data.get("staff"), data.get("social_workers")
        if staff is not None and workers is not None and workers > staff:
            self.add_error("social_workers", ValidationError(_("专业社工人数不能多于全职员工人数"), code="more"))
        if "input.unmet" in asked(self, [ACT]):
            return data
        for item in self.items:
            if item.id not in qualification.CONDITIONS and item.id in data["unmet"]:
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
