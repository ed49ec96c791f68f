"""Principal and representative of a purchase, recorded apart, with the paper that authorises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division, Organisation, Post, Subject
from gongyue.programmes.facts import AuthorityGate
from gongyue.programmes.forms.authority import AuthorityForm
from gongyue.programmes.models import Authority


@action(
    "authority.record", Authority, reaches=Authority.State.RECORDED, label=_("登记实施主体与授权"), form=AuthorityForm,
    facts=AuthorityGate,
)  # fmt: skip
def record(
    authority: Authority, *, at: datetime, actor: Post, dossier: Dossier, level: str, representative: Organisation,
    body: str, document_number: str, issued_on: date, paper: Any,
) -> Iterable[Subject] | None:  # fmt: skip
    """For which government the purchase is made, who represents it, and the paper it acts on."""
    authority.level, authority.principal = level, _government(dossier, level)
    authority.representative, authority.body = representative, body
    authority.document_number, authority.issued_on = document_number, issued_on
    authority.recorded_on = at.astimezone(LOCAL).date()
    return None


def _government(dossier: Dossier, level: str) -> str:
    """The people's government of that level where the purchase is."""
    codes = dossier.purchase.division.path.strip("/").split("/")
    return f"{Division.objects.get(pk__in=codes, level=level).name}人民政府"
