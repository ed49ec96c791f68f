"""What drafting, announcing and publishing a call takes."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.budget.models import PlanItem
from gongyue.clock import LOCAL
from gongyue.kernel.fields import DayField, MomentField, MoneyField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.tendering import bands, qualification
from gongyue.tendering.models import Factor, StandardGroup, Tender

from .common import text
from .terms import TermsForm

POINTS_IN_ALL = 100


FORMER = (
    "title", "requirement", "quality_standard", "application_form", "background", "resources", "renewal_announced",
    "factors", "fixed_price", "review_method", "conditions", "musts", "contract_draft", "changeable", "joint",
)  # fmt: skip


class FactorRow(forms.Form):
    """One factor of the evaluation."""

    name = forms.CharField(label=_("评审因素"), max_length=60)
    points = forms.IntegerField(label=_("分值"), min_value=1, max_value=POINTS_IN_ALL)
    is_price = forms.BooleanField(label=_("价格因素"), required=False)
    group = forms.ChoiceField(label=_("评什么"), choices=[("", "—"), *Tender.Group.choices], required=False)
    measures = forms.CharField(label=_("衡量的标准要点"), max_length=120, required=False)
    bands = forms.CharField(label=_("各区间得分"), max_length=300, required=False)


class DraftTenderForm(TermsForm):
    """tender.draft. After a failed call it starts from that call's documents."""

    field_order = (
        "title", "ceiling", "requirement", "quality_standard", "application_form", "background", "resources",
        "conditions", "musts", "review_method", "factors", "conditions_reason", "fixed_price", "contract_draft",
        "changeable", "renewal_announced", "joint",
    )  # fmt: skip

    title = forms.CharField(label=_("招标项目名称"), max_length=120)
    ceiling = MoneyField(label=_("最高限价"))
    requirement = text(_("服务需求"))
    quality_standard = text(_("服务质量标准"))
    application_form = text(_("项目申请书格式"), required=False)
    background = text(_("项目背景"), required=False)
    resources = text(_("资源配置"), required=False)
    renewal_announced = forms.BooleanField(label=_("文件载明履约考核合格可续签"), required=False)
    factors = RowsField(
        FactorRow,
        label=_("评审因素"),
        most=30,
        help_text=_(
            "标准要点照抄服务质量标准中的原文，价格因素不填；按区间给分的写明各区间，例如“10以上得5分；5以上不足10得3分；不足5得0分”，以上、以下、以内含本数，不足、超过不含"
        ),
    )
    fixed_price = forms.BooleanField(label=_("采用固定价格或者执行国家统一定价"), required=False)
    conditions_reason = forms.CharField(
        label=_("评审因素与资格条件同名仍保留的理由"), max_length=500, required=False,
        help_text=_("资格条件只审查合格与否，一般不计分；没有同名因素的不填"),
    )  # fmt: skip

    def prepare(self) -> None:
        if self.dossier is None:
            return
        item, former = self.dossier.latest(PlanItem), self.dossier.latest(Tender)
        self.initial["title"] = self.dossier.purchase.title
        if item is not None:
            self.initial.update(ceiling=item.amount_fen, requirement=item.requirements)
        self.initial["quality_standard"] = self._expert_standard  # asked for when it is drawn
        if former is not None:
            self.initial.update({name: getattr(former, name) for name in FORMER}, ceiling=former.ceiling_fen)

    def _expert_standard(self) -> str:
        group = self.dossier.latest(StandardGroup) if self.dossier is not None else None
        return group.standard if group is not None else _norms(self)

    def clean_factors(self) -> list[Factor]:
        factors: list[Factor] = [
            {
                "name": row["name"],
                "points": row["points"],
                "is_price": row["is_price"],
                "measures": "" if row["is_price"] else row["measures"],
            }  # fmt: skip
            for row in self.cleaned_data["factors"]
        ]
        for row, factor in zip(self.cleaned_data["factors"], factors, strict=True):
            if row.get("group") and not factor["is_price"]:
                factor["group"] = row["group"]
            if row.get("bands"):
                factor["bands"] = _banded(factor, row["bands"])
        total = sum(factor["points"] for factor in factors)
        if total != POINTS_IN_ALL:
            params = {"all": POINTS_IN_ALL, "total": total}
            raise ValidationError(_("分值合计须为 %(all)s，现为 %(total)s"), code="sum", params=params)
        if sum(factor["is_price"] for factor in factors) > 1:
            raise ValidationError(_("价格因素只能有一项"), code="price")
        if twice := [name for name, times in Counter(factor["name"] for factor in factors).items() if times > 1]:
            raise ValidationError(_("评审因素“%(name)s”重复"), code="twice", params={"name": twice[0]})
        return factors

    def clean(self) -> dict[str, Any]:
        """A factor named after an item of the rating form needs a reason; where there is none, no reason is kept.

        It is a hint, not a rule: what the law of the day says of it is asked by its own rule, within its dates.
        """
        data = super().clean() or self.cleaned_data
        regime = self.dossier.regime if self.dossier is not None else None
        names = [factor["name"] for factor in data.get("factors", ())]
        found = [(name, item) for name in names if (item := qualification.named_after(name, regime))]
        if not found:
            data["conditions_reason"] = ""
        elif not data.get("conditions_reason"):
            words = _(
                "评审因素“%(factor)s”与资格条件“%(item)s”同名：资格只审查合格与否。请改用别的因素，或在这里写明保留的理由"
            )
            params = {"factor": found[0][0], "item": found[0][1].name}
            self.add_error("conditions_reason", ValidationError(words, code="condition", params=params))
        return data


