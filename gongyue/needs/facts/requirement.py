"""What rules may ask of the requirement, of its review, of who was asked about it, and of its buying plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Self

from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts

from ..models import BuyingPlan, MarketResearch, Outreach, Requirement
from .assessing import NeedsFacts

Office = Requirement.Office
INSIDE = frozenset({Office.PROCUREMENT, Office.FINANCE, Office.BUSINESS, Office.SUPERVISION})
FAILED = "failed"


def open_indicator(row: dict[str, Any]) -> bool:
    """Neither a number with its unit nor a reason why there is none."""
    return not (row.get("number") and row.get("unit")) and not row.get("reason")


@dataclass(frozen=True, slots=True)
class RequirementFacts:
    """The purchase's requirement; state "" while there is none. One being written or reviewed: as its form has it."""

    state: Annotated[str, "采购需求所处环节"]
    edition: Annotated[int, "采购需求的稿次"]
    indefinite: Annotated[bool, "是否不能事先确定具体要求"]
    intricate: Annotated[bool, "是否技术复杂、专业性较强"]
    urgent: Annotated[bool, "是否因不可预见的紧急情况简化需求管理"]
    standards: Annotated[int, "所列标准、规范数"]
    unnumbered: Annotated[int, "没有编号的国家标准和行业标准数"]
    indicators: Annotated[int, "核心需求指标数"]
    indicators_open: Annotated[int, "既没有数值和单位、也没有说明理由的指标数"]
    check_fits: Annotated[bool, "考核标准是否与服务性质相符：延续性服务用考核评价标准，一次性交付用履约验收标准"]
    uncertain_open: Annotated[int, "没有说明或者没有划分职责的不确定因素数"]
    reviewed_on: Annotated[date | None, "采购需求审查日期"]
    offices_missing: Annotated[int, "采购、财务、业务、监督中没有参加审查的机构数"]
    general_open: Annotated[int, "一般性审查尚未审查的内容数"]
    key_open: Annotated[int, "重点审查尚未审查的内容数"]
    checks_failed: Annotated[int, "审查不通过的内容数"]

    @classmethod
    def of(cls, dossier: Dossier, requirement: Requirement | None = None) -> Self:
        """Of the purchase's one, or of `requirement`, which may not be born yet."""
        row = requirement or dossier.latest(Requirement) or Requirement(purchase=dossier.purchase)
        numbered = {Requirement.Standard.NATIONAL, Requirement.Standard.TRADE}
        checks = [*row.general, *row.key_checks]
        return cls(
            state=row.state, edition=row.edition, indefinite=row.indefinite, intricate=row.intricate,
            urgent=bool(row.urgent_reason), standards=len(row.standards),
            unnumbered=sum(one["level"] in numbered and not one["number"] for one in row.standards),
            indicators=len(row.indicators), indicators_open=sum(map(open_indicator, row.indicators)),
            check_fits=_fits(row),
            uncertain_open=sum(not (one["explanation"] and one["duty"]) for one in row.uncertain),
            reviewed_on=row.reviewed_on,
            offices_missing=len(INSIDE - {one["office"] for one in row.members}),
            general_open=len(Requirement.General.values) - len(row.general),
            key_open=len(Requirement.Key.values) - len(row.key_checks),
            checks_failed=sum(one["result"] == FAILED for one in checks),
        )  # fmt: skip


def _fits(row: Requirement) -> bool:
    """Whether it has the standard of its own nature and none of the other's."""
    if row.nature == Requirement.Nature.CONTINUING:
        return bool(row.assessment) and not row.acceptance
    return row.nature == Requirement.Nature.ONE_OFF and bool(row.acceptance) and not row.assessment


