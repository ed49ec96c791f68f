"""What taking back one of several awards takes."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.contracts.models import Contract
from gongyue.kernel.forms import ReasonForm
from gongyue.tendering.forms.common import text
from gongyue.tendering.forms.outcome import line
from gongyue.tendering.models import Bid, Ranking, Tender


class GiveUpForm(ReasonForm):
    """tender.give_up: who refuses, and whether the next in the order of the review takes its place. Who has signed, and
    what the award then comes to, is computed."""

    refuser = forms.TypedChoiceField(label=_("拒绝签订合同的单位"), choices=[], coerce=int)
    refuser.opaque = True  # type: ignore[attr-defined]
    place = forms.ChoiceField(
        label=_("空出的名额"),
        choices=[("next", _("由评审排名的下一候选人递补")), ("empty", _("不递补，名额空缺"))],
    )  # fmt: skip
    refusal = text(_("拒绝签订的经过"), rows=3, help_text=_("写明何时、以何种方式表示，有何凭据"))
    signed = forms.NullBooleanField(required=False, widget=forms.HiddenInput, label=_("该单位是否已经签订合同"))
    others_signed = forms.IntegerField(
        required=False, widget=forms.HiddenInput, label=_("其他入选单位中已经签订合同的家数")
    )
    next_tied = forms.NullBooleanField(required=False, widget=forms.HiddenInput, label=_("下一候选人是否并列"))
    places = forms.IntegerField(required=False, widget=forms.HiddenInput, label=_("取消以后的入选家数"))
    total_fen = forms.IntegerField(required=False, widget=forms.HiddenInput, label=_("取消以后入选各家报价合计（分）"))
    chosen = forms.CharField(required=False, widget=forms.HiddenInput, label=_("取消以后的入选单位"))

    field_order = ("refuser", "place", "refusal", "reason")

    @property
    def tender(self) -> Tender:
        return cast(Tender, self.subject)

    def prepare(self) -> None:
        refuser: forms.TypedChoiceField = self.fields["refuser"]  # type: ignore[assignment]
        refuser.choices = lambda: [(bid.pk, str(bid)) for bid in self._won]  # asked for when it is drawn

    @property
    def _won(self) -> list[Bid]:
        return self.tender.winners if self.tender.pk else []

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        bid = next((one for one in self._won if one.pk == data.get("refuser")), None)
        if bid is None or self.dossier is None:
            return data
        rows = [row for row in self._standing() if row.bid_id != bid.pk]
        others = [row for row in rows if not row.chosen]
        refill = data.get("place") == "next"
        left = [row for row in rows if row.chosen] + (others[:1] if refill else [])
        if not left and not refill:
            error = _("只有这一家入选，名额不能空缺；没有候选人递补的，请重新采购")
            self.add_error("place", ValidationError(error, code="nobody"))
        signed = self._signed()
        data["signed"] = bid.organisation_id in signed
        data["others_signed"] = len(signed - {bid.organisation_id})
        data["next_tied"] = refill and len(others) > 1 and others[0].rank == others[1].rank
        data["places"], data["total_fen"] = len(left), sum(row.bid.price for row in left)
        data["chosen"] = "；".join(line(row, self.tender) for row in left)
        return data

    def _standing(self) -> list[Ranking]:
        return list(self.tender.rankings.filter(fallen_at=None).select_related("bid__organisation"))

    def _signed(self) -> set[int | None]:
        """Whose contract of this call was signed."""
        found = self.dossier.all(Contract) if self.dossier is not None else []
        return {one.provider_id for one in found if one.tender_id == self.tender.pk and one.signed_on is not None}
