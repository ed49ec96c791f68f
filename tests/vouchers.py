"""A purchase of Chengdu by vouchers at its points. What other rooms did is written as rows, for the sake of speed; the
award, the contracts and the vouchers come by the real actions."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from gongyue.budget.models import PlanItem
from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract
from gongyue.kernel.models import Purchase
from gongyue.tendering.models import Bid, Method, Ranking, Report, Tender
from tests.chengdu import Chengdu

PRICES = (12_000, 13_000, 14_000)  # fen a visit, by supplier, in the order of the review
TERMS = {
    "service_range": "锦江区", "subject_matter": "居家探访", "quantity_terms": "以凭单为准",
    "check_terms": "按凭单核对", "breach_terms": "逾期每日万分之五", "dispute_terms": "向人民法院起诉",
    "service_requirements": "每次不少于一小时",
    "quality_standard": "探访后三日内有记录", "payment_method": "以凭单结算", "rights_duties": "按约定",
}  # fmt: skip


def scored(town: Chengdu, on: str) -> Tender:
    """Three suppliers were placed by the review the day before; the report is signed."""
    now = town.at(on) - timedelta(days=1)
    purchase: Purchase = town.open((now - timedelta(days=90)).astimezone(LOCAL).date().isoformat())
    bureau = town.writer.organisation
    PlanItem.objects.create(
        purchase=purchase, year=now.year, amount_fen=36_000_000, content="居家探访", goals="每年 2400 次",
        state="approved", version=3,
    )  # fmt: skip
    Method.objects.create(
        purchase=purchase, way="voucher", ground="client_choice", purchaser=bureau, category="社会工作服务",
        year=now.year, year_fen=36_000_000, nature="procurement", size="below", state="chosen", version=1,
        chosen_at=now - timedelta(days=40),
    )  # fmt: skip
    tender = Tender.objects.create(
        purchase=purchase, way="voucher", title="独居长者探访", ceiling_fen=15_000, requirement="居家探访",
        quality_standard="探访后三日内有记录", announced_at=now - timedelta(days=30), state="scored",
        bids_due_at=now - timedelta(days=5), opened_at=now - timedelta(days=5), scored_at=now,
    )  # fmt: skip
    for rank, (post, price) in enumerate(zip(town.social, PRICES, strict=True), 1):
        bid = Bid.objects.create(
            purchase=purchase, tender=tender, organisation=post.organisation, price_fen=price, plan="分片探访",
            fund_rules="专账核算", profile="成立五年", submitted_at=now - timedelta(days=6), state="qualified",
        )  # fmt: skip
        Ranking.objects.create(tender=tender, bid=bid, numerator=str(100 - rank), denominator="1", rank=rank)
    Report.objects.create(
        purchase=purchase, tender=tender, organiser=bureau, medium="四川政府采购网", situation="独立评审",
        drafted_at=now, signed_at=now, state="signed", version=2,
    )  # fmt: skip
    purchase.kinds = sorted({*(purchase.kinds or ()), "item", "method", "tender", "bid", "evalreport"})
    purchase.save(update_fields=["kinds"])
    return tender


def agree(town: Chengdu, index: int, on: str, until: str, **data: Any) -> Contract:
    """Drafted, accepted and signed with one of those admitted, on one day."""
    post = town.social[index]
    terms = TERMS | {
        "number": f"锦民框〔{on[:4]}〕{index + 1}号", "starts_on": on, "ends_on": until,
        "amount": str(PRICES[index] // 100),
    }  # fmt: skip
    contract = town.act("contract.draft", None, on, seed=str(post.organisation_id), **terms | data)
    town.act("contract.accept", contract, on, actor=post, confirmed="on")
    signed: Contract = town.act("contract.sign", contract, on, signed_on=on, originals="4")
    return signed


def framed(town: Chengdu, on: str = "2018-04-12", until: str = "2019-04-11") -> list[Contract]:
    """Two admitted, the third not; both contracts signed."""
    scored(town, on)
    town.act("tender.award", town.latest(Tender), on, places="2")
    return [agree(town, index, on, until) for index in (0, 1)]


def moment(day: str, hour: int = 10) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time().replace(hour=hour), LOCAL)
