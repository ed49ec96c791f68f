"""What a bid is made of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import MoneyField
from gongyue.kernel.forms import ActionForm, ReasonForm
from gongyue.parties.profile import ProviderProfile
from gongyue.parties.snapshot import snapshot
from gongyue.tendering import sealing, staging
from gongyue.tendering.models import Bid, SealedUpload, Tender, latest_trace

from .common import FrozenField, sealed, text

PLAIN = ("price", "plan", "fund_rules", "profile", "snapshot")  # what a sealed call takes in sealed form only


class UploadWidget(forms.TextInput):
    """Seals in the browser, uploads piece by piece, and puts in this input what it was uploaded as."""

    template_name = "forms/sealed_bid.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        lock = self.tender.lock if self.tender is not None else ""
        digest = sealing.digest(lock.encode())
        context["widget"] |= {"tender": self.tender, "digest": digest, "introduction": self.introduction()}
        return context

    tender: Tender | None = None
    introduction: Callable[[], str] = str


class UploadField(forms.CharField):
    """The token of an upload."""

    opaque = True


class Handed:
    """An upload as the ledger names it: by the digests of receipt and lock, and of the profile sealed with it."""

    def __init__(self, upload: SealedUpload) -> None:
        self.upload = upload

    def ledger_value(self) -> dict[str, Any]:
        document = self.upload.document
        return {
            "receipt": sealing.digest(self.upload.receipt.encode()), "lock": document["lock"],
            "parts": len(document["parts"]), "bytes": sum(part["size"] for part in document["parts"]),
            "snapshot": self.upload.snapshot,
        }  # fmt: skip


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
    upload = UploadField(label=_("密封的投标文件"), max_length=32, widget=UploadWidget)
    truthful = forms.BooleanField(label=_("本机构承诺所提供的材料真实，接受招标方审查"))

    def prepare(self) -> None:
        """A call takes bids either sealed or in the other way, never both."""
        self.initial["profile"] = self._introduction  # asked for when it is drawn
        bid = self.subject
        for name in PLAIN if isinstance(bid, Bid) and bid.tender.sealed else ("upload",):
            del self.fields[name]
        if "upload" in self.fields:
            widget = self.fields["upload"].widget
            assert isinstance(widget, UploadWidget) and isinstance(bid, Bid)
            widget.tender, widget.introduction = bid.tender, self._introduction
            if self.dossier is not None and bid.tender.deadline_passed(self.dossier.at):
                for name in ("upload", "truthful"):  # too late, whatever is missing: the rule says so, and it is kept
                    self.fields[name].required = False

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

    def clean_upload(self) -> Handed | None:
        """Whole, of this organisation and this call, with the profile that stands on record now."""
        bid, dossier = self.subject, self.dossier
        if not isinstance(bid, Bid) or dossier is None:
            return None
        rows = SealedUpload.objects.filter(token=self.cleaned_data["upload"], tender=bid.tender_id, accepted=None)
        upload = rows.filter(post__organisation=bid.organisation_id).select_related("tender", "post").first()
        if bid.tender.deadline_passed(dossier.at) and (upload is None or not staging.complete(upload)):
            return None
        if upload is None or not staging.complete(upload):
            raise ValidationError(_("投标文件还没有封装上传完"), code="upload")
        if upload.document["lock"] != sealing.digest(bid.tender.lock.encode()):
            raise ValidationError(_("密封所用的锁与招标公告不符，请重新封装"), code="lock")
        if upload.snapshot != sealing.digest(staging.profile(upload)):
            raise ValidationError(_("封装之后机构档案有改动，请重新封装"), code="profile")
        return Handed(upload)

    def clean(self) -> dict[str, Any]:
        """A call that has failed since the page was opened takes no more bids; nor one whose clock has gone back."""
        data = super().clean() or self.cleaned_data
        data |= {name: None for name in SubmitBidForm.base_fields if name not in self.fields}
        if "upload" in self.fields and any(self.data.get(name) for name in PLAIN):
            words = _("本次招标只收密封的投标文件：报价等内容不得以明文提交")
            self.add_error("upload", ValidationError(words, code="plain"))
        bid = self.subject
        if self.dossier is not None and isinstance(bid, Bid):
            tender = self.dossier.latest(Tender)
            if tender is None or tender.pk != bid.tender_id or not tender.calling:
                self._object(ValidationError(_("本次招标已不接受投标"), code="closed"))
            elif (error := _clock_back(tender, self.dossier.at)) is not None:
                self._object(error)
        return data

    def _object(self, error: ValidationError) -> None:
        self.add_error("upload" if "upload" in self.fields else "price", error)


def _clock_back(tender: Tender, at: datetime) -> ValidationError | None:
    """Whether the clock stands before what is on record of this call: whoever was told that it is too late is not taken
    because the clock was moved."""
    last = latest_trace(tender)
    if last is None or at >= last:
        return None
    words = _("系统时钟早于已经记录的上传或者被拒的时间，不能确定是否在截止之前。请联系系统管理人员校准时钟")
    return ValidationError(words, code="clock")


class WithdrawForm(ReasonForm):
    """bid.withdraw"""

    def clean_reason(self) -> str:
        """Once opened a bid has no owner in the kernel's sense; it stays its organisation's to withdraw."""
        bid, actor = self.subject, self.actor
        if isinstance(bid, Bid) and actor is not None and bid.organisation_id != actor.organisation_id:
            raise ValidationError(_("只有投标人可以撤回投标"), code="owner")
        at = self.dossier.at if self.dossier is not None else None
        error = _clock_back(bid.tender, at) if isinstance(bid, Bid) and at is not None else None
        if error is not None:
            raise error
        return str(self.cleaned_data["reason"])


class ExceedForm(ReasonForm):
    """bid.exceed"""

    def clean_reason(self) -> str:
        bid = self.subject
        if isinstance(bid, Bid) and (bid.price_fen is None or bid.price_fen <= bid.tender.ceiling_fen):
            raise ValidationError(_("这份投标的报价没有超过最高限价，或者还没有解密"), code="within")
        return str(self.cleaned_data["reason"])
