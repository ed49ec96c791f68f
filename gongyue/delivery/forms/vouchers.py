"""What vouchers take. What rules ask of a voucher is looked up here by its number, and never typed."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.delivery.models import Redemption, Voucher
from gongyue.delivery.models.vouchers import client_key, find_voucher
from gongyue.kernel.fields import DayField, MoneyField, RowsField
from gongyue.parties.forms import PersonalField

from .service import ServiceForm


def counted(label: Any) -> forms.IntegerField:
    """Not asked: the form puts it in."""
    return forms.IntegerField(required=False, widget=forms.HiddenInput, label=label)


class ConditionRow(forms.Form):
    """One thing that a client must meet, and what proves it."""

    condition = forms.CharField(label=_("条件"), max_length=120)
    proof = forms.CharField(label=_("查验什么"), max_length=120)


class SchemeForm(ServiceForm):
    """voucherscheme.set"""

    service = forms.CharField(label=_("可用凭单支付的服务"), max_length=120)
    conditions = RowsField(ConditionRow, most=20, label=_("服务对象的条件"))
    value = MoneyField(label=_("每张面值（元）"))
    per_client = forms.IntegerField(label=_("每人最多持有（张）"), min_value=1, max_value=999)
    stock = forms.IntegerField(label=_("发放总数（张）"), min_value=1, max_value=1_000_000)
    expires_on = DayField(label=_("有效期至"), help_text=_("含当日"))
    total_fen = counted(_("全部凭单的面值合计（分）"))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("value") and data.get("stock"):
            data["total_fen"] = data["value"] * data["stock"]
        return data


class IssueForm(ServiceForm):
    """voucher.issue: who gets it is committed to alone; which conditions were checked is counted."""

    name = PersonalField(label=_("服务对象姓名"), max_length=60)
    identity = PersonalField(label=_("身份证件号码"), max_length=30, help_text=_("用来核对同一人持有几张，可以删除"))
    met = forms.MultipleChoiceField(label=_("已查验符合的条件"), required=False, widget=forms.CheckboxSelectMultiple)
    met.opaque = True  # type: ignore[attr-defined]
    evidence = PersonalField(label=_("查验的材料"), max_length=300)
    unproven = counted(_("没有查验符合的条件数"))
    held = counted(_("此人已持有的有效凭单数"))

    def prepare(self) -> None:
        field = cast(forms.MultipleChoiceField, self.fields["met"])
        rows = cast(Voucher, self.subject).scheme.conditions
        field.choices = [(str(n), f"{row['condition']}（{row['proof']}）") for n, row in enumerate(rows, 1)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["unproven"] = len(cast(Voucher, self.subject).scheme.conditions) - len(set(data.get("met", ())))
        if data.get("identity"):
            mine = client_key(self.purchase.pk, data["identity"])
            rows = Voucher.objects.filter(purchase=self.purchase, client_key=mine, state=Voucher.State.ISSUED)
            data["held"] = rows.count()
        return data


class VoidForm(ServiceForm):
    """voucher.void: one of these reasons, since a text would tell of a person."""

    cause = forms.ChoiceField(
        label=_("作废的缘由"),
        choices=[("lost", _("遗失")), ("ineligible", _("不再符合条件")), ("wrong", _("发放有误"))],
    )  # fmt: skip


class RedeemForm(ServiceForm):
    """redemption.record: the number that the client showed; what it stands for is looked up."""

    number = forms.CharField(label=_("凭单号"), max_length=30, help_text=_("由服务对象出示；出示即为选择本机构"))
    number.sealed = True  # type: ignore[attr-defined]
    served_on = DayField(label=_("服务日期"))
    amount = MoneyField(label=_("凭单支付（元）"), help_text=_("不超过面值和协议价格"))
    used = forms.NullBooleanField(required=False, widget=forms.HiddenInput, label=_("凭单是否已经核销"))
    void = forms.NullBooleanField(required=False, widget=forms.HiddenInput, label=_("凭单是否已经作废"))
    expires_on = forms.DateField(required=False, widget=forms.HiddenInput, label=_("凭单有效期至"))
    value_fen = counted(_("凭单面值（分）"))

    @property
    def contract(self) -> Any:
        """The provider's own."""
        return cast(Redemption, self.subject).contract

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        self.within_term("served_on")
        voucher = find_voucher(self.purchase.pk, data.get("number", ""))
        if voucher is None:
            if "number" not in self.errors:
                self.refuse("number", _("本项目没有这张凭单，请核对号码"))
            return data
        if data.get("served_on") and voucher.issued_on and data["served_on"] < voucher.issued_on:
            self.refuse("served_on", _("服务日期不能早于凭单发放之日"))
        data["used"] = Redemption.objects.filter(voucher=voucher).exists()
        data["void"] = voucher.state == Voucher.State.VOID
        data["expires_on"], data["value_fen"] = voucher.expires_on, voucher.value_fen
        return data
