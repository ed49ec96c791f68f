"""What the actions on an amendment take."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.forms import AcceptForm, ApproveForm, ContractForm, FileForm, InstalmentRow, SignForm
from gongyue.contracts.models import Amendment, Contract, Instalment
from gongyue.kernel.fields import DayField, MoneyField, RowsField
from gongyue.kernel.forms import ActionForm

from ..queries import first_free


def words(label: Any, *, rows: int = 3, required: bool = False, **options: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows})
    return forms.CharField(label=label, max_length=5000, required=required, widget=widget, **options)


class AmendForm(ContractForm):
    """An amendment says why; the instalments that were not claimed yet are planned anew, to the fen."""

    number = forms.CharField(label=_("补充协议编号"), max_length=60)
    reason = words(_("变更理由"), required=True)
    added = MoneyField(label=_("追加金额（元）"), zero=True, help_text=_("不追加的填 0"))
    same_subject = forms.BooleanField(label=_("追加的服务与合同标的相同"), required=False)
    services = words(_("追加或变更的服务"))
    ends_on = DayField(label=_("变更后的资助期止"), required=False, help_text=_("不变更的不填"))
    other_terms = words(_("其他条款的变更"), help_text=_("追加金额时不得改变合同其他条款"))
    instalments = RowsField(InstalmentRow, least=0, most=24, label=_("未请款各期的安排"))

    @property
    def amendment(self) -> Amendment:
        return cast(Amendment, self.subject)

    @property
    def contract(self) -> Contract:
        return self.amendment.contract

    @property
    def first(self) -> int:
        """The number of the first instalment that is still free."""
        return first_free(self.contract, self.dossier) if self.dossier else 1

    @property
    def settled(self) -> list[Instalment]:
        """What was claimed already, and stays."""
        return [line for line in self.contract.schedule if line.number < self.first]

    @property
    def free(self) -> list[dict[str, Any]]:
        rows = [line for line in self.contract.schedule if line.number >= self.first]
        return [{"due_on": row.due_on, "amount": row.amount_fen, "requires": row.requires} for row in rows]

    def prepare(self) -> None:
        """A returned amendment is drafted again from what it said, a new one from the contract; from the contract also
        the instalments, where more were claimed since."""
        row = self.amendment
        self.initial.update(number=f"{self.contract.number}-补{row.serial}", added=0, instalments=self.free)
        if row.pk is not None:
            names = ("number", "reason", "same_subject", "services", "ends_on", "other_terms")
            self.initial.update({name: getattr(row, name) for name in names}, added=row.added_fen)
            if row.first == self.first:
                self.initial["instalments"] = row.instalments

    def clean_number(self) -> str:
        number, buyer = str(self.cleaned_data["number"]), self.contract.purchaser_id
        beside = Amendment.objects.filter(contract__purchaser=buyer, number=number).exclude(pk=self.amendment.pk)
        if beside.exists() or Contract.objects.filter(purchaser=buyer, number=number).exists():
            raise forms.ValidationError(_("本单位已有同一编号的合同或补充协议"), code="taken")
        return number

    def clean_ends_on(self) -> date | None:
        day: date | None = self.cleaned_data["ends_on"]
        if day is not None and day < self.today:
            raise forms.ValidationError(_("变更后的资助期止不能早于办理当日"), code="early")
        following = Contract.objects.filter(renews=self.contract, starts_on__lte=day) if day else None
        if following is not None and following.exists():
            raise forms.ValidationError(_("变更后的资助期与第二年协议重叠"), code="overlap")
        return day if day != self.contract.ends_on else None

    def clean(self) -> dict[str, Any]:
        super().clean()
        data = self.cleaned_data
        if self.errors:
            return data
        rows = data["instalments"] or []
        self.in_order([line.due_on for line in self.settled] + [row["due_on"] for row in rows])
        rest = (self.contract.amount_fen or 0) + data["added"] - sum(line.amount_fen for line in self.settled)
        if difference := sum(row["amount"] for row in rows) - rest:
            more, less = _("未请款各期合计比应有的多 %(yuan)s 元"), _("未请款各期合计比应有的少 %(yuan)s 元")
            error = more if difference > 0 else less
            params = {"yuan": MoneyField().prepare_value(abs(difference))}
            self.add_error("instalments", forms.ValidationError(error, code="sum", params=params))
        changed = data["added"] or data["ends_on"] or data["services"] or data["other_terms"] or rows != self.free
        if not changed:
            self.add_error(None, forms.ValidationError(_("补充协议没有改变任何内容"), code="nothing"))
        return data


class Standing(ActionForm):
    """What it plans must still be free: an instalment that was claimed meanwhile is planned anew no more."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        row = cast(Amendment, self.subject)
        if self.dossier is not None and first_free(row.contract, self.dossier) > row.first:
            error = _("第 %(n)s 期已经请款，不能再按这份补充协议重新安排")
            self.add_error(None, forms.ValidationError(error, code="claimed", params={"n": row.first}))
        return self.cleaned_data


class ApproveAmendmentForm(Standing, ApproveForm):
    """amendment.approve"""


class AcceptAmendmentForm(Standing, AcceptForm):
    """amendment.accept"""


class SignAmendmentForm(Standing, SignForm):
    """amendment.sign"""


class FileAmendmentForm(Standing, FileForm):
    """amendment.file"""
