"""Telling the public how earmarked money was used."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.payments.facts import MoneyNoticeGate
from gongyue.payments.forms import MoneyNoticeForm
from gongyue.payments.models import MoneyNotice
from gongyue.payments.models.notice import paid_under


@action("moneynotice.publish", MoneyNotice, reaches=MoneyNotice.State.PUBLISHED, label=_("公告资金使用情况"),
        form=MoneyNoticeForm, facts=MoneyNoticeGate)  # fmt: skip
def publish(notice: MoneyNotice, *, at: datetime, actor: Post, dossier: Dossier, use: str, effect: str) -> None:
    """What was paid so far is worked out; what it was used for and what came of it is told."""
    notice.use, notice.effect, notice.published_on = use, effect, dossier.today
    notice.paid_fen = paid_under(notice.contract, dossier)
