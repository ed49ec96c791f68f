"""What the opening of sealed bids takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from gongyue.kernel.fields import JudgementField, from_json
from gongyue.kernel.forms import ActionForm, NoteForm
from gongyue.tendering import sealing, staging, unsealing
from gongyue.tendering.models import (
    KeyHolder,
    Layer,
    Opening,
    Presence,
    SealedBid,
    SealedFile,
    holders,
    line_of,
    sealed_bids,
    waiting,
)
from gongyue.tendering.unsealing import Unsealed

from .common import FrozenField, personal, sealed, text

ITEMS_MOST = 5000
ITEM_MOST = staging.WRAP_MOST * 2
MINUTES_MOST = 2 * 24 * 60


class AttendForm(NoteForm):
    """opening.sign_in"""

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        mine = self.actor.organisation_id if self.actor else None
        if (
            isinstance(self.subject, Opening)
            and Presence.objects.filter(opening=self.subject, organisation=mine).exists()
        ):
            raise ValidationError(_("本单位已签到"), code="twice")
        return data


class HallWidget(forms.TextInput):
    """Keys are used in the hall, where the holder's browser takes the layers off."""

    template_name = "forms/to_hall.html"


@dataclass(frozen=True)
class Taken:
    """One layer taken off one bid's wrap, or (`inner` b"") the news that the key did not open it."""

    sealed: SealedBid
    wrap: str
    number: int
    inner: bytes

    @property
    def last(self) -> bool:
        return self.number == self.wrap.count("+") + 1


class Layers(list[Taken]):
    """What one holder hands over at once; the ledger holds how much it is, never what."""

    def ledger_value(self) -> dict[str, Any]:
        return {
            "bids": len({one.sealed.pk for one in self}), "keys": sum(bool(one.inner) and one.last for one in self),
            "failed": sorted({f"{one.sealed.pk} {one.wrap}" for one in self if not one.inner}),
        }  # fmt: skip


class LayersField(forms.CharField):
    """JSON of what the hall's script found: `[{"sealed": 1, "wrap": "agent+purchaser", "inner": "base64"}]`."""

    opaque = True
    strip = False

    def clean(self, value: Any) -> list[dict[str, Any]]:
        if isinstance(value, str):
            try:
                value = from_json(value or "[]")
            except ValueError:
                value = None
        sound = isinstance(value, list) and 0 < len(value) <= ITEMS_MOST and all(map(_shaped, value))
        if not sound:
            raise ValidationError(_("请在开标大厅使用钥匙"), code="hall")
        return list(value)


def _shaped(row: Any) -> bool:
    named = isinstance(row, dict) and set(row) == {"sealed", "wrap", "inner"}
    return named and type(row["sealed"]) is int and isinstance(row["wrap"], str) and isinstance(row["inner"], str)


class UnlockForm(ActionForm):
    """opening.unlock: layers that the actor's office took off with its key."""

    layers = LayersField(label=_("开标钥匙"), widget=HallWidget)

    def clean_layers(self) -> Layers:
        """Each is this holder's own next layer of a bid that waits; the last one is the bid's own key, or it failed."""
        opening, holder = self.subject, self._holder()
        if self.dossier is None or not isinstance(opening, Opening) or holder is None:
            raise ValidationError(_("本单位没有登记这次招标的开标钥匙"), code="holder")
        rows = {row.pk: row for row in waiting(sealed_bids(self.dossier, opening.tender)) if not row.identity}
        done = _done(list(rows))
        found = Layers()
        for row in self.cleaned_data["layers"]:
            sealed = rows.get(row["sealed"])
            if sealed is not None and (taken := _layer(sealed, row, holder.capacity, done)) is not None:
                found.append(taken)
        if not found:
            raise ValidationError(_("没有需要这把钥匙的投标文件：已由其他保管单位开启，或者还没有轮到"), code="nothing")
        return found

    def _holder(self) -> KeyHolder | None:
        if self.dossier is None or self.actor is None or not isinstance(self.subject, Opening):
            return None
        rows = holders(self.dossier, self.subject.tender)
        return next((row for row in rows if row.organisation_id == self.actor.organisation_id), None)


def _done(sealed: list[int]) -> dict[tuple[int, str], int]:
    """How many layers are off each wrap. One query."""
    done: dict[tuple[int, str], int] = {}
    rows = Layer.objects.filter(sealed__in=sealed, failed=False).values_list("sealed", "wrap", "taken")
    for pk, wrap, taken in rows:
        done[pk, wrap] = max(taken, done.get((pk, wrap), 0))
    return done


def _layer(sealed: SealedBid, row: dict[str, Any], capacity: str, done: dict[tuple[int, str], int]) -> Taken | None:
    """None: it is not this holder's turn with that wrap. What cannot be inside one counts as a layer that the key did
    not open: a bidder may have sealed just that, and nothing one of them hands in keeps the others' bids shut."""
    subset = row["wrap"].split("+")
    number = done.get((sealed.pk, row["wrap"]), 0) + 1
    if row["wrap"] not in sealed.upload.wraps or number > len(subset) or subset[number - 1] != capacity:
        return None
    if not row["inner"]:
        return Taken(sealed, row["wrap"], number, b"")
    try:
        inner = staging.unwrapped(row["inner"][:ITEM_MOST])
        if number == len(subset):
            sealing.identity_of(inner, sealed.upload.document["recipient"])
        elif not inner.startswith(sealing.AGE):
            raise staging.StagingError("layer")
    except (staging.StagingError, sealing.SealError):
        return Taken(sealed, row["wrap"], number, b"")
    return Taken(sealed, row["wrap"], number, inner)