@dataclass(frozen=True, slots=True)
class ResearchFacts:
    """What was asked of suppliers and experts before the requirement was settled."""

    records: Annotated[int, "已登记的需求调查数"]
    argued: Annotated[bool, "是否已经论证"]
    suppliers: Annotated[int, "一次需求调查所征求的供应商数（多次的取最多一次）"]
    experts: Annotated[int, "需求调查所征求的专家数"]
    latest_on: Annotated[date | None, "最近一次需求调查日期"]

    @classmethod
    def of(cls, dossier: Dossier, research: MarketResearch | None = None) -> Self:
        """Suppliers and experts of `research` alone, where one is in question; the rest of all."""
        rows = dossier.all(MarketResearch)
        about = [research] if research is not None else rows
        days = [row.researched_on for row in rows if row.researched_on]
        return cls(
            records=len(rows), argued=any(row.way == MarketResearch.Way.ARGUE for row in rows),
            suppliers=max((_asked(row, MarketResearch.Asked.SUPPLIER) for row in about), default=0),
            experts=sum(_asked(row, MarketResearch.Asked.EXPERT) for row in about),
            latest_on=max(days, default=None),
        )  # fmt: skip


def _asked(row: MarketResearch, sort: str) -> int:
    return sum(one["sort"] == sort for one in row.asked)


@dataclass(frozen=True, slots=True)
class OutreachFacts:
    """How the requirement was put to the public."""

    open: Annotated[int, "正在向社会征求意见的次数"]
    closed: Annotated[int, "已截止的向社会征求意见次数"]
    current: Annotated[int, "其中就现行这一稿征求意见的次数（没有记下稿次的也计）"]
    closes_on: Annotated[date | None, "所办的这次征求意见公布的截止日"]
    replies: Annotated[int, "收到的反馈意见数"]
    unhandled: Annotated[int, "没有写明处理结果的反馈意见数"]

    @classmethod
    def of(cls, dossier: Dossier, outreach: Outreach | None = None) -> Self:
        """Replies of `outreach` alone, where one is in question."""
        rows = dossier.all(Outreach)
        closed = [row for row in rows if row.state == Outreach.State.CLOSED]
        requirement = dossier.latest(Requirement)
        edition = requirement.edition if requirement is not None else 0
        replies = [one for row in ([outreach] if outreach is not None else rows) for one in row.replies]
        return cls(
            open=sum(row.state == Outreach.State.OPENED for row in rows),
            closed=len(closed),
            current=sum(row.edition in (None, edition) for row in closed),
            closes_on=outreach.closes_on if outreach is not None else None,
            replies=len(replies),
            unhandled=sum(not one["handling"] or not one["reason"] for one in replies),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class BuyingPlanFacts:
    """The plan that is reviewed with the requirement; state "" while there is none."""

    state: Annotated[str, "采购实施计划所处环节"]
    risks: Annotated[int, "采购实施计划研判的风险数"]
    ceiling_fen: Annotated[int | None, "采购实施计划的最高限价（分）"]

    @classmethod
    def of(cls, dossier: Dossier, plan: BuyingPlan | None = None) -> Self:
        row = plan or dossier.latest(BuyingPlan) or BuyingPlan(purchase=dossier.purchase)
        return cls(state=row.state, risks=len(row.risks), ceiling_fen=row.ceiling_fen)


@dataclass(frozen=True, slots=True)
class ResearchGate:
    """What rules on asking suppliers and experts may name."""

    purchase: PurchaseFacts
    needs: NeedsFacts
    research: ResearchFacts

    @classmethod
    def of(cls, research: MarketResearch, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), NeedsFacts.of(dossier), ResearchFacts.of(dossier, research))


@dataclass(frozen=True, slots=True)
class OutreachGate:
    """What rules on asking the public may name."""

    purchase: PurchaseFacts
    requirement: RequirementFacts
    outreach: OutreachFacts

    @classmethod
    def of(cls, outreach: Outreach, dossier: Dossier) -> Self:
        return cls(PurchaseFacts.of(dossier), RequirementFacts.of(dossier), OutreachFacts.of(dossier, outreach))
