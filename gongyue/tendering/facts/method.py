"""What rules may ask while the method is chosen, and what others ask of the choice that holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Self

from gongyue.budget.facts import ItemFacts
from gongyue.clock import LOCAL
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Division
from gongyue.needs.facts import RequirementFacts
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.methods import TENDERED, Way
from gongyue.tendering.models import Bid, Method, Tender, live
from gongyue.tendering.models.method import settled


@dataclass(frozen=True, slots=True)
class MethodFacts:
    """The latest choice of a method; state and way "" while there is none."""

    used: Annotated[bool, "本地规则是否有确定采购方式这一步"]
    settled: Annotated[bool, "采购方式是否已经确定（须经批准的已获批准）"]
    state: Annotated[str, "采购方式所处环节"]
    way: Annotated[str, "采购方式"]
    ground: Annotated[str, "采用该方式的情形（规则包中的代码）"]
    course: Annotated[str, "确定采购方式的程序：approval 须经批准，publicity 须先公示；无须批准的为空"]
    chosen_on: Annotated[date | None, "拟定采购方式的日期"]
    published_on: Annotated[date | None, "单一来源公示开始日期"]
    public_until: Annotated[date | None, "单一来源公示截止日期"]
    opinions: Annotated[int, "专业人员论证意见份数"]
    open_objections: Annotated[int, "公示期间收到而尚未论证的异议数"]
    upheld: Annotated[bool, "是否有经论证成立的异议"]
    district: Annotated[str, "购买地点所在区（县）的区划代码"]
    begun: Annotated[bool, "是否已按该方式编制采购文件（终止的除外）"]
    left_least: Annotated[int | None, "此前截止后终止的招标，最少一次剩几家投标（审查完的只计合格的）；没有的为空"]
    left_again: Annotated[int | None, "重新招标截止后又终止的，最近一次剩几家投标；没有重新招标的为空"]
    two_suppliers: Annotated[bool, "最近一次截止后终止的公开招标是否只有两家投标，或者只有两家合格"]

    @classmethod
    def of(cls, dossier: Dossier, method: Method | None = None) -> Self:
        """Of the latest, or of `method`, which may not be born yet. Nothing is read where there is no such step."""
        if not dossier.regime.acts(Method.kind):
            return cls(False, False, "", "", "", "", None, None, None, 0, 0, False, "", False, None, None, False)
        found, held = method or dossier.latest(Method) or Method(purchase=dossier.purchase), settled(dossier)
        tenders = dossier.all(Tender)
        closed = [tender for tender in tenders if _closed(tender)]
        left = [_left(dossier, tender) for tender in closed]
        return cls(
            used=True, settled=held is not None and held.pk == found.pk, state=found.state, way=str(found.way),
            ground=found.ground, course=found.course,
            chosen_on=found.chosen_at.astimezone(LOCAL).date() if found.chosen_at else None,
            published_on=found.published_on, public_until=found.public_until,
            opinions=len(found.opinions), open_objections=found.open_objections, upheld=found.upheld,
            district=_district(dossier),
            begun=any(t.state != Tender.State.FAILED for t in tenders),
            left_least=min(left, default=None), left_again=left[-1] if len(left) > 1 else None,
            two_suppliers=any(2 in (left[-1], _had(dossier, one)) for one in closed[-1:] if one.way in ("", Way.OPEN)),
        )  # fmt: skip


def _closed(tender: Tender) -> bool:
    """Whether it was a tender, and failed once its deadline had come."""
    return tender.way in TENDERED and tender.failed_at is not None and tender.deadline_passed(tender.failed_at)


def _had(dossier: Dossier, tender: Tender) -> int:
    return len(live(dossier.all(Bid), tender))


def _left(dossier: Dossier, tender: Tender) -> int:
    """How many suppliers remained: all that had bid, once every bid was reviewed those that qualified."""
    bids = live(dossier.all(Bid), tender)
    fit = sum(bid.state == Bid.State.QUALIFIED for bid in bids)
    return fit if all(bid.reviewed for bid in bids) else len(bids)


def _district(dossier: Dossier) -> str:
    place = dossier.purchase.division
    return str(place.parent_id or "") if place.level == Division.Level.STREET else str(place.pk)


@dataclass(frozen=True, slots=True)
class MethodGate:
    """What rules on the choice of a method may name."""

    purchase: PurchaseFacts
    item: ItemFacts
    requirement: RequirementFacts
    method: MethodFacts

    @classmethod
    def of(cls, method: Method, dossier: Dossier) -> Self:
        return cls(
            PurchaseFacts.of(dossier), ItemFacts.of(dossier), RequirementFacts.of(dossier),
            MethodFacts.of(dossier, method),
        )  # fmt: skip
