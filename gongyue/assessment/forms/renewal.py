"""What the second-year agreement takes."""

from __future__ import annotations

from typing import cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.forms import TERMS, DraftForm
from gongyue.contracts.models import Contract


class RenewForm(DraftForm):
    """contract.renew: the terms of the year that ends, with days, sums and number of their own."""

    def prepare(self) -> None:
        contract = cast(Contract, self.subject)
        self.further()
        for name in TERMS:
            self.initial[name] = getattr(contract, name)
        self.initial["amount"] = contract.amount_fen

    def clean_number(self) -> str:
        number = str(self.cleaned_data["number"])
        if self.actor and Contract.objects.filter(purchaser=self.actor.organisation_id, number=number).exists():
            raise ValidationError(_("本单位已有同一编号的合同"), code="taken")
        return number

    @property
    def before(self) -> Contract | None:
        return self.contract
