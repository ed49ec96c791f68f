"""What the revocation of a contract takes."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.forms import ContractForm
from gongyue.kernel.fields import DayField, DocumentField


class RevokeForm(ContractForm):
    """contract.revoke: on which day and why, with the paper that says so."""

    revoked_on = DayField(label=_("撤销日期"))
    reason = forms.CharField(label=_("理由"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))
    unperformed = forms.BooleanField(label=_("合同尚未履行：没有付款，没有提供服务，也没有验收"), required=False)
    decision = DocumentField(label=_("撤销合同的决定或者通知书"), restricted=True)

    def clean(self) -> dict[str, Any]:
        super().clean()
        self.not_after_today("revoked_on")
        self.not_before("revoked_on", self.contract.signed_on, _("撤销日期不能早于签订日期（%(day)s）"))
        return self.cleaned_data
