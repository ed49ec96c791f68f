"""What rules may ask of a paper on its way. Never what an opinion says: that is the office's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier

from .models import Copy, Cosignature, SignOff


@dataclass(frozen=True, slots=True)
class SignOffFacts:
    state: Annotated[str, "公文所处的步骤；尚未拟稿时为空"]
    number: Annotated[str | None, "发文字号；未签发则无"]
    signers: Annotated[int, "会签单位数"]
    open: Annotated[int, "尚未会签的单位数"]

    @classmethod
    def of(cls, signoff: SignOff, dossier: Dossier) -> Self:
        mine = [o for o in dossier.all(Cosignature) if signoff.pk and o.signoff_id == signoff.pk]
        latest = max((o.round for o in mine), default=1)
        given = sum(o.state == Cosignature.State.GIVEN for o in mine if o.round == latest)
        return cls(signoff.state, signoff.number or None, len(signoff.signers), len(signoff.signers) - given)


@dataclass(frozen=True, slots=True)
class SignOffGate:
    """What a rule on a paper may name."""

    signoff: SignOffFacts

    @classmethod
    def of(cls, signoff: SignOff, dossier: Dossier) -> Self:
        return cls(SignOffFacts.of(signoff, dossier))


@dataclass(frozen=True, slots=True)
class CosignatureGate:
    """What a rule on an opinion may name."""

    signoff: SignOffFacts

    @classmethod
    def of(cls, opinion: Cosignature, dossier: Dossier) -> Self:
        return cls(SignOffFacts.of(opinion.signoff, dossier))


@dataclass(frozen=True, slots=True)
class CopyGate:
    """What a rule on a copy may name."""

    signoff: SignOffFacts

    @classmethod
    def of(cls, copy: Copy, dossier: Dossier) -> Self:
        return cls(SignOffFacts.of(copy.signoff, dossier))
