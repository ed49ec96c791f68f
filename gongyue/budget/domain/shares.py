"""资金落实: each payer commits its share against its own line."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.budget import sharing
from gongyue.budget.facts import ShareGate
from gongyue.budget.models import Share
from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.forms import NoteForm
from gongyue.kernel.models import Post

from . import journal


@action(
    "share.commit", Share, reaches=Share.State.COMMITTED, label=_("落实资金"), form=NoteForm, facts=ShareGate,
    locks=lambda share: [sharing.fund_rows(share)],
)  # fmt: skip
def commit(share: Share, *, at: datetime, actor: Post, dossier: Dossier, opinion: str) -> None:
    """Hold the share's money in the payer's line, so that no other purchase can take it.

    Where there is no such line the database refuses a committed share, whatever the rules let pass.
    """
    share.fund = sharing.fund_rows(share).first()
    share.committed_on = at.astimezone(LOCAL).date()
    if share.fund is not None:
        journal.commit(share, share.fund, at=at)
