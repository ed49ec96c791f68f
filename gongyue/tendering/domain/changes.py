"""更正公告: documents already out are changed for everybody at once, and each holder takes note."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.tendering.facts import ChangeGate, SupplyGate
from gongyue.tendering.facts.tender import own
from gongyue.tendering.forms import ChangeForm, NotedForm
from gongyue.tendering.models import Change, ChangeReceipt, Factor


@action("change.publish", Change, reaches=Change.State.PUBLISHED, label=_("发布更正公告"), form=ChangeForm,
        facts=ChangeGate)  # fmt: skip
def publish(
    change: Change, *, at: datetime, actor: Post, dossier: Dossier, parts: list[str], text: str, affects: bool,
    bids_due_at: datetime, opening_place: str, requirement: str, quality_standard: str, factors: list[Factor],
) -> None:  # fmt: skip
    """Publish what is changed; what the form found rewritten (`Change.after`), the deadline and the place of the
    opening become what it says."""
    tender = own(change, dossier)
    assert tender.bids_due_at is not None
    change.parts, change.text, change.affects, change.published_at = parts, text, affects, at
    change.due_before, change.due_after = tender.bids_due_at, bids_due_at
    tender.bids_due_at, tender.opening_place = bids_due_at, opening_place
    for name, value in change.after.items():
        setattr(tender, name, value)
    tender.save(update_fields=["bids_due_at", "opening_place", *change.after])


@action("changereceipt.confirm", ChangeReceipt, reaches=ChangeReceipt.State.CONFIRMED, label=_("确认收到更正公告"),
        form=NotedForm, facts=SupplyGate)  # fmt: skip
def confirm(receipt: ChangeReceipt, *, at: datetime, actor: Post, dossier: Dossier) -> None:
    """Take note of one change; that it did is told to nobody before the opening."""
    receipt.confirmed_at = at
