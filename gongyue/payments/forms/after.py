"""What the actions on liability, breach, recovery and the use of money take."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue import clock
from gongyue.kernel.batches import accepted_rows
from gongyue.kernel.fields import (
    BatchField,
    DayField,
    DocumentField,
    JudgementField,
    MoneyField,
    NamedChoiceField,
    RowsField,
)
from gongyue.kernel.forms import ActionForm
from gongyue.kernel.models import Batch, Purchase

from ..models import Breach, Liability, SpendingReport, UsePlan
from ..queries import left_over, paid_of, spent_by_heading

LONG = 4000
ENTRIES_MOST = 5000  # of one report; a period has some hundreds of vouchers
FAULTS_MOST = 50  # named at once


def words(label: Any, *, rows: int = 3, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, max_length=LONG, required=required, widget=forms.Textarea(attrs={"rows": rows}))


class HarmForm(ActionForm):
    harm = words(_("拖欠对服务质量造成的损害"))
    evidence = DocumentField(label=_("证明材料"), required=False)


class AnswerForm(ActionForm):
    answer = words(_("答复"))


class LiabilityResultForm(ActionForm):
    result = JudgementField(label=_("处理结果"), choices=Liability.Result.choices)
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


class AccountDayField(DayField):
    """A day on which money was spent: since the contract's term began, and come."""

    first: date | None = None
    today: date | None = None

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and self.first is not None and value < self.first:
            day = {"day": self.first.isoformat()}
            raise forms.ValidationError(_("不能早于合同资助期的首日（%(day)s）"), code="early", params=day)
        if value is not None and self.today is not None and value > self.today:
            raise forms.ValidationError(_("日期不能晚于当日"), code="future")


class EntryRow(forms.Form):
    heading = forms.CharField(label=_("科目"), max_length=40)
    spent_on = DayField(label=_("日期"))
    voucher = forms.CharField(label=_("凭证号"), max_length=60)
    amount = MoneyField(label=_("金额（元）"))
    note = forms.CharField(label=_("摘要"), max_length=200, required=False)


class SpendingRow(forms.Form):
    """An entry of the provider's account as a row of a file; its labels are the columns. `about` fits it to a purchase.

    There is no column for a note: rows are covered by a hash without salt, and free text may name somebody.
    """

    heading = NamedChoiceField(label=_("科目"), choices=[])
    spent_on = AccountDayField(label=_("日期"), help_text=_("不早于合同资助期，不晚于上传当日，例如 2010-11-30"))
    voucher = forms.CharField(label=_("凭证号"), max_length=60, help_text=_("每张凭证一行，不超过 60 字"))
    amount = MoneyField(label=_("金额（元）"), help_text=_("大于零，最多两位小数"))

    def about(self, purchase: Purchase) -> None:
        """The headings of the approved budget and the days that can be. Two queries."""
        plans = UsePlan.objects.filter(purchase=purchase, state=UsePlan.State.APPROVED).select_related("contract")
        plan = plans.order_by("pk").last()
        names = [row["heading"] for row in plan.headings] if plan else []
        cast(NamedChoiceField, self.fields["heading"]).choices = [(name, name) for name in names]
        day = cast(AccountDayField, self.fields["spent_on"])
        day.first, day.today = plan.contract.starts_on if plan else None, clock.today()


class SpendingForm(ActionForm):
    """The entries are typed in, or come with a file that was checked before."""

    starts_on = DayField(label=_("期间起"))
    ends_on = DayField(label=_("期间止"))
    entries = RowsField(EntryRow, label=_("支出明细"), least=0, help_text=_("逐行填写，或者选用已上传的支出明细表"))
    batch = BatchField(kind="spending.entries", row=SpendingRow, label=_("支出明细表"), required=False)
    efficiency = words(_("资金使用效益"))
    variance = words(_("超支说明"), rows=2, required=False)
    vouchers = DocumentField(label=_("凭证扫描件"), required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        start, end = given.get("starts_on"), given.get("ends_on")
        if start and end and end < start:
            self.add_error("ends_on", forms.ValidationError(_("期间的末日不能早于首日"), code="order"))
        if self.errors.keys() & {"entries", "batch", "starts_on", "ends_on"} or not start or not end:
            return given
        rows, batch = given["entries"], given.get("batch")
        if bool(rows) == (batch is not None):
            text = (
                _("支出明细逐行填写或选用明细表，两者取一") if rows else _("请填写支出明细，或选用已上传的支出明细表")
            )
            self.add_error("entries", forms.ValidationError(text, code="either"))
        elif batch is not None and batch.rows > ENTRIES_MOST:
            error = _("一次最多登记 %(n)s 行，请按期间分次")
            self.add_error("batch", forms.ValidationError(error, code="many", params={"n": ENTRIES_MOST}))
        elif batch is not None:
            self._check("batch", entries_of(batch), start, end)
        else:
            self._check("entries", rows, start, end)
        return given

    def _check(self, field: str, rows: list[dict[str, Any]], start: date, end: date) -> None:
        """Every row names a heading of the approved budget and a day of the period; no voucher twice; what is over
        the budget is explained."""
        contract = cast(SpendingReport, self.subject).contract
        budget = {row["heading"]: row["amount"] for row in UsePlan.objects.get(contract=contract).headings}
        used, spent = spent_by_heading(contract)
        for number, row in enumerate(rows, 1):
            where = {"row": number, "heading": row["heading"], "voucher": row["voucher"]}
            if row["heading"] not in budget:
                self._bad(_("第 %(row)s 行：核准的预算里没有科目“%(heading)s”"), "heading", where, field)
            if not start <= row["spent_on"] <= end:
                self._bad(_("第 %(row)s 行：日期不在本期间内"), "day", where, field)
            if self.dossier is not None and row["spent_on"] > self.dossier.today:
                self._bad(_("第 %(row)s 行：日期晚于办理当日"), "future", where, field)
            if row["voucher"] in used:
                self._bad(_("第 %(row)s 行：凭证 %(voucher)s 已经登记过"), "voucher", where, field)
            used.add(row["voucher"])
            spent[row["heading"]] = spent.get(row["heading"], 0) + row["amount"]
        over = [name for name, fen in spent.items() if name in budget and fen > budget[name]]
        if over and not str(self.cleaned_data.get("variance") or "").strip():
            names = {"names": "、".join(over)}
            self.add_error(
                "variance", forms.ValidationError(_("超出预算的科目（%(names)s）须说明原因"), code="over", params=names)
            )

    def _bad(self, text: Any, code: str, params: dict[str, Any], field: str) -> None:
        if len(self.errors.get(field, [])) < FAULTS_MOST:
            self.add_error(field, forms.ValidationError(text, code=code, params=params))


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


def entries_of(batch: Batch) -> list[dict[str, Any]]:
    """The rows of a file as they are typed in otherwise. ValueError: they are not what was staged."""
    return [
        row | {"spent_on": date.fromisoformat(row["spent_on"]), "note": ""} for _number, row in accepted_rows(batch)
    ]
