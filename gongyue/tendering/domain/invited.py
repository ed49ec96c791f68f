"""邀请招标: the suppliers that are asked, drawn at random from those that are fit."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post
from gongyue.tendering.facts import TenderGate
from gongyue.tendering.forms.invited import InviteForm
from gongyue.tendering.methods import Way
from gongyue.tendering.models import Tender


@action("tender.invite", Tender, reaches=Tender.State.INVITED, label=_("抽取邀请对象"), form=InviteForm,
        facts=TenderGate, variants=[Way.INVITED])  # fmt: skip
def invite(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, source: str, candidates: Iterable[Organisation],
    drawn: Iterable[Organisation], watchers: int, record: Any, listed: int, invited: int,
) -> None:  # fmt: skip
    """Keep who was drawn: those alone may bid. As with bidders, their names are sealed."""
    tender.invited = [organisation.pk for organisation in drawn]
