"""What rules may ask of a call until its award."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.budget.facts import ItemFacts
from gongyue.clock import LOCAL
from gongyue.kernel.dossier import Dossier
from gongyue.ledger.models import Entry
from gongyue.parties.facts import PastFacts
from gongyue.parties.results import PastResult
from gongyue.programmes.facts import ImplementationFacts, PurchaseFacts
from gongyue.tendering.methods import Way
from gongyue.tendering.models import Tender
from gongyue.tendering.models.falsehood import upheld

from .committee import PanelFacts
from .disputes import DisputeFacts
from .evaluation import EvaluationFacts
from .recheck import RecheckFacts
from .report import ReportFacts
from .signing import binding
from .tender import TenderFacts, procured


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """The award of the latest tender; once scored, what it would be: the bid placed first."""

    price_fen: Annotated[int | None, "中标价（分）；评分汇总后为第一名的报价"]
    winner: Annotated[str | None, "中标单位；评分汇总后为第一名"]
    way: Annotated[str, "采购方式；无须选定的为空"]
    procured: Annotated[bool, "是否政府采购项目"]
    framework: Annotated[bool, "是否政府采购的框架协议（凭单制）"]
    several: Annotated[bool, "是否可以有多家入选（公益创投、凭单制）"]
    winners: Annotated[list[str], "入选的各家，按评审排名"]
    awarded_on: Annotated[date | None, "定标日期"]
    earlier_signed: Annotated[bool, "待定一家中标时，此前中标单位的合同是否已经签订而没有撤销"]
    tied: Annotated[bool, "首位是否并列"]
    falsehoods: Annotated[int, "第一名的投标中已认定的不实材料数"]

    @classmethod
    def of(cls, dossier: Dossier, organisation: int | None = None) -> Self:
        """Of several winners the best, or the one of this organisation, with the day it was chosen."""
        tender = dossier.latest(Tender)
        if tender is None:
            return cls(
                price_fen=None, winner=None, way="", procured=procured(dossier), framework=False, several=False,
                winners=[], awarded_on=None, earlier_signed=False, tied=False, falsehoods=0,
            )  # fmt: skip
        first, awarded = tender.first, tender.awarded_at
        won = tender.winners if awarded is not None else []
        if own := next((bid for bid in won if tender.several and bid.organisation_id == organisation), None):
            first, awarded = own, own.ranking.chosen_at or awarded
        return cls(
            price_fen=first.price_fen if first else None,
            winner=str(first.organisation) if first else None,
            way=str(tender.way),
            procured=(bought := procured(dossier)),
            framework=tender.way == Way.VOUCHER and bought,
            several=tender.several,
            winners=[str(bid.organisation) for bid in won],
            awarded_on=awarded.astimezone(LOCAL).date() if awarded else None,
            earlier_signed=_earlier_signed(dossier, tender),
            tied=tender.tied,
            falsehoods=upheld(dossier, first) if tender.state == Tender.State.SCORED else 0,
        )


def _earlier_signed(dossier: Dossier, tender: Tender) -> bool:
    """Only while it waits for one award: in no other state a rule asks, and no page pays for it."""
    waiting = tender.state in (Tender.State.SCORED, Tender.State.SETTLED) and not tender.several
    return waiting and bool(binding(dossier))


@dataclass(frozen=True, slots=True)
class TenderGate:
    """What rules on a tender may name."""

    purchase: PurchaseFacts
    implementation: ImplementationFacts
    item: ItemFacts
    tender: TenderFacts
    award: AwardFacts
    evaluation: EvaluationFacts
    panel: PanelFacts
    dispute: DisputeFacts
    report: ReportFacts
    recheck: RecheckFacts
    past: PastFacts

    @classmethod
    def of(cls, tender: Tender, dossier: Dossier) -> Self:
        first = tender.first if tender.pk and dossier.regime.acts("performance") else None
        return cls(
            PurchaseFacts.of(dossier), ImplementationFacts.of(dossier), ItemFacts.of(dossier),
            TenderFacts.of(dossier, tender), AwardFacts.of(dossier), EvaluationFacts.of(dossier, tender),
            PanelFacts.of(dossier, tender),
            DisputeFacts.of(dossier), ReportFacts.of(dossier, tender), RecheckFacts.of(dossier),
            PastFacts.of(dossier, first.organisation_id if first else None, PastResult.Side.SERVICE),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ResultFacts:
    """How far the award has gone, and who could take the winner's place."""

    signed: Annotated[bool, "定标以后是否已经签订合同"]
    candidates: Annotated[int, "除中标供应商外仍有效的候选人数"]

    @classmethod
    def of(cls, dossier: Dossier, tender: Tender) -> Self:
        """Contracts lie above this room: that one was signed is read from the ledger."""
        if tender.awarded_at is None:
            return cls(signed=False, candidates=0)
        signed = Entry.objects.filter(purchase=dossier.purchase.pk, action="contract.sign", at__gte=tender.awarded_at)
        left = tender.rankings.filter(fallen_at=None, chosen=False).exclude(bid=tender.winner_id)
        return cls(signed=dossier.purchase.may_have("contract") and signed.exists(), candidates=left.count())


@dataclass(frozen=True, slots=True)
class ResultGate:
    """What rules on undoing a result may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    award: AwardFacts
    dispute: DisputeFacts
    result: ResultFacts

    @classmethod
    def of(cls, tender: Tender, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), TenderFacts.of(dossier, tender), AwardFacts.of(dossier),
            DisputeFacts.of(dossier), ResultFacts.of(dossier, tender),
        )  # fmt: skip
