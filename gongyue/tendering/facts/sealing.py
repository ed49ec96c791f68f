"""What rules may ask of keys, sealed bids and their opening. Counts and states; never what a bid says."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import KeyHolder, Opening, SealedBid, Tender, holders, locked_out, sealed_bids, waiting

from .tender import TenderFacts


@dataclass(frozen=True, slots=True)
class KeyFacts:
    """Who holds keys of the latest call."""

    organisation_kind: Annotated[str, "保管单位的类别"]
    held: Annotated[int, "现有钥匙数"]

    @classmethod
    def of(cls, holder: KeyHolder, dossier: Dossier) -> Self:
        rows = holders(dossier, holder.tender)
        return cls(organisation_kind=holder.organisation.organisation_kind, held=len(rows))


@dataclass(frozen=True, slots=True)
class KeyGate:
    """What rules on a holder's key may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    key: KeyFacts

    @classmethod
    def of(cls, holder: KeyHolder, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), TenderFacts.of(dossier), KeyFacts.of(holder, dossier))


@dataclass(frozen=True, slots=True)
class OpeningFacts:
    """How far the opening of the latest call is. Known only once it has begun."""

    state: Annotated[str, "开标所处环节"]
    bids: Annotated[int, "参加开标的密封投标数"]
    waiting: Annotated[int, "尚未解密、也未记明未能开启的投标数"]
    doubts: Annotated[int, "投标人提出疑义的投标数"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        opening, tender = dossier.latest(Opening), dossier.latest(Tender)
        if opening is None or tender is None or opening.tender_id != tender.pk:
            return cls("", 0, 0, 0)
        rows = sealed_bids(dossier, tender)
        return cls(opening.state, len(rows), len(waiting(rows)), sum(bool(row.doubt) for row in rows))


@dataclass(frozen=True, slots=True)
class OpeningGate:
    """What rules on the opening may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    opening: OpeningFacts

    @classmethod
    def of(cls, opening: Opening, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), TenderFacts.of(dossier), OpeningFacts.of(dossier))


@dataclass(frozen=True, slots=True)
class SealedFacts:
    """How one sealed bid stands at the opening."""

    locked_out: Annotated[bool, "开标钥匙能否肯定打不开（钥匙不足、都已试过，或者解出的内容不符）"]
    copy_overdue: Annotated[bool, "是否已请投标人提交自存副本，而给的时间已过"]

    @classmethod
    def of(cls, sealed: SealedBid, dossier: Dossier) -> Self:
        due = sealed.copy_due_at
        return cls(locked_out=locked_out(sealed, dossier), copy_overdue=due is not None and due < dossier.at)


@dataclass(frozen=True, slots=True)
class SealedGate:
    """What rules on one sealed bid may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    opening: OpeningFacts
    sealed: SealedFacts

    @classmethod
    def of(cls, sealed: SealedBid, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), TenderFacts.of(dossier), OpeningFacts.of(dossier),
            SealedFacts.of(sealed, dossier),
        )  # fmt: skip
