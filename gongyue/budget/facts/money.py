"""What rules may ask of the money: the grant of a street, the plan item, a payer's line, a share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.needs.facts import NeedsFacts, ProposalFacts
from gongyue.parties.facts import PastFacts
from gongyue.parties.results import PastResult
from gongyue.policy import Programme
from gongyue.programmes.facts import ImplementationFacts, PurchaseFacts, PurchaserFacts

from .. import sharing
from ..models import Fund, ItemTable, PlanItem, Share, SpecialDecision
from ..procurement import ProcurementFacts
from .catalogue import CitedFacts
from .department import DepartmentMoneyFacts


@dataclass(frozen=True, slots=True)
class GrantFacts:
    """What the programme's annex gives this street; all None where it does not list it."""

    total_fen: Annotated[int | None, "试点补助总额（分）"]
    city_fen: Annotated[int | None, "其中市级出资（分）"]
    district_fen: Annotated[int | None, "其中区级出资（分）"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        unit = sharing.unit_of(dossier.purchase, dossier.regime)
        if unit is None:
            return cls(total_fen=None, city_fen=None, district_fen=None)
        return cls(total_fen=unit.total_fen, city_fen=unit.shares.get("city"), district_fen=unit.shares.get("district"))


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """The purchase's plan item and the money behind it; state "" while there is none."""

    state: Annotated[str, "购买服务项目所处环节"]
    amount_fen: Annotated[int | None, "购买服务项目金额（分）"]
    year: Annotated[int | None, "购买服务项目的预算年度"]
    approved_on: Annotated[date | None, "购买服务项目批复日期"]
    has_requirements: Annotated[bool, "购买服务项目是否写明具体要求"]
    committed_fen: Annotated[int, "各出资方已落实的资金合计（分）"]
    shares: Annotated[int, "出资份额的数目"]
    renews: Annotated[bool, "是否为续签年度的购买服务项目"]
    procurement: Annotated[bool, "是否填报为政府采购项目"]
    procurement_lines: Annotated[int, "政府采购预算的行数"]
    source: Annotated[
        str, "资金来源：general 财政预算资金，special 专项资金，lottery 福利彩票公益金，other 其他；没有写明为空"
    ]
    major: Annotated[
        str, "重大事项：project 重大项目，livelihood 重大民生事项，urgent 临时确定的重要事项；一般项目为空"
    ]
    major_by_finance: Annotated[bool, "重大事项是否由财政部门认定"]

    @classmethod
    def of(cls, dossier: Dossier, item: PlanItem | None = None) -> Self:
        """`item`: the one in question; left out: the first year's."""
        items, shares = dossier.all(PlanItem), dossier.all(Share)
        item = item or (items[0] if items else None)
        shares = [share for share in shares if item is not None and share.item_id == item.pk]
        committed = sum(share.amount_fen for share in shares if share.state == Share.State.COMMITTED)
        return cls(
            state=item.state if item else "",
            amount_fen=item.amount_fen if item else None,
            year=item.year if item else None,
            approved_on=item.approved_on if item else None,
            has_requirements=bool(item and item.requirements.strip()),
            committed_fen=committed,
            shares=len(shares),
            renews=bool(item and item.pk and item != items[0]),
            procurement=bool(item and item.procurement),
            procurement_lines=len(item.procurement_budget) if item else 0,
            source=str(item.source) if item else "",
            major=str(item.major) if item else "",
            major_by_finance=bool(item and item.major_by_finance),
        )


@dataclass(frozen=True, slots=True)
class ItemTableFacts:
    """The year's table that an item is filed in, or is to be; state "" while finance has issued none."""

    state: Annotated[str, "购买服务项目表所处环节"]
    closes_on: Annotated[date | None, "购买服务项目表填报截止日"]

    @classmethod
    def of(cls, dossier: Dossier, item: PlanItem) -> Self:
        """One query, and none where the regime knows no such table."""
        table = item.table
        if table is None and dossier.regime.acts(ItemTable.kind):
            issued = dossier.beside("itemtables", lambda: list(sharing.tables_of(dossier.purchase)))
            wanted = [row for row in issued if item.year in (None, row.year)]
            table = wanted[0] if wanted else None
        return cls(state=table.state if table else "", closes_on=table.closes_on if table else None)


@dataclass(frozen=True, slots=True)
class DecisionFacts:
    """What was decided of a major item, case by case."""

    recorded: Annotated[bool, "是否已登记专题研究决定"]
    amount_fen: Annotated[int | None, "研究确定的金额（分）"]
    decided_on: Annotated[date | None, "专题研究决定的日期"]

    @classmethod
    def of(cls, dossier: Dossier) -> Self:
        row = dossier.latest(SpecialDecision)
        return cls(row is not None, row.amount_fen if row else None, row.decided_on if row else None)


@dataclass(frozen=True, slots=True)
class ItemGate:
    """What rules on a plan item may name."""

    purchase: PurchaseFacts
    implementation: ImplementationFacts
    needs: NeedsFacts
    grant: GrantFacts
    item: ItemFacts
    itemtable: ItemTableFacts
    decision: DecisionFacts
    proposal: ProposalFacts
    purchaser: PurchaserFacts
    cited: CitedFacts
    procurement: ProcurementFacts
    department: DepartmentMoneyFacts
    past: PastFacts

    @classmethod
    def of(cls, item: PlanItem, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ImplementationFacts.of(dossier), NeedsFacts.of(dossier), GrantFacts.of(dossier),
            ItemFacts.of(dossier, item), ItemTableFacts.of(dossier, item), DecisionFacts.of(dossier),
            ProposalFacts.of(dossier), PurchaserFacts.within(dossier), CitedFacts.of(dossier, item),
            ProcurementFacts.of(dossier, item), DepartmentMoneyFacts.of(dossier, item),
            PastFacts.of(dossier, dossier.purchase.opened_by_id, PastResult.Side.MONEY),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ShareFacts:
    """What one payer bears."""

    amount_fen: Annotated[int, "出资份额（分）"]
    payer_level: Annotated[str, "出资方层级：city 市，district 区"]
    year: Annotated[int, "预算年度"]

    @classmethod
    def of(cls, share: Share) -> Self:
        return cls(amount_fen=share.amount_fen, payer_level=str(share.payer.division.level), year=share.item.year)


@dataclass(frozen=True, slots=True)
class LineFacts:
    """The payer's line a share is committed against; read under its lock. None: there is no such line."""

    amount_fen: Annotated[int | None, "资金指标金额（分）"]
    available_fen: Annotated[int | None, "资金指标可用金额（分）"]

    @classmethod
    def of(cls, share: Share) -> Self:
        fund = sharing.fund_rows(share).first()
        return cls(amount_fen=fund.amount_fen if fund else None, available_fen=fund.available_fen if fund else None)


@dataclass(frozen=True, slots=True)
class ShareGate:
    """What rules on committing a share may name."""

    purchase: PurchaseFacts
    purchaser: PurchaserFacts
    item: ItemFacts
    share: ShareFacts
    fund: LineFacts
    decision: DecisionFacts

    @classmethod
    def of(cls, share: Share, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), PurchaserFacts.within(dossier), ItemFacts.of(dossier, share.item),
            ShareFacts.of(share), LineFacts.of(share), DecisionFacts.of(dossier),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """What a programme's annex gives in all, for the line that is being opened; None before the programme is chosen."""

    city_total_fen: Annotated[int | None, "试点中市级出资总额（分）"]
    district_total_fen: Annotated[int | None, "试点中本区出资总额（分）"]
    evaluation_fen: Annotated[int | None, "试点评估经费（分）"]

    @classmethod
    def of(cls, fund: Fund, programme: Programme | None) -> Self:
        if programme is None:
            return cls(city_total_fen=None, district_total_fen=None, evaluation_fen=None)
        here = [unit for unit in programme.units if unit.district == fund.payer.division_id]
        return cls(
            city_total_fen=sum(unit.shares.get("city", 0) for unit in programme.units),
            district_total_fen=sum(unit.shares.get("district", 0) for unit in here) if here else None,
            evaluation_fen=next((line.amount_fen for line in programme.lines if line.id == "evaluation"), None),
        )


@dataclass(frozen=True, slots=True)
class FundFacts:
    """What there is of the same kind already."""

    lines: Annotated[int, "同一出资方、年度、试点和用途已有的资金指标数（不属试点的，专项资金和福彩公益金各自计算）"]
    contributors: Annotated[int, "出资构成的笔数"]
    year: Annotated[int | None, "资金指标的预算年度"]
    unpaid_fen: Annotated[int, "资金指标未拨付的金额（分）：可用的和已落实待拨的"]
    carried: Annotated[bool, "资金指标是否已经结转"]
    next_line: Annotated[bool, "下一年度同一用途的资金指标是否已经下达"]

    @classmethod
    def of(cls, fund: Fund) -> Self:
        if fund.year is None:
            return cls(lines=0, contributors=0, year=None, unpaid_fen=0, carried=False, next_line=False)
        same = sharing.of_nature(
            Fund.objects.filter(payer=fund.payer, year=fund.year, programme=fund.programme, purpose=fund.purpose),
            fund.programme, fund.nature,
        ).exclude(pk=fund.pk)  # fmt: skip
        born = fund.pk is not None
        return cls(
            lines=same.count(), contributors=len(fund.contributors), year=fund.year, unpaid_fen=fund.unpaid_fen,
            carried=fund.carried_to_id is not None, next_line=born and sharing.next_line(fund).exists(),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FundGate:
    """What rules on opening a line may name."""

    programme: ProgrammeFacts
    fund: FundFacts

    @classmethod
    def of(cls, fund: Fund, dossier: Dossier) -> Self:
        programme = dossier.regime.programmes.get(fund.programme)
        return cls(ProgrammeFacts.of(fund, programme), FundFacts.of(fund))
