"""密封: who holds the keys, and the lock that a call's bids are sealed for."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.tendering.facts import IssueGate, KeyGate
from gongyue.tendering.forms import LoseKeyForm, SealTenderForm, TakeKeyForm, UnsealTenderForm
from gongyue.tendering.forms.sealing import Lock
from gongyue.tendering.methods import TENDERED
from gongyue.tendering.models import KeyHolder, Tender

State, Key = Tender.State, KeyHolder.State
PREPARED = [State.DRAFTED, State.BRIEFED, State.INVITED]


@action("keyholder.take", KeyHolder, reaches=Key.HELD, label=_("登记开标钥匙"), form=TakeKeyForm, facts=KeyGate)
def take(
    holder: KeyHolder, *, at: datetime, actor: Post, dossier: Dossier, recipient: str, kept: bool, capacity: str
) -> None:
    """Put the public half of an office's key on record. A lock that was set without it has to be set again."""
    holder.organisation, holder.post, holder.capacity = actor.organisation, actor, capacity
    holder.recipient, holder.taken_at = recipient, at
    _unlocked(holder.tender)


@action("keyholder.lose", KeyHolder, reaches=Key.LOST, sources=[Key.HELD], label=_("报失开标钥匙"), form=LoseKeyForm,
        facts=KeyGate)  # fmt: skip
def lose(holder: KeyHolder, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Say that a key is gone. Before the call is issued the lock is set anew; after it the other keys must do."""
    holder.lost_at, holder.lost_reason = at, reason
    _unlocked(holder.tender)


def _unlocked(tender: Tender) -> None:
    """A lock not yet issued no longer fits who holds the keys."""
    if tender.state in PREPARED and tender.lock:
        tender.lock = ""
        tender.save(update_fields=["lock"])


@action("tender.seal", Tender, reaches=None, sources=PREPARED, label=_("设定密封锁"), form=SealTenderForm,
        facts=IssueGate, section="opening", variants=TENDERED)  # fmt: skip
def seal(
    tender: Tender,
    *,
    at: datetime,
    actor: Post,
    dossier: Dossier,
    threshold: int,
    own_copy: bool,
    spare: int,
    lock: Lock,
) -> None:
    """From the keys on record: whose keys open the bids and how many of them. Its digest stands in the notice. Of
    tenders only: what opens in the hall is read out to all who bid (Order 87, article 41), and of talks nothing is."""
    tender.lock, tender.own_copy = lock.text, own_copy


@action("tender.on_paper", Tender, reaches=None, sources=PREPARED, label=_("改为纸质密封"), form=UnsealTenderForm,
        facts=IssueGate, section="opening")  # fmt: skip
def on_paper(tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """Take the lock off again: the bids of this call come on paper."""
    tender.lock, tender.own_copy = "", False
