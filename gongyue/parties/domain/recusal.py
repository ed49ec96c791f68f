"""Standing aside."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Purchase, Recusal, Subject
from gongyue.parties.facts import RecusalGate
from gongyue.parties.forms import RecuseForm


@action(
    "purchase.recuse", Purchase, reaches=None, label=_("回避本采购"), form=RecuseForm, facts=RecusalGate,
    sources=[Purchase.State.OPEN],
)  # fmt: skip
def recuse(purchase: Purchase, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> Iterable[Subject] | None:
    """From now on this person takes no part in this purchase, through whatever post."""
    Recusal.objects.create(
        purchase=purchase, person_id=actor.person_id, reason=reason, since=at.astimezone(LOCAL).date()
    )
    return None
