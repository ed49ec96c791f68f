"""What rules may ask of the report and of its signatures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Self

from gongyue.clock import LOCAL
from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.models import AwardNotice, Report, ScoreSheet, Signature, Tender, report_of
from gongyue.tendering.models.committee import Evaluating
from gongyue.tendering.models.report import Kept

from .committee import PanelFacts
from .recheck import RecheckFacts
from .tender import TenderFacts


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """The report on the totals as they stand."""

    drafted: Annotated[bool, "是否已编写评标报告"]
    final: Annotated[bool, "评标报告是否已签署定稿"]
    signatures: Annotated[int, "已在评标报告上签署的成员人数"]
    unsigned: Annotated[int, "还没有签署评标报告的成员人数"]
    dissents: Annotated[int, "签署不同意见的成员人数"]
    agent: Annotated[bool, "是否由采购代理机构组织"]
    award_from: Annotated[date | None, "确定中标人的期限自何日起算：评标报告签署之日，由代理机构送交的为收到之日"]

    @classmethod
    def of(cls, dossier: Dossier, tender: Tender | None) -> Self:
        known = dossier.regime.who("evalreport.draft", dossier.today) is not None
        found = report_of(dossier, tender) if known else None
        if found is None:
            return cls(False, False, 0, 0, 0, False, None if known else _day(tender.scored_at if tender else None))
        rows = [one for one in dossier.all(Signature) if one.report_id == found.pk]
        given = [one for one in rows if one.state == Signature.State.GIVEN]
        return cls(
            drafted=True, final=found.final, signatures=len(given), unsigned=len(rows) - len(given),
            dissents=sum(one.stand == Signature.Stand.DISSENT for one in given), agent=bool(found.agent),
            award_from=found.received_on if found.agent else _day(found.signed_at),
        )  # fmt: skip


def _day(at: datetime | None) -> date | None:
    return at.astimezone(LOCAL).date() if at is not None else None


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """The notices of an award."""

    others_due: Annotated[int, "同一采购中还没有发给通知书的其他入选单位数"]

    @classmethod
    def of(cls, dossier: Dossier, tender: Tender, winner: int | None) -> Self:
        told = {one.winner_id for one in dossier.all(AwardNotice) if one.tender_id == tender.pk}
        won = {bid.organisation_id for bid in tender.winners} if tender.awarded_at is not None else set()
        return cls(len(won - told - {winner}))


@dataclass(frozen=True, slots=True)
class ReportGate:
    """What rules on the report, its signatures, a recheck, a fee and the notice of award may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    panel: PanelFacts
    report: ReportFacts
    recheck: RecheckFacts
    notice: NoticeFacts

    @classmethod
    def of(cls, subject: Kept | Evaluating | ScoreSheet | Report, dossier: Dossier) -> Self:
        tender = next(one for one in dossier.all(Tender) if one.pk == subject.tender_id)  # type: ignore[union-attr]
        return cls(
            PurchaseFacts.of(dossier), TenderFacts.of(dossier, tender), PanelFacts.of(dossier, tender),
            ReportFacts.of(dossier, tender), RecheckFacts.of(dossier),
            NoticeFacts.of(dossier, tender, getattr(subject, "winner_id", None)),
        )  # fmt: skip
