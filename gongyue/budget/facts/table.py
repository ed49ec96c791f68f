"""What rules may ask of the year's item table and of adjusting an approved item."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts

from ..models import Adjustment, ItemTable, PlanItem, Share
from .money import ItemFacts

State = PlanItem.State


@dataclass(frozen=True, slots=True)
class TableItems:
    """How far the items of one table are."""

    state: Annotated[str, "购买服务项目表所处环节"]
    items: Annotated[int, "项目表中的项目数"]
    unreviewed: Annotated[int, "项目表中财政尚未审核的项目数"]

    @classmethod
    def of(cls, table: ItemTable) -> Self:
        states = list(table.items.values_list("state", flat=True)) if table.pk else []
        waiting = sum(state == State.FILED for state in states)
        return cls(state=table.state, items=len(states), unreviewed=waiting)


@dataclass(frozen=True, slots=True)
class TableGate:
    """What rules on a table may name."""

    itemtable: TableItems

    @classmethod
    def of(cls, table: ItemTable, dossier: Dossier) -> Self:
        return cls(TableItems.of(table))


@dataclass(frozen=True, slots=True)
class AdjustmentFacts:
    """What would become of the money."""

    change_fen: Annotated[int | None, "调整增加的金额（分），调减为负"]
    paid_fen: Annotated[int, "项目已拨付的金额（分）"]
    requested_on: Annotated[date | None, "申请调整的日期"]

    @classmethod
    def of(cls, adjustment: Adjustment, dossier: Dossier) -> Self:
        shares = [share for share in dossier.all(Share) if share.item_id == adjustment.item_id]
        born = adjustment.pk is not None
        return cls(
            change_fen=adjustment.amount_fen - adjustment.item.amount_fen if born else None,
            paid_fen=sum(share.paid_fen for share in shares), requested_on=adjustment.requested_on,
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class AdjustmentGate:
    """What rules on adjusting an item may name."""

    purchase: PurchaseFacts
    item: ItemFacts
    adjustment: AdjustmentFacts

    @classmethod
    def of(cls, adjustment: Adjustment, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ItemFacts.of(dossier, adjustment.item), AdjustmentFacts.of(adjustment, dossier)
        )
