"""The service-quality standard: written by an expert group, organised directly or by a third party."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.tendering.facts import StandardGate
from gongyue.tendering.forms import StandardForm
from gongyue.tendering.models import GroupMember, StandardGroup, Tender

BEFORE_ISSUE = {Tender.State.DRAFTED, Tender.State.BRIEFED}


@action(
    "standardgroup.record", StandardGroup, reaches=StandardGroup.State.RECORDED, label=_("登记专家组制定的质量标准"),
    form=StandardForm, facts=StandardGate,
)  # fmt: skip
def record(
    group: StandardGroup, *, at: datetime, actor: Post, dossier: Dossier, organised: str, third_party: str,
    members: list[dict[str, str]], standard: str, written_on: date, paper: Any,
) -> None:  # fmt: skip
    """Keep who wrote it and its text. Documents drafted but not yet issued take the text over."""
    group.organised, group.third_party, group.standard, group.written_on = organised, third_party, standard, written_on
    group.members = [{"organisation": row["organisation"], "speciality": row["speciality"]} for row in members]
    group.save()
    GroupMember.objects.bulk_create(GroupMember(group=group, **row) for row in members)
    tender = dossier.latest(Tender)
    if tender is not None and tender.state in BEFORE_ISSUE:
        tender.quality_standard = standard
        tender.save(update_fields=["quality_standard"])
