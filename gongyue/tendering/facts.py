"""What rules may ask of a tender, a bid, a score sheet and an award. Never a price before the award, never the number
of bids before their deadline."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Self

from django.db.models import Q

from gongyue.budget.facts import ItemFacts
from gongyue.clock import LOCAL
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post
from gongyue.needs.facts import ProposalFacts
from gongyue.programmes.facts import AuthorityFacts, ImplementationFacts, PurchaseFacts

from .evaluation import Correction, Explanation, low_marks, marks, scored_bids
from .falsehood import FalseReply, FalseStatement, upheld
from .models import Bid, ScoreSheet, StandardGroup, Tender, live


@dataclass(frozen=True, slots=True)
class TenderFacts:
    """The latest tender; state "" while there is none (or a failed one is to be followed by another)."""

    state: Annotated[str, "招标所处环节"]
    ceiling_fen: Annotated[int | None, "最高限价（分）"]
    briefing_on: Annotated[date | None, "信息沟通会日期"]
    announced_at: Annotated[datetime | None, "发标时间"]
    bids_due_at: Annotated[datetime | None, "投标截止时间"]
    opened_at: Annotated[datetime | None, "开标时间"]
    awarded_on: Annotated[date | None, "定标日期"]
    has_package: Annotated[bool, "招标资料是否齐备（需求、质量标准、申请书格式、背景、资源配置）"]
    price_points: Annotated[int | None, "价格因素的分值"]
    total_points: Annotated[int | None, "各评审因素分值合计"]
    fixed_price: Annotated[bool, "是否采用固定价格或者执行国家统一定价"]
    panel: Annotated[int, "评审专家人数"]
    sheets: Annotated[int, "已提交的评分表数"]
    bids: Annotated[int | None, "投标数（截止时间之前不可知）"]
    reviewed: Annotated[int | None, "已作资格审查的投标数（截止时间之前不可知）"]
    qualified: Annotated[int | None, "资格审查合格的投标数（截止时间之前不可知）"]
    failed: Annotated[int, "此前发标后终止的招标次数"]

    @classmethod
    def of(cls, dossier: Dossier, tender: Tender | None = None) -> Self:
        """Of the latest tender, or of `tender`, which may not be born yet."""
        tenders = dossier.all(Tender)
        tender = tender or (tenders[-1] if tenders else None) or Tender(purchase=dossier.purchase)
        born = tender.pk is not None
        bids = live(dossier.all(Bid), tender) if born and tender.deadline_passed(dossier.at) else None
        awarded = tender.awarded_at
        return cls(
            state=tender.state,
            ceiling_fen=tender.ceiling_fen,
            briefing_on=tender.briefing_on,
            announced_at=tender.announced_at,
            bids_due_at=tender.bids_due_at,
            opened_at=tender.opened_at,
            awarded_on=awarded.astimezone(LOCAL).date() if awarded else None,
            has_package=tender.has_package,
            price_points=tender.price_points if born else None,
            total_points=tender.total_points if born else None,
            fixed_price=tender.fixed_price,
            panel=tender.panel_size if born else 0,
            sheets=len(sheets_of(dossier, tender)),
            bids=None if bids is None else len(bids),
            reviewed=None if bids is None else sum(bid.reviewed for bid in bids),
            qualified=None if bids is None else sum(bid.state == Bid.State.QUALIFIED for bid in bids),
            failed=sum(t.state == Tender.State.FAILED and t.announced_at is not None for t in tenders),
        )


def sheets_of(dossier: Dossier, tender: Tender) -> list[ScoreSheet]:
    """The sheets handed in for a tender."""
    return [sheet for sheet in dossier.all(ScoreSheet) if tender.pk and sheet.tender_id == tender.pk]


def _own(subject: Bid | ScoreSheet, dossier: Dossier) -> Tender:
    """Its tender as the dossier reads it now, which a subject not yet born may not have seen."""
    return next(tender for tender in dossier.all(Tender) if tender.pk == subject.tender_id)


@dataclass(frozen=True, slots=True)
class AwardFacts:
    """The award of the latest tender; once scored, what it would be: the bid placed first."""

    price_fen: Annotated[int | None, "中标价（分）；评分汇总后为第一名的报价"]
    winner: Annotated[str | None, "中标单位；评分汇总后为第一名"]
    awarded_on: Annotated[date | None, "定标日期"]
    tied: Annotated[bool, "首位是否并列"]
    falsehoods: Annotated[int, "第一名的投标中已认定的不实材料数"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        tender = dossier.latest(Tender)
        if tender is None:
            return cls(price_fen=None, winner=None, awarded_on=None, tied=False, falsehoods=0)
        first, awarded = tender.first, tender.awarded_at
        return cls(
            price_fen=first.price_fen if first else None,
            winner=str(first.organisation) if first else None,
            awarded_on=awarded.astimezone(LOCAL).date() if awarded else None,
            tied=tender.tied,
            falsehoods=upheld(dossier, first) if tender.state == Tender.State.SCORED else 0,
        )


@dataclass(frozen=True, slots=True)
class EvaluationFacts:
    """What is still open before the bids can be ranked, and since when they are."""

    unconfirmed: Annotated[int, "报价修正尚未经投标人确认的投标数"]
    low: Annotated[int, "报价低于规定标准而尚未要求说明的投标数"]
    unexplained: Annotated[int, "已要求说明报价而尚未认定合理的投标数"]
    scored_at: Annotated[datetime | None, "评标结束的时间"]

    @classmethod
    def of(cls, dossier: Dossier, tender: Tender | None) -> Self:
        """Nothing is read where the regime of the day knows no such questions."""
        scored_at = tender.scored_at if tender is not None else None
        asked = [kind for kind in (Correction, Explanation) if dossier.regime.who(f"{kind.kind}.ask", dossier.today)]
        if tender is None or tender.state != Tender.State.OPENED or not asked:
            return cls(0, 0, 0, scored_at)
        bids = scored_bids(dossier, tender)
        told = {one.bid_id for one in dossier.all(Explanation)}
        below = bids if marks(dossier.regime, dossier.today) is not None else []
        return cls(
            unconfirmed=_open(dossier.all(Correction), bids, Correction.State.CONFIRMED),
            low=sum(bid.pk not in told and bool(low_marks(dossier, bid)) for bid in below),
            unexplained=_open(dossier.all(Explanation), bids, Explanation.State.ACCEPTED),
            scored_at=scored_at,
        )


def _open(matters: Iterable[Correction | Explanation], bids: list[Bid], settled: str) -> int:
    """How many of the bids are held up by something that is not settled."""
    return len({one.bid_id for one in matters if one.state != settled} & {bid.pk for bid in bids})


@dataclass(frozen=True, slots=True)
class MatterFacts:
    """What was asked of one bidder, and how it stands."""

    standing: Annotated[bool, "投标是否仍在评审（资格合格，未认定无效）"]
    correction_open: Annotated[bool, "是否有未经投标人确认的报价修正"]
    explanation_open: Annotated[bool, "是否已要求说明报价而尚未认定合理"]
    heard: Annotated[bool, "投标人是否已作说明，或者说明的时间已过"]

    @classmethod
    def of(cls, dossier: Dossier, bid: Bid) -> Self:
        corrections = [one for one in dossier.all(Correction) if one.bid_id == bid.pk]
        asked = [one for one in dossier.all(Explanation) if one.bid_id == bid.pk and one.state != "accepted"]
        return cls(
            standing=bid.state == Bid.State.QUALIFIED,
            correction_open=any(one.state != Correction.State.CONFIRMED for one in corrections),
            explanation_open=bool(asked),
            heard=all(one.given_at is not None or (one.due_at or dossier.at) < dossier.at for one in asked),
        )


@dataclass(frozen=True, slots=True)
class MatterGate:
    """What rules on a question to a bidder, and on voiding its bid, may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    matter: MatterFacts

    @classmethod
    def of(cls, subject: Correction | Explanation | Bid, dossier: Dossier) -> Self:
        bid = subject if isinstance(subject, Bid) else subject.bid
        return cls(
            PurchaseFacts.of(dossier), TenderFacts.of(dossier, _own(bid, dossier)), MatterFacts.of(dossier, bid)
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TenderGate:
    """What rules on a tender may name."""

    purchase: PurchaseFacts
    implementation: ImplementationFacts
    item: ItemFacts
    tender: TenderFacts
    award: AwardFacts
    evaluation: EvaluationFacts

    @classmethod
    def of(cls, tender: Tender, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ImplementationFacts.of(dossier), ItemFacts.of(dossier),
            TenderFacts.of(dossier, tender), AwardFacts.of(dossier), EvaluationFacts.of(dossier, tender),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class DraftGate:
    """What rules on drafting the documents may name: beside the rest, the services they are to rest on."""

    purchase: PurchaseFacts
    implementation: ImplementationFacts
    item: ItemFacts
    tender: TenderFacts
    award: AwardFacts
    proposal: ProposalFacts

    @classmethod
    def of(cls, tender: Tender, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ImplementationFacts.of(dossier), ItemFacts.of(dossier),
            TenderFacts.of(dossier, tender), AwardFacts.of(dossier), ProposalFacts.of(dossier),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class StandardFacts:
    """The quality standard that an expert group wrote, and whether the documents and their scoring rest on it."""

    written: Annotated[bool, "是否已登记专家组制定的服务质量标准"]
    attached: Annotated[bool, "招标文件的服务质量标准是否就是专家组制定的文本"]
    loose: Annotated[int, "没有对应到服务质量标准要点的评审因素数（价格因素不计）"]

    @classmethod
    def of(cls, dossier: Dossier, tender: Tender | None) -> Self:
        group = dossier.latest(StandardGroup)
        attached = group is not None and tender is not None and group.standard.strip() in tender.quality_standard
        return cls(written=group is not None, attached=attached, loose=len(tender.loose) if tender else 0)


@dataclass(frozen=True, slots=True)
class StandardGate:
    """What rules on writing the quality standard may name."""

    purchase: PurchaseFacts
    standard: StandardFacts

    @classmethod
    def of(cls, group: StandardGroup, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), StandardFacts.of(dossier, dossier.latest(Tender)))


@dataclass(frozen=True, slots=True)
class IssueGate:
    """What rules on a call not yet issued may name: beside the rest, on whose authority and by which standard."""

    purchase: PurchaseFacts
    implementation: ImplementationFacts
    item: ItemFacts
    tender: TenderFacts
    award: AwardFacts
    authority: AuthorityFacts
    standard: StandardFacts

    @classmethod
    def of(cls, tender: Tender, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ImplementationFacts.of(dossier), ItemFacts.of(dossier),
            TenderFacts.of(dossier, tender), AwardFacts.of(dossier), AuthorityFacts.of(dossier),
            StandardFacts.of(dossier, tender),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class BidFacts:
    """The bidder. What it bids stays sealed."""

    registration: Annotated[str, "投标人的登记类型"]
    bids_of_organisation: Annotated[int, "投标人在本次招标中的其他有效投标数"]
    falsehoods: Annotated[int, "本投标中已认定的不实材料数"]

    @classmethod
    def of(cls, bid: Bid, dossier: Dossier) -> Self:
        own = [
            other
            for other in live(dossier.all(Bid), bid.tender)
            if other.organisation_id == bid.organisation_id and other.pk != bid.pk
        ]
        return cls(
            registration=bid.organisation.registration, bids_of_organisation=len(own), falsehoods=upheld(dossier, bid)
        )


@dataclass(frozen=True, slots=True)
class BidGate:
    """What rules on a bid may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    bid: BidFacts

    @classmethod
    def of(cls, bid: Bid, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), TenderFacts.of(dossier, _own(bid, dossier)), BidFacts.of(bid, dossier))


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """The expert behind a score sheet."""

    conflict: Annotated[bool, "专家本人是否在投标单位任职"]

    @classmethod
    def of(cls, sheet: ScoreSheet, dossier: Dossier) -> Self:
        bidders = [bid.organisation_id for bid in live(dossier.all(Bid), sheet.tender)]
        on = dossier.at.astimezone(LOCAL).date()
        held = Post.objects.filter(
            Q(until=None) | Q(until__gt=on), person=sheet.post.person_id, organisation__in=bidders, since__lte=on
        )
        return cls(conflict=held.exists())


@dataclass(frozen=True, slots=True)
class SheetGate:
    """What rules on a score sheet may name."""

    purchase: PurchaseFacts
    tender: TenderFacts
    sheet: SheetFacts

    @classmethod
    def of(cls, sheet: ScoreSheet, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), TenderFacts.of(dossier, _own(sheet, dossier)), SheetFacts.of(sheet, dossier)
        )


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
