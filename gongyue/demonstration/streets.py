"""The twenty pilot streets on the first of March 2011: at different points of their lives, some in trouble."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta

from gongyue.budget.models import Fund, PlanItem, Share
from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract
from gongyue.programmes.models import ImplementationPlan
from gongyue.tendering.models import Tender

from .cast import Cast, must
from .line import Line
from .papers import yuan

TODAY = date(2011, 3, 1)
Story = Callable[[Line], None]


def day(text: str) -> date:
    return date.fromisoformat(text)


def funds(cast: Cast, on: date) -> None:
    """The money lines of the year: one a payer for the grants, and the evaluation fee beside them."""
    programme = cast.programme
    city = sum(unit.shares.get("city", 0) for unit in programme.units)
    districts: dict[str, int] = {}
    for unit in programme.units:
        districts[unit.district] = districts.get(unit.district, 0) + unit.shares.get("district", 0)
    assert cast.city_finance is not None
    lines = [(cast.city_finance, "programme", city, "试点资金（市级）", "穗财社〔2010〕1 号（演示）")]
    lines += [
        (cast.city_finance, "evaluation", line.amount_fen, "试点评估费", "穗财社〔2010〕2 号（演示）")
        for line in programme.lines
    ]
    lines += [
        (cast.finances[code], "programme", fen, "试点资金（区级）", f"区财社〔2010〕{number} 号（演示）")
        for number, (code, fen) in enumerate(districts.items(), 1)
        if code in cast.finances and fen
    ]
    for payer, purpose, fen, name, number in lines:
        data = {"name": name, "year": str(programme.year), "purpose": purpose, "programme": programme.id,
                "indicator_number": number, "amount": yuan(fen)}  # fmt: skip
        must("fund.open", Fund(payer=payer.organisation), payer, on, data)


# --- stages: each brings a street to a point, `b` being the day the city approves its plan ------------------------


def prepared(line: Line, b: date, *, tender: bool = False) -> None:
    """Needs, plan, item and money. The plan is approved on `b`; preparing a tender (drafted, briefed) need not wait."""

    def on(days: int) -> date:
        return b + timedelta(days=days)

    line.open(on(-40))
    line.act("needs.start", None, on(-38))
    line.assess_needs(on(-28), on(-28))
    line.act("implementation.submit", None, on(-27))
    line.budget(on(-26), on(-22), on(-20))
    line.act("implementation.review", _plan(line), on(-20))
    if tender:
        line.through(Tender, "briefed", on(-19), on(-18))
    line.act("implementation.approve", _plan(line), b)


def announced(line: Line, b: date) -> None:
    prepared(line, b, tender=True)
    line.act("tender.appoint", line.latest(Tender), b)
    line.through(Tender, "announced", b + timedelta(days=1))


def opened(line: Line, b: date, prices: dict[int, str]) -> None:
    announced(line, b)
    line.bid(b + timedelta(days=15), prices)
    line.open_bids(datetime.combine(b + timedelta(days=22), time(10), LOCAL))


def awarded(line: Line, b: date, prices: dict[int, str] | None = None) -> None:
    opened(line, b, prices or {0: "1980000", 1: "1950000", 3: "1990000"})
    line.score(b + timedelta(days=23))
    line.through(Tender, "awarded", b + timedelta(days=24), b + timedelta(days=25))


def signed(line: Line, b: date, prices: dict[int, str] | None = None) -> date:
    """Contract drafted two days after the award, signed eight days later; returns the day of signature."""
    awarded(line, b, prices)
    start = b + timedelta(days=27)
    line.through(
        Contract, "signed", start, start + timedelta(days=3), start + timedelta(days=6), start + timedelta(days=8)
    )
    return start + timedelta(days=8)


def filed(line: Line, b: date, prices: dict[int, str] | None = None) -> date:
    on = signed(line, b, prices)
    line.act("contract.copy_finance", line.contract(), on + timedelta(days=5))
    line.act("contract.file", line.contract(), on + timedelta(days=7))
    return on + timedelta(days=7)


def _plan(line: Line) -> ImplementationPlan:
    plan: ImplementationPlan = line.latest(ImplementationPlan)
    return plan


# --- the streets --------------------------------------------------------------------------------------------------


def paid_in_time(line: Line) -> None:
    on = filed(line, day("2010-09-15"))
    claim = line.claim(1, on + timedelta(days=7), on + timedelta(days=9))
    line.pay(claim, on + timedelta(days=12))


def city_pays_late(line: Line) -> None:
    on = filed(line, day("2010-09-20"))
    claim = line.claim(1, on + timedelta(days=7), on + timedelta(days=9))
    line.pay(
        claim,
        on + timedelta(days=12),
        only=lambda payment: payment.payer_id == line.cast.finances[line.district].organisation_id,
    )


def waiting_for_approval(line: Line) -> None:
    awarded(line, day("2010-12-20"))
    line.act("contract.draft", None, day("2011-01-17"))


def taking_bids(line: Line) -> None:
    announced(line, day("2011-02-10"))
    line.bid(day("2011-02-25"), {0: "1960000", 1: "1985000"})


def failed_and_again(line: Line) -> None:
    announced(line, day("2010-11-01"))
    line.bid(day("2010-11-18"), {0: "1960000", 3: "1985000"})
    line.act("tender.fail", line.latest(Tender), day("2010-11-24"), reason="截止时只有两家投标，依法废标后重新招标。")
    line.act("tender.draft", None, day("2011-02-10"))
    line.act("tender.brief", line.latest(Tender), day("2011-02-20"))


def copy_overdue(line: Line) -> None:
    signed(line, day("2010-12-01"))


def paid_late(line: Line) -> None:
    on = filed(line, day("2010-10-20"))
    claim = line.claim(1, on + timedelta(days=4), on + timedelta(days=6))
    line.pay(claim, day("2011-01-20"))


def plan_returned(line: Line) -> None:
    line.open(day("2010-08-20"))
    line.act("implementation.submit", None, day("2010-08-27"))
    line.act(
        "implementation.return", _plan(line), day("2010-09-10"), reason="服务目标没有量化，场地尚未落实，请补充后重报。"
    )


def scoring(line: Line) -> None:
    opened(line, day("2011-02-01"), {0: "1970000", 1: "1940000", 3: "1990000"})
    line.score(day("2011-02-25"), experts=2)


def half_committed(line: Line) -> None:
    line.open(day("2010-08-16"))
    line.act("needs.start", None, day("2010-08-18"))
    line.assess_needs(day("2010-08-28"), day("2010-08-28"))
    line.plan(day("2010-08-30"), day("2010-09-13"), day("2010-09-30"))
    item = line.through(PlanItem, "approved", day("2010-10-08"), day("2010-10-20"))
    share = Share.objects.get(item=item, payer=line.cast.finances[line.district].organisation)
    line.act("share.commit", share, day("2010-11-01"), actor=line.cast.finances[line.district])


def surveying(line: Line) -> None:
    line.open(day("2010-08-23"))
    line.act("implementation.submit", None, day("2010-08-30"))
    line.act("needs.start", None, day("2010-12-01"))


def plan_at_city(line: Line) -> None:
    line.open(day("2010-08-12"))
    line.act("implementation.submit", None, day("2010-08-25"))
    line.act("implementation.review", _plan(line), day("2011-02-14"))


def item_proposed(line: Line) -> None:
    line.open(day("2010-08-11"))
    line.act("needs.start", None, day("2010-08-12"))
    line.assess_needs(day("2010-09-20"), day("2010-09-20"))
    line.plan(day("2010-09-25"), day("2010-10-09"), day("2010-11-10"))
    line.act("item.propose", None, day("2011-02-21"))


def item_returned(line: Line) -> None:
    item_proposed(line)
    line.act("item.return", line.latest(PlanItem), day("2011-02-24"), reason="服务总量与单价不一致，请按测算表复核。")


def awaiting_claim(line: Line) -> None:
    filed(line, day("2010-12-15"))


def drafting(line: Line) -> None:
    prepared(line, day("2011-01-20"))
    line.act("tender.draft", None, day("2011-02-18"))


def just_opened(line: Line) -> None:
    line.open(day("2010-08-20"))


def plan_submitted(line: Line) -> None:
    line.open(day("2010-08-18"))
    line.act("implementation.submit", None, day("2010-08-31"))


def money_ready(line: Line) -> None:
    prepared(line, day("2010-12-10"))


def unsigned(line: Line) -> None:
    awarded(line, day("2010-12-28"))
    line.through(Contract, "accepted", day("2011-01-25"), day("2011-02-12"), day("2011-02-15"))


STORIES: list[tuple[str, str, Story]] = [
    ("440104", "广卫街", paid_in_time),
    ("440104", "建设街", city_pays_late),
    ("440104", "矿泉街", waiting_for_approval),
    ("440104", "北京街", taking_bids),
    ("440105", "沙园街", failed_and_again),
    ("440105", "江南中街", half_committed),
    ("440103", "逢源街", surveying),
    ("440103", "海龙街", copy_overdue),
    ("440103", "金花街", plan_at_city),
    ("440106", "天园街", paid_late),
    ("440112", "黄埔街", item_proposed),
    ("440111", "三元里街", item_returned),
    ("440111", "金沙街", plan_returned),
    ("440114", "新华街", scoring),
    ("440113", "桥南街", awaiting_claim),
    ("440115", "珠江街", drafting),
    ("440115", "南沙街", just_opened),
    ("440116", "夏港街", plan_submitted),
    ("440184", "街口街", money_ready),
    ("440183", "荔城街", unsigned),
]


def tell(cast: Cast) -> Iterator[str]:
    """Perform every story, yielding the street about to be told."""
    funds(cast, day("2010-08-02"))
    for district, street, story in STORIES:
        yield street
        story(Line(cast, district, street))
