"""What an evaluation report holds, in the order in which Order 87 lists it: read from the record, in parts of lines and
tables that page, Word and PDF show alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NotRequired, TypedDict

from gongyue.clock import LOCAL
from gongyue.kernel.dossier import Dossier

from . import scoring
from .models import (
    Bid,
    Committee,
    Correction,
    Explanation,
    PanelSeat,
    Ranking,
    Recheck,
    Signature,
    Tender,
    committee_of,
    live,
)

NONE = "无"


class Table(TypedDict):
    head: list[str]
    rows: list[list[str]]


class Part(TypedDict):
    title: str
    lines: list[str]
    table: NotRequired[Table]


def contents(dossier: Dossier, tender: Tender, *, medium: str, situation: str, other: str, agent: str) -> list[Part]:
    """The whole report but the signatures."""
    seats = list(tender.seats.select_related("post__organisation", "post__person").order_by("pk"))
    bids = live(dossier.all(Bid), tender)
    rows = list(Ranking.objects.filter(tender=tender).select_related("bid__organisation").order_by("rank", "bid_id"))
    return [
        _call(dossier, tender, medium, agent), _bidders(bids), _committee(committee_of(dossier, tender), seats),
        _standards(tender), _opening(tender, bids, situation), _void(bids), _result(rows, tender),
        _further(dossier, tender, seats, other),
    ]  # fmt: skip


def _call(dossier: Dossier, tender: Tender, medium: str, agent: str) -> Part:
    return {
        "title": "一、招标公告和开标",
        "lines": [
            f"采购项目：{dossier.purchase.title}", f"招标项目名称：{tender.title}",
            f"组织评标：{agent or '采购人自行组织'}", f"招标公告刊登的媒体：{medium}",
            f"开标时间：{when(tender.opened_at)}", f"开标地点：{tender.opening_place or NONE}",
            f"最高限价：{yuan(tender.ceiling_fen)}",
        ],
    }  # fmt: skip


def _bidders(bids: list[Bid]) -> Part:
    rows = [[str(n), str(bid.organisation), str(bid.get_state_display())] for n, bid in enumerate(bids, 1)]
    return {"title": "二、投标人名单", "lines": [], "table": {"head": ["序号", "投标人", "审查结论"], "rows": rows}}


def _committee(committee: Committee | None, seats: list[PanelSeat]) -> Part:
    rows = [
        [seat.post.person.name, str(seat.post.organisation), str(seat.get_part_display()),
         str(seat.get_origin_display()), "评标组长" if seat.leads else ""]
        for seat in seats
        if seat.left_at is None
    ]  # fmt: skip
    record = committee.record_number if committee is not None else ""
    lines = [f"专家抽取记录：{record}"] if record else []
    head = ["姓名", "单位", "身份", "产生方式", "职责"]
    return {"title": "三、评标委员会成员名单", "lines": lines, "table": {"head": head, "rows": rows}}


STANDARDS = "四、评标方法和标准"


def _standards(tender: Tender) -> Part:
    if tender.review_method == Tender.Review.LOWEST:
        told = "满足招标文件全部实质性要求的投标，按报价由低到高排序；除算术修正外，报价不作调整。"
        return {"title": STANDARDS, "lines": ["评标方法：最低评标价法。", told]}
    rows = [
        [factor["name"], str(factor["points"]), "低价优先法计算" if factor["is_price"] else "成员独立评分，取平均"]
        for factor in tender.factors
    ]
    table: Table = {"head": ["评审因素", "分值", "评分办法"], "rows": rows}
    return {"title": STANDARDS, "lines": ["评标方法：综合评分法。"], "table": table}


def _opening(tender: Tender, bids: list[Bid], situation: str) -> Part:
    rows = [[str(bid.organisation), yuan(bid.price_fen), when(bid.submitted_at)] for bid in bids]
    lines = [f"开标时共有投标 {len(bids)} 份。", f"评分汇总时间：{when(tender.scored_at)}", situation]
    return {
        "title": "五、开标记录和评标情况及说明", "lines": lines,
        "table": {"head": ["投标人", "投标报价", "投标时间"], "rows": rows},
    }  # fmt: skip


def _void(bids: list[Bid]) -> Part:
    rows = []
    for bid in bids:
        if bid.state == Bid.State.DISQUALIFIED:
            rows.append([str(bid.organisation), "未通过资格审查", bid.evidence])
        elif bid.state == Bid.State.INVALID:
            rows.append([str(bid.organisation), str(bid.get_ground_display()), bid.ground_reason])
    part: Part = {"title": "六、无效投标人名单及原因", "lines": [] if rows else [NONE]}
    if rows:
        part["table"] = {"head": ["投标人", "情形", "原因"], "rows": rows}
    return part


def _result(rows: list[Ranking], tender: Tender) -> Part:
    given = {row.pk: [scoring.shown(row.total)] if tender.pointed else [] for row in rows}
    table = [[str(row.rank), str(row.bid.organisation), *given[row.pk], yuan(row.bid.price_fen)] for row in rows]
    lines = [] if rows else [NONE]
    if tender.tied:
        lines.append("首位并列，须按招标文件规定的方式定序；招标文件未规定的，随机抽取。")
    elif rows:
        lines.append(f"推荐的第一中标候选人：{rows[0].bid.organisation}")
    head = ["名次", "中标候选人", *(["评审得分"] if tender.pointed else []), "报价"]
    return {"title": "七、评标结果和中标候选人名单", "lines": lines, "table": {"head": head, "rows": table}}


def _further(dossier: Dossier, tender: Tender, seats: list[PanelSeat], other: str) -> Part:
    lines = [
        *_matters(dossier, tender), *_changes(dossier, tender, seats), *_rechecks(dossier, tender),
        *([other] if other else []),
    ]  # fmt: skip
    return {"title": "八、其他需要说明的情况", "lines": lines or [NONE]}


def _matters(dossier: Dossier, tender: Tender) -> Iterator[str]:
    for one in dossier.all(Correction):
        if one.bid.tender_id == tender.pk:
            after = f"{yuan(one.before_fen)}修正为{yuan(one.after_fen)}"
            yield f"报价修正：{one.bid.organisation}，{after}（{one.get_state_display()}）。"
    for asked in dossier.all(Explanation):
        if asked.bid.tender_id == tender.pk:
            yield f"报价说明：{asked.bid.organisation}（{asked.get_state_display()}）。{asked.finding}"


def _changes(dossier: Dossier, tender: Tender, seats: list[PanelSeat]) -> Iterator[str]:
    for one in dossier.all(Committee):
        if one.tender_id == tender.pk and one.state == Committee.State.DISSOLVED:
            yield f"重新组建评标委员会：{one.get_ground_display()}；原评标委员会作出的评标意见无效。"
    for seat in seats:
        if seat.left_at is not None:
            told = f"{seat.post.person.name}（{seat.post.organisation}）"
            yield f"成员更换：{told}于 {when(seat.left_at)} 退出，其评标意见无效。"


def _rechecks(dossier: Dossier, tender: Tender) -> Iterator[str]:
    for one in dossier.all(Recheck):
        if one.tender_id == tender.pk:
            result = "改变了评标结果" if one.changed else "没有改变评标结果"
            yield f"复核：{when(one.ordered_at)}，{one.get_ground_display()}。{one.found}（{result}）"


def signed(parts: list[Part], signatures: list[Signature], refusals: str) -> list[Part]:
    """The report with what its members put under it."""
    rows = [
        [one.post.person.name, str(one.get_stand_display()) if one.stand else "未签署", one.reason, when(one.at)]
        for one in signatures
    ]
    lines = [f"拒绝签字又不书面说明不同意见和理由的，视为同意：{refusals}"] if refusals else []
    table: Table = {"head": ["成员", "意见", "不同意见及理由", "签署时间"], "rows": rows}
    return [*parts, {"title": "九、成员签署", "lines": lines, "table": table}]


def when(at: datetime | None) -> str:
    return at.astimezone(LOCAL).strftime("%Y-%m-%d %H:%M") if at is not None else NONE


def yuan(fen: int | None) -> str:
    return NONE if fen is None else f"{fen // 100:,}.{fen % 100:02d} 元"


def plain(parts: list[Part]) -> list[dict[str, Any]]:
    """As the row keeps it."""
    return [dict(part) for part in parts]
