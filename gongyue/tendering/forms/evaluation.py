"""What is asked of bidders while their bids are evaluated, and what voids a bid."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DocumentField, MoneyField, RowsField
from gongyue.kernel.forms import ActionForm
from gongyue.tendering.models import Bid
from gongyue.tendering.models.evaluation import Correction, low_marks
from gongyue.tendering.pricing import Priced, Quoted, corrected

from .common import sealed, text

MINUTES_MOST = 2 * 24 * 60


class PriceRow(forms.Form):
    """One line of the bid's price table."""

    item = forms.CharField(label=_("分项"), max_length=60)
    quantity = forms.IntegerField(label=_("数量"), min_value=1, max_value=1_000_000)
    unit = MoneyField(label=_("单价"))
    misplaced = forms.BooleanField(label=_("小数点明显错位"), required=False)


def shown_yuan(fen: int) -> str:
    return f"{fen // 100:,}.{fen % 100:02d}"


class CorrectionForm(ActionForm):
    """correction.ask: the price as the bid states it in its several places; the corrected one follows from them."""

    words = sealed(MoneyField(label=_("开标一览表的大写金额"), required=False))
    body = sealed(MoneyField(label=_("投标文件其他处的总价"), required=False, help_text=_("与开标一览表一致的不填")))
    lines = sealed(RowsField(PriceRow, label=_("分项报价"), least=0, most=50))
    paper = DocumentField(label=_("投标文件中前后不一致的页"), restricted=True)
    reason = text(_("修正说明"), help_text=_("写明哪里不一致；修正按规定的顺序自动计算，经投标人确认后才有约束力"))
    price = sealed(forms.IntegerField(required=False, widget=forms.HiddenInput, label=_("修正后报价")))
    steps = sealed(forms.Field(required=False, widget=forms.HiddenInput, label=_("所用的修正规则")))

    def prepare(self) -> None:
        if isinstance(self.subject, Correction):
            price = shown_yuan(self.subject.bid.price)
            words = _("开标一览表的小写金额是 %(price)s 元；没有写大写金额的不填")
            self.fields["words"].help_text = words % {"price": price}

    def clean_lines(self) -> list[dict[str, Any]]:
        rows: list[dict[str, Any]] = self.cleaned_data["lines"]
        if sum(row["misplaced"] for row in rows) > 1:
            raise ValidationError(_("小数点明显错位的只能有一项"), code="misplaced")
        return rows

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        matter = self.subject
        if self.errors or not isinstance(matter, Correction):
            return data
        rows = data.get("lines") or []
        lines = tuple(Priced(row["quantity"], row["unit"]) for row in rows)
        misplaced = next((place for place, row in enumerate(rows) if row["misplaced"]), None)
        quoted = Quoted(matter.bid.price, data.get("words"), data.get("body"), lines, misplaced)
        try:
            found = corrected(quoted)
        except ValueError:
            words = _("移动这一项单价的小数点也得不出总价，不属于明显错位：请取消勾选，按单价汇总修正")
            self.add_error("lines", ValidationError(words, code="misplaced"))
            return data
        if not found.steps:
            self.add_error(None, ValidationError(_("报价前后一致，没有要修正的"), code="same"))
        data["price"], data["steps"] = found.price_fen, list(found.steps)
        return data


class ConfirmForm(ActionForm):
    """correction.confirm: nothing to fill in but the bidder's word."""

    confirmed = forms.BooleanField(label=_("本单位确认按修正后的报价投标"))


class RefuseForm(ActionForm):
    """correction.refuse"""

    reason = text(_("不确认的理由"), help_text=_("不确认修正后报价的，投标无效"))


class ExplainAskForm(ActionForm):
    """explanation.ask"""

    reason = text(_("要求说明的理由"), help_text=_("写明报价低在哪里，为什么可能影响质量或者履约"))
    minutes = forms.IntegerField(label=_("给多少分钟说明"), min_value=1, max_value=MINUTES_MOST, initial=30)
    marks = forms.Field(required=False, widget=forms.HiddenInput, label=_("低于哪些标准"))
    marks.opaque = True  # type: ignore[attr-defined]

    def clean_marks(self) -> list[str]:
        """Not asked: what the figures say on this day."""
        bid = getattr(self.subject, "bid", None)
        return list(low_marks(self.dossier, bid)) if self.dossier is not None and bid is not None else []


class ExplainForm(ActionForm):
    """explanation.give"""

    text = sealed(text(_("说明"), rows=6, help_text=_("逐项说明成本构成和报价依据")))
    paper = DocumentField(label=_("证明材料"), required=False, restricted=True)


class AcceptForm(ActionForm):
    """explanation.accept"""

    finding = text(_("认定意见"), help_text=_("写明依据哪些材料认定报价合理"))


class InvalidateForm(ActionForm):
    """bid.invalidate: on which of the grounds of law, and why."""

    ground = forms.ChoiceField(
        label=_("投标无效的情形"), choices=[one for one in Bid.Ground.choices if one[0] not in Bid.FOUND_AT_OPENING]
    )
    others = sealed(
        forms.CharField(
            label=_("涉及的其他投标人"), max_length=300, required=False,
            help_text=_("视为串通投标的，写明与哪一家；其他情形不填"),
        )
    )  # fmt: skip
    reason = text(_("认定的事实和理由"), help_text=_("疑点只是线索：写明由哪些材料可以认定，将告知投标人"))
    dissent = sealed(text(_("不同意见"), required=False, help_text=_("评标委员会成员有不同意见的，写明意见和理由")))
    paper = DocumentField(label=_("证明材料"), required=False, restricted=True)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        colluded = data.get("ground", "") in Bid.COLLUSION
        if colluded and not data.get("others"):
            self.add_error("others", ValidationError(_("请写明与哪一家投标人"), code="required"))
        if not colluded:
            data["others"] = ""
        return data
