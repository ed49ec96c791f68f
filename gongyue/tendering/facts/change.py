"""What rules may ask of a change of documents already out: beside the call, the documents as they will stand."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import Change

from .talks import TalksFacts
from .tender import TenderFacts, own
from .terms import TermsFacts


@dataclass(frozen=True, slots=True)
class ChangeFacts:
    """What it rewrites."""

    rewrites: Annotated[bool, "是否改写采购文件的评审因素、服务需求或者质量标准"]
    rescores: Annotated[bool, "是否改写采购文件的评审因素"]


@dataclass(frozen=True, slots=True)
class ChangeGate:
    """What rules on a change may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    talks: TalksFacts
    change: ChangeFacts
    documents: TermsFacts

    @classmethod
    def of(cls, change: Change, dossier: Dossier) -> Self:
        tender = copy(own(change, dossier))
        for name, value in change.after.items():
            setattr(tender, name, value)
        return cls(
            PurchaseFacts.of(dossier), TenderFacts.of(dossier, tender), TalksFacts.of(dossier, tender),
            ChangeFacts(bool(change.after), "factors" in change.after), TermsFacts.of(tender),
        )  # fmt: skip
