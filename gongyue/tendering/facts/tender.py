"""What rules may ask of a call. Never a price before the award, never the number of bids before their deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated, Self

from gongyue.budget.models import PlanItem
from gongyue.budget.procurement import ProcurementFacts
from gongyue.clock import LOCAL
from gongyue.kernel.dossier import Dossier
from gongyue.tendering import sealing
from gongyue.tendering.methods import TENDERED
from gongyue.tendering.models import Bid, Change, Dispute, Method, ScoreSheet, SignIn, Tender, live
from gongyue.tendering.models.method import settled


@dataclass(frozen=True, slots=True)
class TenderFacts:
    """The latest tender; state "" while there is none (or a failed one is to be followed by another)."""

    procured: Annotated[bool, "是否政府采购项目"]
    way: Annotated[str, "采购方式；无须选定的为空"]
    tendered: Annotated[bool, "是否招标（公开招标、邀请招标）"]
    several: Annotated[bool, "是否可以有多家入选（公益创投、凭单制）"]
    state: Annotated[str, "招标所处环节"]
    ceiling_fen: Annotated[int | None, "最高限价（分）"]
    budget_fen: Annotated[int | None, "项目现在的预算（分）"]
    measured_fen: Annotated[int | None, "确定采购方式时衡量的本年度预算（分）；采购方式没有确定的为空"]
    drafted_on: Annotated[date | None, "起草文件的日期"]
    briefing_on: Annotated[date | None, "信息沟通会日期"]
    announced_at: Annotated[datetime | None, "发标时间"]
    bids_due_at: Annotated[datetime | None, "投标截止时间"]
    opened_at: Annotated[datetime | None, "开标时间"]
    awarded_on: Annotated[date | None, "定标日期"]
    has_package: Annotated[bool, "招标资料是否齐备（需求、质量标准、申请书格式、背景、资源配置）"]
    price_points: Annotated[int | None, "价格因素的分值"]
    total_points: Annotated[int | None, "各评审因素分值合计"]
    fixed_price: Annotated[bool, "是否采用固定价格或者执行国家统一定价"]
    challenge_contact: Annotated[bool, "文件是否载明接收质疑函的方式和联系信息"]
    relief: Annotated[bool, "文件是否载明救济渠道和受理供应商诉求的责任机构"]
    panel: Annotated[int, "评审专家人数"]
    sheets: Annotated[int, "已提交的评分表数"]
    gaps: Annotated[int, "缺少对合格投标评分的评分表数"]
    bids: Annotated[int | None, "投标数（截止时间之前不可知）"]
    reviewed: Annotated[int | None, "已作资格审查的投标数（截止时间之前不可知）"]
    qualified: Annotated[int | None, "资格审查合格的投标数（截止时间之前不可知）"]
    failed: Annotated[int, "此前发标后终止的招标次数"]
    sealed: Annotated[bool, "是否以开标钥匙密封投标"]
    lockable: Annotated[bool, "本地规则是否设有开标钥匙，可以密封投标"]
    lock: Annotated[str | None, "密封锁的摘要（SHA-256）"]
    keys_needed: Annotated[int | None, "开标所需的钥匙数"]
    own_copy: Annotated[bool, "招标文件是否载明钥匙不足时可用投标人自存副本"]
    unread: Annotated[int | None, "未解密的投标数（截止时间之前不可知）"]
    above_ceiling: Annotated[int | None, "资格审查合格而报价高于最高限价的投标数（开标之前不可知）"]

    @classmethod
    def of(cls, dossier: Dossier, tender: Tender | None = None) -> Self:
        """Of the latest tender, or of `tender`, which may not be born yet."""
        tenders = dossier.all(Tender)
        tender = tender or (tenders[-1] if tenders else None) or Tender(purchase=dossier.purchase)
        born = tender.pk is not None
        bids = live(dossier.all(Bid), tender) if born and tender.deadline_passed(dossier.at) else None
        awarded = tender.awarded_at
        lock = sealing.parse(tender.lock.encode()) if tender.sealed else None
        read = bids if bids is not None and tender.opened_at is not None else None
        item, chosen = dossier.latest(PlanItem), settled(dossier)
        return cls(
            procured=procured(dossier),
            way=str(tender.way),
            tendered=tender.way in TENDERED,
            several=tender.several,
            state=tender.state,
            ceiling_fen=tender.ceiling_fen,
            budget_fen=item.amount_fen if item is not None else None,
            measured_fen=chosen.year_fen if chosen is not None else None,
            drafted_on=tender.drafted_at.astimezone(LOCAL).date() if tender.drafted_at else None,
            briefing_on=tender.briefing_on,
            announced_at=tender.announced_at,
            bids_due_at=tender.bids_due_at,
            opened_at=tender.opened_at,
            awarded_on=awarded.astimezone(LOCAL).date() if awarded else None,
            has_package=tender.has_package,
            price_points=tender.price_points if born else None,
            total_points=tender.total_points if born else None,
            fixed_price=tender.fixed_price,
            challenge_contact=bool(tender.challenge_contact.strip()),
            relief=bool(tender.relief_channel.strip() and tender.relief_body.strip()),
            panel=tender.panel_size if born else 0,
            sheets=len(sheets_of(dossier, tender)),
            gaps=_gaps(dossier, tender, bids or []),
            bids=None if bids is None else len(bids),
            reviewed=None if bids is None else sum(bid.reviewed for bid in bids),
            qualified=None if bids is None else sum(bid.state == Bid.State.QUALIFIED for bid in bids),
            failed=sum(t.state == Tender.State.FAILED and t.announced_at is not None for t in tenders),
            sealed=tender.sealed,
            lockable=dossier.regime.who("keyholder.take", dossier.today) is not None,
            lock=sealing.digest(tender.lock.encode()) if tender.sealed else None,
            keys_needed=lock["threshold"] if lock else None,
            own_copy=tender.own_copy,
            unread=None if bids is None else sum(bid.unread and not bid.reviewed for bid in bids),
            above_ceiling=None if read is None else sum(_above(bid, tender) for bid in read),
        )


def procured(dossier: Dossier) -> bool:
    """Whether it is government procurement: as the choice of the method found, as it was filed in the item table, as
    catalogue and limit have it, or else as the purchase was opened."""
    chosen = settled(dossier)
    if chosen is not None and chosen.nature != Method.Nature.UNKNOWN:
        return chosen.nature == Method.Nature.PROCUREMENT
    item = dossier.latest(PlanItem)
    if item is not None and item.procurement is not None:
        return item.procurement
    within = ProcurementFacts.of(dossier, item).within
    return dossier.purchase.bought if within is None else within


def _above(bid: Bid, tender: Tender) -> bool:
    return bid.state == Bid.State.QUALIFIED and bid.price > tender.ceiling_fen


def sheets_of(dossier: Dossier, tender: Tender) -> list[ScoreSheet]:
    """The sheets that count for a tender: handed in, neither void nor to be put right."""
    standing = [sheet for sheet in dossier.all(ScoreSheet) if sheet.state == ScoreSheet.State.SUBMITTED]
    return [sheet for sheet in standing if tender.pk and sheet.tender_id == tender.pk]


def _gaps(dossier: Dossier, tender: Tender, bids: list[Bid]) -> int:
    """How many sheets lack points that the totals take."""
    wanted = [(bid.pk, factor) for bid in bids if bid.state == Bid.State.QUALIFIED for factor, _told in tender.judged]
    rows = [sheet.points() for sheet in sheets_of(dossier, tender)]
    return sum(any(factor not in row.get(bid, {}) for bid, factor in wanted) for row in rows)


def own(subject: Bid | Change | ScoreSheet | SignIn | Dispute, dossier: Dossier) -> Tender:
    """Its tender as the dossier reads it now, which a subject not yet born may not have seen."""
    return next(tender for tender in dossier.all(Tender) if tender.pk == subject.tender_id)
