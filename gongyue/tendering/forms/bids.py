"""What a bid is made of."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import MoneyField
from gongyue.kernel.forms import ActionForm, ReasonForm
from gongyue.parties.profile import ProviderProfile
from gongyue.parties.snapshot import snapshot
from gongyue.tendering.models import Bid, Tender

from .common import sealed, text


class FrozenField(forms.Field):
    """Not asked: what was typed is ignored, the form itself puts in what stands on record."""

    widget = forms.HiddenInput

    def clean(self, value: Any) -> dict[str, Any]:
        return {}


class SubmitBidForm(ActionForm):
    """bid.submit"""

    price = sealed(MoneyField(label=_("报价")))
    plan = sealed(text(_("实施方案"), rows=8))
    fund_rules = sealed(text(_("资金使用细则"), rows=6))
    profile = text(
        _("机构情况"),
        help_text=_("机构简介，以往承接的项目及成效；机构档案按递交时的内容一并固定，以后修改不影响本次投标"),
    )
    snapshot = sealed(FrozenField(label=_("机构档案快照"), required=False))
    truthful = forms.BooleanField(label=_("本机构承诺所提供的材料真实，接受招标方审查"))

    def prepare(self) -> None:
        self.initial["profile"] = self._introduction  # asked for when it is drawn

    def _introduction(self) -> str:
        bid = self.subject
        kept = ProviderProfile.objects.filter(organisation=bid.organisation_id) if isinstance(bid, Bid) else None
        return (kept.values_list("introduction", flat=True).first() or "") if kept is not None else ""

    def clean_snapshot(self) -> dict[str, Any]:
        """Taken in the very transaction of the act."""
        bid = self.subject
        if self.dossier is None or not isinstance(bid, Bid):
            return {}
        return snapshot(bid.organisation, self.dossier.today)

    def clean_price(self) -> int:
        """What rules cannot see is checked here: the ceiling is part of the documents."""
        price: int = self.cleaned_data["price"]
        bid = self.subject
        if isinstance(bid, Bid) and price > bid.tender.ceiling_fen:
            raise ValidationError(_("报价高于招标文件的最高限价"), code="ceiling")
        return price

    def clean(self) -> dict[str, Any]:
        """A call that has failed since the page was opened takes no more bids."""
        data = super().clean() or self.cleaned_data
        bid = self.subject
        if self.dossier is not None and isinstance(bid, Bid):
            tender = self.dossier.latest(Tender)
            if tender is None or tender.pk != bid.tender_id or not tender.calling:
                self.add_error("price", ValidationError(_("本次招标已不接受投标"), code="closed"))
        return data


class WithdrawForm(ReasonForm):
    """bid.withdraw"""

    def clean_reason(self) -> str:
        """Once opened a bid has no owner in the kernel's sense; it stays its organisation's to withdraw."""
        bid, actor = self.subject, self.actor
        if isinstance(bid, Bid) and actor is not None and bid.organisation_id != actor.organisation_id:
            raise ValidationError(_("只有投标人可以撤回投标"), code="owner")
        return str(self.cleaned_data["reason"])
