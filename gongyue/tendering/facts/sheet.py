"""What rules may ask of a member of the panel, when it signs in and when it scores."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from django.db.models import Q

from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post
from gongyue.policy.periods import months_later
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import Bid, PanelSeat, ScoreSheet, SignIn, live
from gongyue.tendering.models.consortium import parties

from .committee import PanelFacts
from .disputes import DisputeFacts
from .tender import TenderFacts, own, procured

BARRED = "recusal.years"  # a regime's figure: for how long a former tie to a bidder keeps a member away


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """The member behind a score sheet, or behind a signature on the list. Of a joint bid every member is a bidder."""

    conflict: Annotated[bool, "专家本人是否在投标单位任职"]
    former: Annotated[bool, "专家本人在规定年限内是否曾在投标单位任职"]
    signed_in: Annotated[bool, "专家本人是否已签到并作声明"]
    supervises: Annotated[bool, "本人是否以政府采购监督管理部门（财政部门）的身份评审政府采购项目"]

    @classmethod
    def of(cls, member: ScoreSheet | SignIn, dossier: Dossier) -> Self:
        bidders = [party.pk for bid in live(dossier.all(Bid), member.tender) for party in parties(dossier, bid)]
        on, known = dossier.today, dossier.regime.who("signin.sign", dossier.today) is not None
        since = _barred_from(dossier, on)
        signed = [one for one in dossier.all(SignIn) if one.post_id == member.post_id] if known else []
        return cls(
            conflict=_held(member.post, bidders, on, on),
            former=since is not None and _held(member.post, bidders, since, on),
            signed_in=any(one.tender_id == member.tender_id and one.state == SignIn.State.SIGNED for one in signed),
            supervises=_supervises(member, dossier),
        )


def _supervises(member: ScoreSheet | SignIn, dossier: Dossier) -> bool:
    """Whether finance judges a procurement of others: where it buys for itself it may be represented like anybody."""
    if member.post.organisation.organisation_kind != Organisation.Kind.FINANCE or not procured(dossier):
        return False
    seats = PanelSeat.objects.filter(tender=member.tender_id, post=member.post_id, left_at=None)
    return not seats.filter(part=PanelSeat.Part.REPRESENTATIVE).exists()


def _barred_from(dossier: Dossier, on: date) -> date | None:
    years = dossier.regime.parameter(BARRED, on)
    return months_later(on, -12 * int(years.value)) if years is not None else None


def _held(post: Post, organisations: Iterable[int], since: date, until: date) -> bool:
    """Whether this person held a post with one of them on any day of the interval. One query."""
    rows = Post.objects.filter(
        Q(until=None) | Q(until__gt=since), person=post.person_id, organisation__in=list(organisations),
        since__lte=until,
    )  # fmt: skip
    return rows.exists()


@dataclass(frozen=True, slots=True)
class SheetGate:
    """What rules on a score sheet may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    sheet: SheetFacts
    dispute: DisputeFacts

    @classmethod
    def of(cls, sheet: ScoreSheet, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), TenderFacts.of(dossier, own(sheet, dossier)), SheetFacts.of(sheet, dossier),
            DisputeFacts.of(dossier),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class MemberGate:
    """What rules on signing in and stepping aside may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    panel: PanelFacts
    sheet: SheetFacts

    @classmethod
    def of(cls, signin: SignIn, dossier: Dossier) -> Self:
        tender = own(signin, dossier)
        return cls(
            PurchaseFacts.of(dossier), TenderFacts.of(dossier, tender), PanelFacts.of(dossier, tender),
            SheetFacts.of(signin, dossier),
        )  # fmt: skip
