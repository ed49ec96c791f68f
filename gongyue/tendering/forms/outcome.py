"""What opening, settling a tie and awarding take."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.asking import narrow
from gongyue.kernel.fields import MoneyField
from gongyue.kernel.forms import ActionForm, NoteForm
from gongyue.tendering.methods import TALKED
from gongyue.tendering.models import Ranking, Tender

from .common import personal, text


class OpenForm(ActionForm):
    """tender.open"""

    attendance = personal(text(_("到场人员")))


class AwardForm(NoteForm):
    """tender.award. Where several may win: how many of the order of the review. What that comes to is computed, and so
    is what the notice says of who was chosen."""

    places = forms.IntegerField(
        label=_("入选家数"), min_value=1, max_value=500, help_text=_("从评审排名第一的起依次入选，不能跳过")
    )
    ranked = forms.IntegerField(required=False, widget=forms.HiddenInput, label=_("评审排名的家数"))
    total_fen = forms.IntegerField(required=False, widget=forms.HiddenInput, label=_("入选各家报价合计（分）"))
    chosen = forms.CharField(required=False, widget=forms.HiddenInput, label=_("入选单位"))
    cut_tied = forms.NullBooleanField(required=False, widget=forms.HiddenInput, label=_("最后入选的与落选的是否并列"))

    results_weighed = text(
        _("以往绩效评价结果的参考情况"), rows=2, required=False, help_text=_("有评价结果的写明怎样参考")
    )

    def prepare(self) -> None:
        """One winner needs no number of places."""
        narrow(self, "tender.award", beside={"results_weighed": "input.results_weighed"}, free=["results_weighed"])
        if not cast(Tender, self.subject).several:
            for name in ("places", "ranked", "total_fen", "cut_tied"):
                del self.fields[name]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        tender, places = cast(Tender, self.subject), data.get("places")
        rows = list(tender.rankings.filter(fallen_at=None).select_related("bid__organisation"))
        data["chosen"] = "；".join(line(row, tender) for row in rows[: places or 1])
        if places is None:
            return data
        if places > len(rows):
            told = {"n": len(rows)}
            self.add_error("places", ValidationError(_("评审排名的只有 %(n)s 家"), code="many", params=told))
            return data
        data["ranked"], data["total_fen"] = len(rows), sum(row.bid.price for row in rows[:places])
        data["cut_tied"] = places < len(rows) and rows[places - 1].rank == rows[places].rank
        return data


def line(row: Ranking, tender: Tender) -> str:
    """As the notice has one of those chosen: its place where there are several, and its price in yuan."""
    place = f"{row.rank}. " if tender.several else ""
    return f"{place}{row.bid.organisation}（{MoneyField().prepare_value(row.bid.price)} 元）"


class DrawForm(ActionForm):
    """tender.draw: who comes first of those that share the first place."""

    settled = forms.ChoiceField(
        label=_("定序方式"), choices=(),
        help_text=_("招标文件写明方式的按其方式；没有写明的，随机抽取"),
    )  # fmt: skip
    first = forms.TypedChoiceField(label=_("定为第一名的投标"), choices=[], coerce=int)
    first.opaque = True  # type: ignore[attr-defined]
    basis = text(_("依据和经过"), help_text=_("写明招标文件的规定，或者抽取的时间、地点、方法和结果"))
    attendance = personal(text(_("在场人员")))

    def prepare(self) -> None:
        tender = self.subject
        first: forms.TypedChoiceField = self.fields["first"]  # type: ignore[assignment]
        settled: forms.ChoiceField = self.fields["settled"]  # type: ignore[assignment]
        talked = isinstance(tender, Tender) and tender.way in TALKED
        other = Tender.TieSettled.GROUP if talked else Tender.TieSettled.LOT
        settled.choices = [(one.value, one.label) for one in (Tender.TieSettled.DOCUMENTS, other)]
        if talked:
            settled.help_text = _("采购文件写明方式的按其方式；没有写明的，由小组说明理由")
            first.label = _("定为第一名的供应商")
            self.fields["basis"].help_text = _("写明采购文件的规定，或者小组认定的理由")
        first.choices = lambda: _tied(tender) if isinstance(tender, Tender) else []  # asked for when it is drawn


def _tied(tender: Tender) -> list[tuple[int, str]]:
    """The bids that share the first place, or after a fallen award the best that still stands."""
    return [(row.bid_id, str(row.bid)) for row in tender.leading]
