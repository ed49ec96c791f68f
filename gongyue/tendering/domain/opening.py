"""开标大厅: keys, decryption, reading out, confirmation. Every step is an act of its own: what has been done stays done
when a machine, a browser or a line fails in between."""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime, timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.utils.translation import gettext_lazy as _

from gongyue.kernel import storage
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.tendering.facts import OpeningGate, SealedGate
from gongyue.tendering.forms import (
    AskCopyForm,
    AttendForm,
    CloseForm,
    ConfirmOpeningForm,
    DecryptForm,
    FaultForm,
    LeaveForm,
    ReadForm,
    StandInForm,
    UnlockForm,
)
from gongyue.tendering.forms.opening import Layers
from gongyue.tendering.models import Bid, BidPaper, Layer, Opening, Presence, SealedBid, holders
from gongyue.tendering.unsealing import Unsealed

Hall, State = Opening.State, SealedBid.State


@action("opening.sign_in", Opening, reaches=None, sources=[Hall.BEGUN, Hall.READ], label=_("开标签到"), form=AttendForm,
        facts=OpeningGate)  # fmt: skip
def sign_in(opening: Opening, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> None:
    """Say that one is there."""
    _present(opening, actor, at)


def _present(opening: Opening, actor: Post, at: datetime) -> None:
    Presence.objects.get_or_create(opening=opening, organisation=actor.organisation, defaults={"post": actor, "at": at})


@action("opening.unlock", Opening, reaches=None, sources=[Hall.BEGUN], label=_("使用开标钥匙"), form=UnlockForm,
        facts=OpeningGate)  # fmt: skip
def unlock(opening: Opening, *, at: datetime, actor: Post, dossier: Dossier, layers: Layers) -> None:
    """Keep the layers a holder took off. The last layer of a wrap gives the bid's own key, which was checked."""
    held = holders(dossier, opening.tender)
    holder = next(row for row in held if row.organisation_id == actor.organisation_id)
    _present(opening, actor, at)
    for one in layers:
        Layer.objects.update_or_create(
            sealed=one.sealed, wrap=one.wrap, taken=one.number,
            defaults={"holder": holder, "inner": b64encode(one.inner).decode(), "failed": not one.inner, "at": at},
        )  # fmt: skip
        if one.last and one.inner:
            SealedBid.objects.filter(pk=one.sealed.pk).update(identity=one.inner.decode())


@action("sealedbid.open", SealedBid, reaches=State.OPENED, label=_("解密投标文件"), form=DecryptForm,
        facts=SealedGate)  # fmt: skip
def decrypt(sealed: SealedBid, *, at: datetime, actor: Post, dossier: Dossier, out: Unsealed) -> None:
    """Take over what came out."""
    _take_over(sealed, out, SealedBid.How.KEYS, at)


@action("sealedbid.fault", SealedBid, reaches=None, sources=[State.SEALED], label=_("记录解密失败"), form=FaultForm,
        facts=SealedGate)  # fmt: skip
def fault(sealed: SealedBid, *, at: datetime, actor: Post, dossier: Dossier, out: Unsealed) -> None:
    """Record that what the keys open is not what was sealed, part by part; the other bids go on."""
    sealed.faults = [[one.part, one.trouble] for one in out.faults]


@action("sealedbid.stand_in", SealedBid, reaches=State.OPENED, sources=[State.SEALED], label=_("提交自存副本"),
        form=StandInForm, facts=SealedGate)  # fmt: skip
def stand_in(sealed: SealedBid, *, at: datetime, actor: Post, dossier: Dossier, out: Unsealed) -> None:
    """The bidder's own copy in place of what the keys do not open; its digests are those of the receipt."""
    _take_over(sealed, out, SealedBid.How.COPY, at)


def _take_over(sealed: SealedBid, out: Unsealed, how: str, at: datetime) -> None:
    bid = sealed.bid
    bid.price_fen, bid.snapshot, bid.unread = out.price_fen, out.snapshot, False
    bid.plan, bid.fund_rules, bid.profile = out.texts["plan"], out.texts["fund_rules"], out.texts["profile"]
    bid.save(update_fields=["price_fen", "snapshot", "unread", "plan", "fund_rules", "profile"])
    for part in out.papers:
        kept = storage.keep(ContentFile(part.content, name=part.name or part.part))
        BidPaper.objects.create(bid=bid, part=part.part, name=kept.name, size=kept.size, sha256=kept.sha256)
    sealed.opened_at, sealed.opened_how, sealed.faults = at, how, []


@action("sealedbid.ask_copy", SealedBid, reaches=None, sources=[State.SEALED], label=_("请投标人提交自存副本"),
        form=AskCopyForm, facts=SealedGate)  # fmt: skip
def ask_copy(sealed: SealedBid, *, at: datetime, actor: Post, dossier: Dossier, minutes: int) -> None:
    """The holders' keys do not open it: its bidder is asked for its own copy, and told until when."""
    sealed.copy_due_at = at + timedelta(minutes=minutes)


@action("sealedbid.leave", SealedBid, reaches=State.UNOPENED, sources=[State.SEALED], label=_("记明未能开启"),
        form=LeaveForm, facts=SealedGate)  # fmt: skip
def leave(sealed: SealedBid, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Neither keys nor a copy open it: it is recorded so, with the reason, and is not evaluated."""
    sealed.left_reason = reason
    bid = sealed.bid
    bid.ground, bid.ground_reason, bid.invalid_at = Bid.Ground.UNOPENED, reason, at
    bid.save(update_fields=["ground", "ground_reason", "invalid_at"])


@action("opening.read", Opening, reaches=Hall.READ, label=_("唱标"), form=ReadForm, facts=OpeningGate)
def read(
    opening: Opening, *, at: datetime, actor: Post, dossier: Dossier, record: list[dict[str, Any]], notes: str
) -> None:
    """Read out who bids at what price, once every bid is opened or left."""
    opening.record, opening.notes, opening.read_at = record, notes, at


@action("sealedbid.confirm", SealedBid, reaches=None, sources=[State.OPENED, State.UNOPENED],
        label=_("确认开标记录"), form=ConfirmOpeningForm, facts=SealedGate)  # fmt: skip
def confirm(sealed: SealedBid, *, at: datetime, actor: Post, dossier: Dossier, agrees: str, doubt: str) -> None:
    """The bidder has no doubt about the opening and its record, or says which."""
    sealed.confirmed_at, sealed.confirmed_by, sealed.doubt = at, actor, doubt


@action("opening.close", Opening, reaches=Hall.CLOSED, label=_("结束开标"), form=CloseForm, facts=OpeningGate)
def close(opening: Opening, *, at: datetime, actor: Post, dossier: Dossier, handled: str) -> None:
    """The record goes to the file, with what was done about doubts."""
    opening.handled, opening.closed_at = handled, at
