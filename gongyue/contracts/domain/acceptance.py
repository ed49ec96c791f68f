"""验收考核."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.contracts.facts import AcceptanceGate
from gongyue.contracts.forms import AcceptanceForm
from gongyue.contracts.models import Acceptance
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.ledger.canonical import plain


@action(
    "acceptance.record", Acceptance, reaches=Acceptance.State.RECORDED, label=_("登记验收考核"), form=AcceptanceForm,
    facts=AcceptanceGate,
)  # fmt: skip
def record(
    acceptance: Acceptance, *, at: datetime, actor: Post, dossier: Dossier, by: str, third_party: str,
    checked_on: date, items: list[dict[str, Any]], result: str, opinion: str, paper: Any,
) -> None:  # fmt: skip
    """Write down what was found of each thing contracted, and what it comes to."""
    acceptance.by, acceptance.third_party, acceptance.checked_on = by, third_party, checked_on
    acceptance.items, acceptance.result, acceptance.opinion = plain(items), result, opinion
