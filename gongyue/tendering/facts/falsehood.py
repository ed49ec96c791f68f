"""What rules may ask where a statement was found untrue."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models.falsehood import FalseReply, FalseStatement

from .tender import TenderFacts


@dataclass(frozen=True, slots=True)
class FalseFacts:
    """A record that something in a bid is not true."""

    replied: Annotated[bool, "投标人是否已作说明"]

    @classmethod
    def of(cls, statement: FalseStatement, dossier: Dossier) -> Self:
        replies = [one for one in dossier.all(FalseReply) if one.statement_id == statement.pk]
        return cls(replied=any(one.state == FalseReply.State.GIVEN for one in replies))


@dataclass(frozen=True, slots=True)
class FalseGate:
    """What rules on such a record, and on the reply to it, may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    false: FalseFacts

    @classmethod
    def of(cls, subject: FalseStatement | FalseReply, dossier: Dossier) -> Self:
        statement = subject.statement if isinstance(subject, FalseReply) else subject
        return cls(PurchaseFacts.of(dossier), TenderFacts.of(dossier), FalseFacts.of(statement, dossier))
