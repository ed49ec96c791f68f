"""What rules may ask of a committee: how many, as what, drawn how, signed in or not. Never who."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Self

from gongyue.budget.facts import ItemFacts
from gongyue.kernel.dossier import Dossier
from gongyue.programmes.facts import PurchaseFacts
from gongyue.tendering.composition import lacking
from gongyue.tendering.methods import TENDERED, Way
from gongyue.tendering.models import Committee, Method, PanelSeat, SignIn, Tender, committee_of
from gongyue.tendering.models.method import settled

from .recheck import RecheckFacts
from .tender import TenderFacts, procured

Part, Origin = PanelSeat.Part, PanelSeat.Origin


@dataclass(frozen=True, slots=True)
class PanelFacts:
    """The committee of the latest tender; where a regime of the day has none, its seats alone."""

    procured: Annotated[bool, "是否政府采购项目"]
    formed: Annotated[bool, "是否已定评标委员会组建方案"]
    tendered: Annotated[bool, "是否招标（公开招标、邀请招标）"]
    negotiated: Annotated[bool, "是否竞争性谈判"]
    large: Annotated[bool, "谈判项目是否达到公开招标数额标准"]
    way: Annotated[str, "专家产生方式"]
    larger: Annotated[bool, "是否技术复杂或者社会影响较大"]
    size: Annotated[int, "评标委员会成员人数"]
    experts: Annotated[int, "其中评审专家人数"]
    representatives: Annotated[int, "其中采购人代表人数"]
    handpicked: Annotated[int, "未经抽取、也未经同意自行选定的评审专家人数"]
    leader: Annotated[bool, "是否已推选评标组长"]
    signed: Annotated[int, "已签到并作声明的成员人数"]
    recused: Annotated[int, "申请回避而尚未更换的成员人数"]
    lacking: Annotated[list[str], "规定的成员类别中人数不足的类别"]
    opened: Annotated[bool, "抽签种子是否已经公开"]
    draw_sealed: Annotated[bool, "现有评标委员会是否由本系统抽取而种子尚未公开"]

    @classmethod
    def of(cls, dossier: Dossier, tender: Tender | None) -> Self:
        """Three queries where the regime of the day knows committees, none beside the seats' count where not."""
        if tender is None or tender.pk is None or dossier.regime.who("committee.form", dossier.today) is None:
            return cls._without(dossier, tender)
        found = committee_of(dossier, tender)
        seats = dossier.beside(f"seats:{tender.pk}", lambda: list(tender.seats.filter(left_at=None)))
        sitting = {seat.post_id for seat in seats}
        signed = [one for one in dossier.all(SignIn) if one.tender_id == tender.pk and one.post_id in sitting]
        return cls(
            **_kind(dossier, tender), formed=found is not None, way=found.way if found else "",
            larger=bool(found and found.larger), size=len(seats),
            experts=sum(seat.part == Part.EXPERT for seat in seats),
            representatives=sum(seat.part == Part.REPRESENTATIVE for seat in seats),
            handpicked=sum(seat.part == Part.EXPERT and seat.origin == Origin.HAND for seat in seats),
            leader=any(seat.leads for seat in seats),
            signed=sum(one.state == SignIn.State.SIGNED for one in signed),
            recused=sum(one.state == SignIn.State.RECUSED for one in signed),
            lacking=lacking(dossier.regime, [seat.category for seat in seats]),
            opened=bool(found and found.opened_seed), draw_sealed=found is not None and found.draw_sealed,
        )  # fmt: skip

    @classmethod
    def _without(cls, dossier: Dossier, tender: Tender | None) -> Self:
        size = tender.panel_size if tender is not None and tender.pk is not None else 0
        return cls(
            **_kind(dossier, tender), formed=False, way="", larger=False, size=size, experts=size, representatives=0,
            handpicked=size, leader=False, signed=0, recused=0, lacking=[], opened=False, draw_sealed=False,
        )  # fmt: skip


def _kind(dossier: Dossier, tender: Tender | None) -> dict[str, bool]:
    """What procedure the committee serves."""
    way, chosen = tender.way if tender is not None else "", settled(dossier)
    return {
        "procured": procured(dossier), "tendered": way in TENDERED,
        "negotiated": way == Way.NEGOTIATION,
        "large": chosen is not None and chosen.size == Method.Size.ABOVE,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class DrawFacts:
    """The draw of this very committee, which may be dissolved."""

    own: Annotated[bool, "本委员会是否由本系统抽取"]


@dataclass(frozen=True, slots=True)
class CommitteeGate:
    """What rules on making up, drawing, leading and changing a committee may name."""

    purchase: PurchaseFacts
    item: ItemFacts
    tender: TenderFacts
    panel: PanelFacts
    recheck: RecheckFacts
    draw: DrawFacts

    @classmethod
    def of(cls, committee: Committee, dossier: Dossier) -> Self:
        tender = next(one for one in dossier.all(Tender) if one.pk == committee.tender_id)
        return cls(
            PurchaseFacts.of(dossier), ItemFacts.of(dossier), TenderFacts.of(dossier, tender),
            PanelFacts.of(dossier, tender), RecheckFacts.of(dossier),
            DrawFacts(own=committee.way == Committee.Way.OWN and bool(committee.drawn)),
        )  # fmt: skip
