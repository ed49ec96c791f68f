"""What documents hold beside the requirement and the factors."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import MoneyField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.tendering.models import Tender

from .common import text

MARKS = {"raise_average": "average_bp", "raise_second": "second_bp", "raise_ceiling": "ceiling_bp"}
BP = 100  # of one percent
TERMS = (
    "review_method", "conditions", "musts", "contract_draft", "changeable", "joint", "floor", "raise_average",
    "raise_second", "raise_ceiling",
)  # fmt: skip


class ConditionRow(forms.Form):
    """One condition of qualification: passed or not, never scored."""

    name = forms.CharField(label=_("资格条件"), max_length=120)
    proof = forms.CharField(label=_("证明材料"), max_length=200, required=False)


class MustRow(forms.Form):
    """One substantive requirement: a bid that does not meet it is void."""

    name = forms.CharField(label=_("实质性要求"), max_length=200)
    least = forms.CharField(label=_("最低标准"), max_length=200, required=False)


def _percent(label: Any) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=1, max_value=100, required=False)


class TermsForm(ActionForm):
    """The part of tender.draft that is about qualification, review, contract and joint bids."""

    review_method = forms.ChoiceField(label=_("评审方法"), choices=Tender.Review.choices, required=False)
    conditions = RowsField(
        ConditionRow, label=_("资格条件"), least=0, most=30,
        help_text=_("只审查合格与否，不计分；不得以注册资金、营业收入、从业人员等规模条件限制投标"),
    )  # fmt: skip
    musts = RowsField(
        MustRow, label=_("实质性要求"), least=0, most=40,
        help_text=_("不满足即投标无效的要求，在文件中以醒目方式标明；采用最低评标价法的，写明最低质量要求"),
    )  # fmt: skip
    contract_draft = text(_("合同草案"), rows=8, required=False)
    changeable = text(
        _("可能变动的内容"), required=False, help_text=_("采用谈判、磋商方式的，写明可能实质性变动的需求、条款")
    )
    joint = forms.ChoiceField(label=_("联合体投标"), choices=Tender.Joint.choices, required=False)
    floor = MoneyField(label=_("最低限价"), required=False, help_text=_("一般不设；2017年10月1日起不得设定"))
    raise_average = _percent(_("异常低价审查：低于平均报价的百分之几"))
    raise_second = _percent(_("异常低价审查：低于次低报价的百分之几"))
    raise_ceiling = _percent(_("异常低价审查：低于最高限价的百分之几"))

    def clean_review_method(self) -> str:
        return str(self.cleaned_data["review_method"] or Tender.Review.COMPREHENSIVE)

    def clean_joint(self) -> str:
        return str(self.cleaned_data["joint"] or Tender.Joint.SILENT)

    def clean_conditions(self) -> list[dict[str, str]]:
        return _distinct(self.cleaned_data["conditions"], ("name", "proof"))

    def clean_musts(self) -> list[dict[str, str]]:
        return _distinct(self.cleaned_data["musts"], ("name", "least"))


def _distinct(rows: list[dict[str, Any]], keys: tuple[str, str]) -> list[dict[str, str]]:
    names = [row["name"] for row in rows]
    if len(set(names)) < len(names):
        raise ValidationError(_("有重复的行"), code="twice")
    return [{key: row[key] for key in keys} for row in rows]


def raised(given: dict[str, int | None]) -> dict[str, int]:
    """The marks of low prices that documents raise, in basis points."""
    return {MARKS[name]: percent * BP for name, percent in given.items() if percent}
