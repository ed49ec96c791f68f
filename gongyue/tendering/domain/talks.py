"""谈判, 磋商, and what is agreed with one provider: documents, responses, talks, final offers, a candidate."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from gongyue.clock import LOCAL
from gongyue.kernel.actions import action
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Subject
from gongyue.tendering.facts import DraftGate, TalksGate
from gongyue.tendering.forms import (
    CallForm,
    ConcludeForm,
    OfferForm,
    PrepareForm,
    QuitForm,
    RecommendForm,
    ResponsesForm,
    SettleForm,
    TalkForm,
    VariationForm,
)
from gongyue.tendering.methods import ONE, OTHERS, TALKED, Way
from gongyue.tendering.models import Bid, Factor, FinalOffer, Opening, Ranking, Talk, Tender, Variation
from gongyue.tendering.models.method import settled
from gongyue.tendering.models.talks import standing

from .documents import draft
from .outcome import open_bids, rank_bids

State = Tender.State


@action("tender.prepare", Tender, reaches=State.DRAFTED, label=_("编制采购文件"), form=PrepareForm, facts=DraftGate,
        variants=OTHERS)  # fmt: skip
def prepare(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, title: str, ceiling: int, requirement: str,
    quality_standard: str, application_form: str, background: str, resources: str, renewal_announced: bool,
    factors: list[Factor], fixed_price: bool, conditions_reason: str, review_method: str,
    conditions: list[dict[str, str]], musts: list[dict[str, str]], contract_draft: str, changeable: str, joint: str,
    floor: int | None, raise_average: int | None, raise_second: int | None, raise_ceiling: int | None,
) -> None:  # fmt: skip
    """Write the documents; what the talks may change is named. Where one provider was named, only it may answer."""
    draft(
        tender, at=at, actor=actor, dossier=dossier, title=title, ceiling=ceiling, requirement=requirement,
        quality_standard=quality_standard, application_form=application_form, background=background,
        resources=resources, renewal_announced=renewal_announced, factors=factors, fixed_price=fixed_price,
        conditions_reason=conditions_reason, review_method=review_method, conditions=conditions, musts=musts,
        contract_draft=contract_draft, contents=[], changeable=changeable, joint=joint, floor=floor,
        raise_average=raise_average, raise_second=raise_second, raise_ceiling=raise_ceiling,
    )  # fmt: skip
    chosen = settled(dossier)
    if chosen is not None and chosen.way in ONE and chosen.supplier_id is not None:
        tender.invited = [chosen.supplier_id]


@action("tender.call", Tender, reaches=State.ANNOUNCED, label=_("发出采购文件"), form=CallForm, facts=TalksGate,
        variants=OTHERS)  # fmt: skip
def call(tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, bids_due_at: datetime,
         opening_place: str) -> None:  # fmt: skip
    """From here on suppliers may answer, until the deadline."""
    tender.announced_at, tender.bids_due_at, tender.opening_place = at, bids_due_at, opening_place


@action("tender.receive", Tender, reaches=State.OPENED, label=_("开启响应文件"), form=ResponsesForm, facts=TalksGate,
        bears=[(Opening, Opening.State.BEGUN)], variants=OTHERS)  # fmt: skip
def receive(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, attendance: str
) -> Iterable[Subject] | None:
    """Open what was handed in: from now on purchaser and group read it."""
    return open_bids(tender, at=at, actor=actor, dossier=dossier, attendance=attendance)


@action("talk.record", Talk, reaches=Talk.State.RECORDED, label=_("记录谈判（磋商）"), form=TalkForm, facts=TalksGate)
def record_talk(talk: Talk, *, at: datetime, actor: Post, dossier: Dossier, content: str, paper: Any) -> None:
    """One round with one supplier, the whole group present."""
    talk.content, talk.held_on = content, at.astimezone(LOCAL).date()


@action("variation.issue", Variation, reaches=Variation.State.TOLD, label=_("通知采购文件的变动"), form=VariationForm,
        facts=TalksGate)  # fmt: skip
def issue(variation: Variation, *, at: datetime, actor: Post, dossier: Dossier, text: str, confirmed: bool) -> None:
    """Tell all that take part at once what the talks have changed."""
    variation.text, variation.told_at = text, at


@action("bid.quit", Bid, reaches=Bid.State.WITHDRAWN, sources=[Bid.State.QUALIFIED], label=_("退出谈判（磋商）"),
        form=QuitForm, facts=TalksGate)  # fmt: skip
def leave(bid: Bid, *, at: datetime, actor: Post, dossier: Dossier, reason: str) -> None:
    """A supplier may leave before it hands in its final offer."""


@action("tender.conclude", Tender, reaches=State.NEGOTIATED, label=_("结束谈判（磋商）"), form=ConcludeForm,
        facts=TalksGate, variants=TALKED)  # fmt: skip
def conclude(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, offers_due_at: datetime, representatives: int,
    opinion: str,
) -> None:  # fmt: skip
    """Ask everybody who takes part for a final offer by one and the same time."""
    tender.offers_due_at, tender.group_representatives = offers_due_at, representatives


@action("finaloffer.submit", FinalOffer, reaches=FinalOffer.State.SUBMITTED, label=_("提交最后报价"), form=OfferForm,
        facts=TalksGate)  # fmt: skip
def offer(final: FinalOffer, *, at: datetime, actor: Post, dossier: Dossier, price: int, terms: str) -> None:
    """Sealed until all of them are opened."""
    final.price_fen, final.terms, final.submitted_at = price, terms, at


@action("tender.unseal", Tender, reaches=State.QUOTED, label=_("开启最后报价"), form=ResponsesForm, facts=TalksGate,
        variants=TALKED)  # fmt: skip
def unseal(tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, attendance: str) -> None:
    """The final offers become the prices; who gave none has left."""
    prices = {one.bid_id: one.price_fen for one in dossier.all(FinalOffer)}
    for bid in standing(dossier, tender):
        if bid.pk in prices:
            bid.price_fen = prices[bid.pk]
        else:
            bid.state = Bid.State.WITHDRAWN
        bid.save(update_fields=["price_fen", "state"])


@action("tender.recommend", Tender, reaches=State.SCORED, label=_("推荐候选人"), form=RecommendForm, facts=TalksGate,
        variants=[*TALKED, Way.VENTURE])  # fmt: skip
def recommend(tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, report: str, paper: Any) -> None:
    """Rank those that meet the needs: by price alone in a negotiation, by points where factors are scored."""
    rank_bids(tender, dossier, at)


@action("tender.settle", Tender, reaches=State.SETTLED, label=_("登记协商情况"), form=SettleForm, facts=TalksGate,
        variants=ONE)  # fmt: skip
def settle(
    tender: Tender, *, at: datetime, actor: Post, dossier: Dossier, held_on: date, people: list[dict[str, str]],
    costs: str, price_fen: int, record: str, paper: Any,
) -> None:  # fmt: skip
    """Keep what was agreed with the one provider; its response stands at the price agreed."""
    tender.record = f"{costs}\n\n{record}"
    for bid in standing(dossier, tender)[:1]:
        bid.price_fen = price_fen
        bid.save(update_fields=["price_fen"])
        Ranking.objects.create(tender=tender, bid=bid, numerator="0", denominator="1", rank=1)