def _norms(form: ActionForm) -> str:
    """What a place has its documents refer to."""
    regime = form.dossier.regime if form.dossier is not None else None
    entry = regime.frameworks.get("norm-references") if regime is not None else None
    if regime is None or entry is None:
        return ""
    titles = "".join(f"《{regime.instruments[name].title['zh']}》" for name in entry["norms"])
    return f"服务质量执行{titles}。"


def _banded(factor: Factor, words: str) -> str:
    """The intervals of a factor, once they say of every number what it earns. Raises ValidationError."""
    params: dict[str, Any] = {"name": factor["name"]}
    if factor["is_price"]:
        raise ValidationError(_("“%(name)s”是价格因素，按公式计算，不分区间"), code="band_price", params=params)
    try:
        found = bands.read(words)
    except ValueError as part:
        params["part"] = str(part)
        raise ValidationError(_("“%(name)s”的区间读不懂：%(part)s"), code="band", params=params) from None
    if edges := bands.overlaps(found):
        params["edge"] = bands.plain(edges[0])
        raise ValidationError(_("“%(name)s”的区间在 %(edge)s 处重叠"), code="band_overlap", params=params)
    if edges := bands.holes(found):
        params["edge"] = bands.plain(edges[0])
        raise ValidationError(_("“%(name)s”的区间在 %(edge)s 处有空档"), code="band_hole", params=params)
    if max(band.points for band in found) != factor["points"]:
        raise ValidationError(_("“%(name)s”各区间的最高分须等于它的分值"), code="band_most", params=params)
    return words


class BriefForm(ActionForm):
    """tender.brief"""

    held_on = DayField(label=_("召开日期"))
    venue = forms.CharField(label=_("地点"), max_length=120)
    minutes = text(_("会议纪要"))

    def clean_held_on(self) -> date:
        held_on: date = self.cleaned_data["held_on"]
        if self.dossier and held_on > self.dossier.at.astimezone(LOCAL).date():
            raise ValidationError(_("会议尚未召开"), code="future")
        return held_on


class PublishForm(ActionForm):
    """tender.publish"""

    bids_due_at = MomentField(label=_("投标截止时间"))
    opening_place = forms.CharField(label=_("开标地点"), max_length=120)

    def clean_bids_due_at(self) -> datetime:
        due: datetime = self.cleaned_data["bids_due_at"]
        if self.dossier and due <= self.dossier.at:
            raise ValidationError(_("投标截止时间须晚于发标时间"), code="past")
        return due
