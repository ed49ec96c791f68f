"""What opening and settling a tie takes."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.forms import ActionForm
from gongyue.tendering.models import Tender

from .common import personal, text


class OpenForm(ActionForm):
    """tender.open"""

    attendance = personal(text(_("到场人员")))


class DrawForm(ActionForm):
    """tender.draw: who comes first of those that share the first place."""

    settled = forms.ChoiceField(
        label=_("定序方式"), choices=Tender.TieSettled.choices,
        help_text=_("招标文件写明方式的按其方式；没有写明的，随机抽取"),
    )  # fmt: skip
    first = forms.TypedChoiceField(label=_("定为第一名的投标"), choices=[], coerce=int)
    first.opaque = True  # type: ignore[attr-defined]
    basis = text(_("依据和经过"), help_text=_("写明招标文件的规定，或者抽取的时间、地点、方法和结果"))
    attendance = personal(text(_("在场人员")))

    def prepare(self) -> None:
        tender = self.subject
        first: forms.TypedChoiceField = self.fields["first"]  # type: ignore[assignment]
        first.choices = lambda: _tied(tender) if isinstance(tender, Tender) else []  # asked for when it is drawn


def _tied(tender: Tender) -> list[tuple[int, str]]:
    """The bids that share the first place."""
    rows = tender.rankings.filter(rank=1).select_related("bid__organisation")
    return [(row.bid_id, str(row.bid)) for row in rows]