class DecryptForm(ActionForm):
    """sealedbid.open"""

    out = FrozenField(label=_("解密结果"), required=False)

    def clean_out(self) -> Unsealed:
        """Read in the very transaction of the act."""
        out = self._read()
        if out.faults:
            raise ValidationError(_("这份投标解不出来，请办理“记录解密失败”"), code="faults")
        return out

    def _read(self) -> Unsealed:
        bid = self.subject
        assert isinstance(bid, SealedBid)
        if not bid.identity:
            raise ValidationError(_("钥匙还没有用够，解不开这份投标"), code="keys")
        return unsealing.unseal(bid, unsealing.by_key)


class FaultForm(DecryptForm):
    """sealedbid.fault"""

    def clean_out(self) -> Unsealed:
        out = self._read()
        if not out.faults:
            raise ValidationError(_("这份投标可以解密，没有失败"), code="sound")
        return out


class StandInForm(ActionForm):
    """sealedbid.stand_in: the bidder's own copy, uploaded beforehand in the hall."""

    out = FrozenField(label=_("自存副本"), required=False, widget=HallWidget)

    def clean_out(self) -> Unsealed:
        bid = self.subject
        assert isinstance(bid, SealedBid)
        if self.actor is None or bid.bid.organisation_id != self.actor.organisation_id:
            raise ValidationError(_("只有投标人可以提交自存副本"), code="owner")
        if not staging.complete(bid.upload, SealedFile.Kind.COPY):
            raise ValidationError(_("自存副本还没有传完，或者摘要与回执不符。请在开标大厅上传"), code="copy")
        out = unsealing.unseal(bid, unsealing.by_copy)
        if out.faults:
            raise ValidationError(_("自存副本读不出来：内容与回执不符"), code="copy")
        return out


class AskCopyForm(ActionForm):
    """sealedbid.ask_copy"""

    minutes = forms.IntegerField(
        label=_("给多少分钟提交"), min_value=1, max_value=MINUTES_MOST, initial=30,
        help_text=_("时间过了仍没有提交，才可以记明未能开启"),
    )  # fmt: skip


class LeaveForm(ActionForm):
    """sealedbid.leave"""

    reason = forms.CharField(
        label=_("未能开启的原因"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("写明试过哪些钥匙、结果如何；将写入开标记录并告知投标人"),
    )  # fmt: skip


class ReadForm(ActionForm):
    """opening.read"""

    record = sealed(FrozenField(label=_("开标记录"), required=False))  # as the opened bids say
    notes = personal(text(_("唱标情况"), rows=3, required=False, help_text=_("主持人、唱标人、记录人和现场情况")))

    def clean_record(self) -> list[dict[str, Any]]:
        if self.dossier is None or not isinstance(self.subject, Opening):
            return []
        tender = self.subject.tender
        return [line_of(row, ceiling_fen=tender.ceiling_fen) for row in sealed_bids(self.dossier, tender)]


class ConfirmOpeningForm(ActionForm):
    """sealedbid.confirm: the bidder's word on how the opening went."""

    agrees = JudgementField(label=_("对开标过程和记录"), choices=[("yes", _("没有疑义")), ("no", _("有疑义"))])
    doubt = personal(text(_("疑义"), rows=3, required=False))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        bid = self.subject
        if isinstance(bid, SealedBid) and self.actor and bid.bid.organisation_id != self.actor.organisation_id:
            self.add_error("agrees", ValidationError(_("只有投标人可以确认自己的投标"), code="owner"))
        opening = self.dossier.latest(Opening) if self.dossier else None
        if opening is not None and opening.state != Opening.State.READ:
            self.add_error("agrees", ValidationError(_("唱标之后、开标结束之前确认"), code="time"))
        if data.get("agrees") == "no" and not data.get("doubt"):
            self.add_error("doubt", ValidationError(_("请写明有什么疑义"), code="required"))
        if data.get("agrees") == "yes":
            data["doubt"] = ""
        return data


class CloseForm(ActionForm):
    """opening.close"""

    handled = personal(
        text(_("疑义的处理"), rows=3, required=False, help_text=_("有投标人提出疑义的，写明怎样处理；没有的不填"))
    )

    def clean_handled(self) -> str:
        opening, dossier = self.subject, self.dossier
        rows = sealed_bids(dossier, opening.tender) if dossier and isinstance(opening, Opening) else []
        if any(row.doubt for row in rows) and not self.cleaned_data["handled"]:
            raise ValidationError(_("有投标人提出疑义，请写明怎样处理"), code="required")
        return str(self.cleaned_data["handled"])
