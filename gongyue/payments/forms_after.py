"""What the actions on liability, breach, recovery and the use of money take."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, DocumentField, MoneyField, RowsField
from gongyue.kernel.forms import ActionForm

from .models import Breach, Liability, SpendingReport, UsePlan
from .queries import left_over, paid_of, spent_by_heading

LONG = 4000


def words(label: Any, *, rows: int = 3, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG, required=required, widget=forms.Textarea(attrs={"rows": rows}))


class HarmForm(ActionForm):
    harm = words(_("拖欠对服务质量造成的损害"))
    evidence = DocumentField(label=_("证明材料"), required=False)


class AnswerForm(ActionForm):
    answer = words(_("答复"))


class LiabilityResultForm(ActionForm):
    result = forms.ChoiceField(label=_("处理结果"), choices=Liability.Result.choices)
    reason = words(_("理由"))


class BreachForm(ActionForm):
    failure = words(_("未按约定完成的服务"))
    severity = forms.ChoiceField(label=_("影响程度"), choices=Breach.Severity.choices)
    effect = words(_("造成的影响"), required=False)
    evidence = DocumentField(label=_("证明材料"), required=False)


class StatementForm(ActionForm):
    statement = words(_("陈述和申辩"))


class SilenceForm(ActionForm):
    served_on = DayField(label=_("告知书送达日期"))
    reason = words(_("未收到陈述的情况"))

    def clean_served_on(self) -> date:
        day, opened = cast(date, self.cleaned_data["served_on"]), cast(Breach, self.subject).opened_on
        if self.dossier is not None and day > self.dossier.today:
            raise forms.ValidationError(_("日期不能晚于办理当日"), code="future")
        if opened is not None and day < opened:
            raise forms.ValidationError(_("送达日期不能早于提出日期"), code="order")
        return day


class DecisionForm(ActionForm):
    accepted = MoneyField(label=_("验收认可金额（元）"), zero=True)
    accepted_record = forms.CharField(label=_("验收记录（文号或名称）"), max_length=200)
    reason = words(_("决定理由"))

    def clean_accepted(self) -> int:
        accepted = int(self.cleaned_data["accepted"])
        if self.dossier is not None:
            paid = sum(fen for _share, fen in paid_of(cast(Breach, self.subject).contract, self.dossier))
            if accepted > paid:
                raise forms.ValidationError(_("认可金额不能超过已拨付的金额"), code="large")
        return accepted


class ReceiveForm(ActionForm):
    voucher_number = forms.CharField(label=_("缴款凭证号"), max_length=60)
    received_on = DayField(label=_("收回日期"))

    def clean_received_on(self) -> date:
        day = cast(date, self.cleaned_data["received_on"])
        if self.dossier is not None and day > self.dossier.today:
            raise forms.ValidationError(_("日期不能晚于办理当日"), code="future")
        return day


class HeadingRow(forms.Form):
    heading = forms.CharField(label=_("科目"), max_length=40)
    amount = MoneyField(label=_("预算（元）"))
    basis = forms.CharField(label=_("测算依据"), max_length=200, required=False)


class UsePlanForm(ActionForm):
    headings = RowsField(HeadingRow, label=_("预算科目"))

    def prepare(self) -> None:
        self.initial["headings"] = cast(UsePlan, self.subject).headings

    def clean_headings(self) -> list[dict[str, Any]]:
        rows = cast("list[dict[str, Any]]", self.cleaned_data["headings"])
        if twice := [name for name, n in Counter(row["heading"] for row in rows).items() if n > 1]:
            raise forms.ValidationError(_("科目重复：%(names)s"), code="twice", params={"names": "、".join(twice)})
        amount = cast(UsePlan, self.subject).contract.amount_fen
        if sum(row["amount"] for row in rows) != amount:
            raise forms.ValidationError(_("各科目合计须等于合同金额"), code="sum")
        return rows


class EntryRow(forms.Form):
    heading = forms.CharField(label=_("科目"), max_length=40)
    spent_on = DayField(label=_("日期"))
    voucher = forms.CharField(label=_("凭证号"), max_length=60)
    amount = MoneyField(label=_("金额（元）"))
    note = forms.CharField(label=_("摘要"), max_length=200, required=False)


class SpendingForm(ActionForm):
    starts_on = DayField(label=_("期间起"))
    ends_on = DayField(label=_("期间止"))
    entries = RowsField(EntryRow, label=_("支出明细"))
    efficiency = words(_("资金使用效益"))
    variance = words(_("超支说明"), rows=2, required=False)
    vouchers = DocumentField(label=_("凭证扫描件"), required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        start, end = given.get("starts_on"), given.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", forms.ValidationError(_("期间的末日不能早于首日"), code="order"))
        elif start and end and (rows := given.get("entries")):
            self._check(rows, start, end)
        return given

    def _check(self, rows: list[dict[str, Any]], start: date, end: date) -> None:
        """Every row names a heading of the approved budget and a day of the period; no voucher twice; what is over
        the budget is explained."""
        contract = cast(SpendingReport, self.subject).contract
        budget = {row["heading"]: row["amount"] for row in UsePlan.objects.get(contract=contract).headings}
        used, spent = spent_by_heading(contract)
        for number, row in enumerate(rows, 1):
            where = {"row": number, "heading": row["heading"], "voucher": row["voucher"]}
            if row["heading"] not in budget:
                self._bad(_("第 %(row)s 行：核准的预算里没有科目“%(heading)s”"), "heading", where)
            if not start <= row["spent_on"] <= end:
                self._bad(_("第 %(row)s 行：日期不在本期间内"), "day", where)
            if self.dossier is not None and row["spent_on"] > self.dossier.today:
                self._bad(_("第 %(row)s 行：日期晚于办理当日"), "future", where)
            if row["voucher"] in used:
                self._bad(_("第 %(row)s 行：凭证 %(voucher)s 已经登记过"), "voucher", where)
            used.add(row["voucher"])
            spent[row["heading"]] = spent.get(row["heading"], 0) + row["amount"]
        over = [name for name, fen in spent.items() if name in budget and fen > budget[name]]
        if over and not str(self.cleaned_data.get("variance") or "").strip():
            names = {"names": "、".join(over)}
            self.add_error(
                "variance", forms.ValidationError(_("超出预算的科目（%(names)s）须说明原因"), code="over", params=names)
            )

    def _bad(self, text: Any, code: str, params: dict[str, Any]) -> None:
        self.add_error("entries", forms.ValidationError(text, code=code, params=params))


class YearlyForm(ActionForm):
    summary = words(_("报告摘要"), rows=5)
    report = DocumentField(label=_("报告全文"))


class SavingForm(ActionForm):
    amount = MoneyField(label=_("结余金额（元）"))
    reason = words(_("结余的形成"))

    def prepare(self) -> None:
        """What was paid and not spent, where the provider has accounted for it."""
        plan = cast(UsePlan, self.subject)
        if self.dossier is not None and (left := left_over(plan.contract, self.dossier)) > 0:
            self.initial["amount"] = left

    def clean_amount(self) -> int:
        amount = int(self.cleaned_data["amount"])
        if self.dossier is not None:
            paid = sum(fen for _share, fen in paid_of(cast(UsePlan, self.subject).contract, self.dossier))
            if amount > paid:
                raise forms.ValidationError(_("结余不能超过已拨付的金额"), code="large")
        return amount
