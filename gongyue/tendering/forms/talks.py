"""What a negotiation, a consultation and an agreement with one provider take."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import DayField, DocumentField, MomentField, MoneyField, RowsField
from gongyue.kernel.forms import ActionForm, ReasonForm
from gongyue.tendering.methods import Way
from gongyue.tendering.models import Bid, Factor, FinalOffer, Tender

from .common import personal, sealed, text
from .documents import DraftTenderForm, PublishForm
from .factors import FactorRow

TENDERS_ONLY: dict[str, Any] = {
    "review_method": Tender.Review.COMPREHENSIVE.value, "floor": None, "raise_average": None, "raise_second": None,
    "raise_ceiling": None,
}  # fmt: skip
ONE_ONLY: dict[str, Any] = {  # where one provider is agreed with, nobody scores, compares or joins
    "factors": [], "conditions_reason": "", "fixed_price": False, "changeable": "", "joint": Tender.Joint.SILENT.value,
}  # fmt: skip


class PrepareForm(DraftTenderForm):
    """tender.prepare: the documents of a method that is no tender. Factors only where somebody scores."""

    contents = None  # article 20 is about tenders
    title = forms.CharField(label=_("采购项目名称"), max_length=120)
    factors = RowsField(
        FactorRow, label=_("评审因素"), least=0, most=30,
        help_text=_("竞争性磋商、公益创投填写；竞争性谈判按最后报价，不填"),
    )  # fmt: skip

    def prepare(self) -> None:
        super().prepare()
        for name in TENDERS_ONLY | (ONE_ONLY if self._alone else {}):
            del self.fields[name]

    @property
    def _alone(self) -> bool:
        return isinstance(self.subject, Tender) and self.subject.alone

    def clean_factors(self) -> list[Factor]:
        return super().clean_factors() if self.cleaned_data["factors"] else []

    def clean(self) -> dict[str, Any]:
        """What this method does not ask for is as nobody chose it."""
        data = super().clean() or self.cleaned_data
        return data | {name: value for name, value in (TENDERS_ONLY | ONE_ONLY).items() if name not in self.fields}


class CallForm(PublishForm):
    """tender.call"""

    bids_due_at = MomentField(label=_("提交响应文件截止时间"))
    opening_place = forms.CharField(label=_("提交地点"), max_length=120)


class ResponsesForm(ActionForm):
    """tender.receive"""

    attendance = personal(forms.CharField(label=_("到场人员"), max_length=500))


class TalkForm(ActionForm):
    """talk.record: what was said with one supplier stays between it and the group."""

    content = sealed(text(_("谈判（磋商）情况"), rows=6))
    paper = DocumentField(label=_("签字记录"), required=False, restricted=True)


class VariationForm(ActionForm):
    """variation.issue"""

    text = text(_("变动内容"), help_text=_("写明原来的内容和变动以后的内容；同时通知所有参加的供应商"))
    confirmed = forms.BooleanField(label=_("采购人代表已经确认"), required=False)


TALKING = frozenset({Tender.State.OPENED, Tender.State.NEGOTIATED})


def _bound(bid: Bid) -> bool:
    """Whether a supplier can leave no more."""
    return bid.tender.state not in TALKING or FinalOffer.objects.filter(bid=bid).exists()


class QuitForm(ReasonForm):
    """bid.quit"""

    def clean_reason(self) -> str:
        bid, actor = self.subject, self.actor
        if isinstance(bid, Bid) and actor is not None and bid.organisation_id != actor.organisation_id:
            raise ValidationError(_("只有供应商自己可以退出"), code="owner")
        if isinstance(bid, Bid) and bid.tender.way == Way.CONSULTATION and _bound(bid):  # not all articles are loaded
            raise ValidationError(_("磋商中只能在提交最后报价以前退出"), code="offered")
        return str(self.cleaned_data["reason"])


class ConcludeForm(ActionForm):
    """tender.conclude"""

    offers_due_at = MomentField(label=_("最后报价截止时间"))
    representatives = forms.IntegerField(
        label=_("没有登记席位的采购人代表人数"), min_value=0, max_value=20, initial=0,
        help_text=_("已经登记席位的成员另计"),
    )  # fmt: skip
    opinion = text(_("谈判（磋商）小组的意见"), required=False, rows=3)

    def clean_offers_due_at(self) -> datetime:
        due: datetime = self.cleaned_data["offers_due_at"]
        if self.dossier is not None and due <= self.dossier.at:
            raise ValidationError(_("最后报价截止时间须晚于现在"), code="past")
        return due


class OfferForm(ActionForm):
    """finaloffer.submit"""

    price = sealed(MoneyField(label=_("最后报价")))
    terms = sealed(text(_("随报价承诺的内容"), required=False, rows=3))

    def clean_price(self) -> int:
        price: int = self.cleaned_data["price"]
        bid = getattr(self.subject, "bid", None)
        if isinstance(bid, Bid) and price > bid.tender.ceiling_fen:
            raise ValidationError(_("报价高于采购文件的最高限价"), code="ceiling")
        return price


class RecommendForm(ActionForm):
    """tender.recommend"""

    report = text(_("评审报告"), help_text=_("评审情况、推荐的候选人和理由；小组成员有不同意见的一并写明"))
    paper = DocumentField(label=_("签字的评审报告"), required=False, restricted=True)


class PersonRow(forms.Form):
    """One of the people who agreed on the price."""

    name = forms.CharField(label=_("姓名"), max_length=60)
    employer = forms.CharField(label=_("工作单位"), max_length=120)


class PeopleField(RowsField):
    """They are named: the ledger keeps a commitment only."""

    personal = True


class SettleForm(ActionForm):
    """tender.settle: the record of agreeing with the one provider."""

    held_on = DayField(label=_("协商日期"), past=True)
    people = PeopleField(PersonRow, label=_("采购人员"), most=20)
    costs = text(_("成本和同类合同价格的说明"))
    price_fen = MoneyField(label=_("商定的成交价格"))
    record = text(_("合同主要条款及价格商定情况"), rows=6)
    paper = DocumentField(label=_("签字的协商情况记录"), required=False, restricted=True)
