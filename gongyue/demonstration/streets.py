"""The twenty pilot streets on the first of December 2011: three have lived their first year, the others came later.

Each is at a different point of its life, some in trouble.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from gongyue.budget.models import Fund, PlanItem
from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract
from gongyue.payments.models import Claim
from gongyue.programmes.models import ImplementationPlan
from gongyue.tendering.models import Bid, Tender

from . import sealed
from .cast import Cast, must
from .line import Line
from .papers import yuan

TODAY = date(2011, 12, 1)
Told = Iterator[date]  # a story yields the day it is about to act on; acting follows when it is resumed


class Story:
    """A story told on the line of one street: at once when called, or day by day among others (`steps`)."""

    def __init__(self, steps: Callable[..., Told]) -> None:
        self.steps = steps

    def __call__(self, line: Line, *details: Any) -> None:
        for _day in self.steps(line, *details):
            continue


def day(text: str) -> date:
    return date.fromisoformat(text)


def funds(cast: Cast, on: date, year: int | None = None) -> None:
    """The money lines of a year (the programme's own by default): one a payer for the grants, and, in the programme's
    year, the evaluation fee beside them."""
    programme = cast.programme
    first, year = year in (None, programme.year), year or programme.year
    city = sum(unit.shares.get("city", 0) for unit in programme.units)
    districts: dict[str, int] = {}
    for unit in programme.units:
        districts[unit.district] = districts.get(unit.district, 0) + unit.shares.get("district", 0)
    assert cast.city_finance is not None
    lines = [(cast.city_finance, "programme", city, "试点资金（市级）", f"穗财社〔{year}〕1 号（演示）")]
    lines += [
        (cast.city_finance, "evaluation", line.amount_fen, "试点评估费", f"穗财社〔{year}〕2 号（演示）")
        for line in programme.lines
        if first
    ]
    lines += [
        (cast.finances[code], "programme", fen, "试点资金（区级）", f"区财社〔{year}〕{number} 号（演示）")
        for number, (code, fen) in enumerate(districts.items(), 1)
        if code in cast.finances and fen
    ]
    for payer, purpose, fen, name, number in lines:
        data = {
            "name": name if first else f"{year} 年{name}", "year": str(year), "purpose": purpose,
            "programme": programme.id, "indicator_number": number, "amount": yuan(fen),
        }  # fmt: skip
        must("fund.open", Fund(payer=payer.organisation), payer, on, data)


# --- stages: each brings a street to a point, `b` being the day the city approves its plan ------------------------


@Story
def prepared(line: Line, b: date, tender: bool = False) -> Told:
    """Needs, plan, item and money. The plan is approved on `b`; preparing a tender (drafted, briefed) need not wait."""

    def on(days: int) -> date:
        return b + timedelta(days=days)

    yield (now := on(-40))
    line.open(now)
    yield (now := on(-38))
    line.act("needs.start", None, now)
    yield (now := on(-28))
    line.assess_needs(now, now)
    yield (now := on(-27))
    line.act("implementation.submit", None, now)
    yield (now := on(-26))
    line.act("item.propose", None, now, year=str(now.year))
    yield (now := on(-22))
    line.act("item.approve", line.latest(PlanItem), now)
    yield (now := on(-20))
    line.commit(now)
    line.act("implementation.review", _plan(line), now)
    line.authorise(now)
    if tender:
        yield (now := on(-19))
        line.act("tender.draft", None, now)
        yield (now := on(-18))
        line.act("tender.brief", line.latest(Tender), now)
    yield b
    line.act("implementation.approve", _plan(line), b)


@Story
def announced(line: Line, b: date, locked: bool = False) -> Told:
    """`locked`: bids are sealed for the keys of three offices, two of which open."""
    yield from prepared.steps(line, b, True)
    line.act("tender.appoint", line.latest(Tender), b)
    if locked:
        sealed.lock(line, b)
    yield (now := b + timedelta(days=1))
    line.act("tender.publish", line.latest(Tender), now)


@Story
def opened(line: Line, b: date, prices: dict[int, str], unfit: int | None = None) -> Told:
    yield from announced.steps(line, b)
    yield (now := b + timedelta(days=15))
    line.bid(now, prices)
    yield (now := b + timedelta(days=22))
    line.open_bids(datetime.combine(now, time(10), LOCAL), unfit=unfit)


@Story
def opened_with_keys(line: Line, b: date, prices: dict[int, str]) -> Told:
    """Sealed bids; one of three keys is lost before the opening, and the other two open them."""
    yield from announced.steps(line, b, True)
    yield (now := b + timedelta(days=15))
    for index, price in prices.items():
        sealed.hand_in(line, line.cast.social[index], now, price, files=[sealed.PAPER])
    yield (now := b + timedelta(days=18))
    lost = sealed.key_of(line, "street_office")
    line.act("keyholder.lose", lost, now, actor=sealed.holder(line, "street_office"),
             reason="存放钥匙文件的优盘损坏，读不出来，没有泄露。")  # fmt: skip
    yield (now := b + timedelta(days=22))
    sealed.opened(line, datetime.combine(now, time(10), LOCAL))
    for bid in Bid.objects.filter(tender=line.latest(Tender), state="submitted"):
        line.act("bid.qualify", bid, datetime.combine(now, time(10), LOCAL))


@Story
def awarded(line: Line, b: date, prices: dict[int, str] | None = None, opening: Story = opened) -> Told:
    yield from opening.steps(line, b, prices or {0: "1980000", 1: "1950000", 3: "1990000"})
    yield (now := b + timedelta(days=23))
    line.score(now)
    yield (now := b + timedelta(days=24))
    line.act("tender.score", line.latest(Tender), now)
    yield (now := b + timedelta(days=25))
    line.act("tender.award", line.latest(Tender), now)


@Story
def signed(line: Line, b: date, prices: dict[int, str] | None = None) -> Told:
    """Drafted two days after the award, signed eight days later: on day thirty-five."""
    yield from awarded.steps(line, b, prices)
    for days, milestone in ((27, "drafted"), (30, "approved"), (33, "accepted"), (35, "signed")):
        yield (now := b + timedelta(days=days))
        line.through(Contract, milestone, now)


@Story
def filed(line: Line, b: date, prices: dict[int, str] | None = None) -> Told:
    """Copied to finance on day forty, filed on day forty-two."""
    yield from signed.steps(line, b, prices)
    yield (now := b + timedelta(days=40))
    line.act("contract.copy_finance", line.contract(), now)
    yield (now := b + timedelta(days=42))
    line.act("contract.file", line.contract(), now)


@Story
def claimed(line: Line, b: date, prices: dict[int, str] | None = None) -> Told:
    """The first instalment claimed a week after filing and checked two days later: on day fifty-one."""
    yield from filed.steps(line, b, prices)
    yield (now := b + timedelta(days=49))
    line.act("claim.submit", None, now, seed="1")
    yield (now := b + timedelta(days=51))
    line.act("claim.check", line.latest(Claim), now)


def _plan(line: Line) -> ImplementationPlan:
    plan: ImplementationPlan = line.latest(ImplementationPlan)
    return plan


# --- the streets --------------------------------------------------------------------------------------------------


@Story
def paid_in_time(line: Line) -> Told:
    yield from claimed.steps(line, day("2010-09-15"))
    yield (now := day("2010-11-08"))
    line.pay(line.latest(Claim), now)


@Story
def city_pays_late(line: Line) -> Told:
    yield from claimed.steps(line, day("2010-09-20"))
    yield (now := day("2010-11-13"))
    _district_pays(line, now)


def _district_pays(line: Line, now: date) -> None:
    district = line.cast.finances[line.district].organisation_id
    line.pay(line.latest(Claim), now, only=lambda payment: payment.payer_id == district)


@Story
def city_pays_late_again(line: Line) -> Told:
    """Its last instalment is claimed and the district's half is paid; the city's is not."""
    yield from city_pays_late.steps(line)
    yield (now := day("2011-11-18"))
    _district_pays(line, now)


@Story
def waiting_for_approval(line: Line) -> Told:
    yield from awarded.steps(line, day("2011-09-20"), None, opened_with_keys)
    yield (now := day("2011-10-17"))
    line.act("contract.draft", None, now)


@Story
def taking_bids(line: Line) -> Told:
    """Four sealed bids, one of them taken back: three wait for the keys, which are used after the deadline."""
    yield from announced.steps(line, day("2011-11-10"), True)
    yield (now := day("2011-11-25"))
    for index, price in {0: "1960000", 1: "1985000", 2: "1969500", 3: "1978000"}.items():
        sealed.hand_in(line, line.cast.social[index], now, price, files=[sealed.PAPER])
    yield (now := day("2011-11-28"))
    gone = line.cast.social[3]
    bid = Bid.objects.get(tender=line.latest(Tender), organisation=gone.organisation_id)
    line.act("bid.withdraw", bid, now, actor=gone)


@Story
def failed_and_again(line: Line) -> Told:
    yield from announced.steps(line, day("2011-08-01"))
    yield (now := day("2011-08-18"))
    line.bid(now, {0: "1960000", 3: "1985000"})
    yield (now := day("2011-08-24"))
    line.act("tender.fail", line.latest(Tender), now, reason="截止时只有两家投标，依法废标后重新招标。")
    yield (now := day("2011-11-10"))
    line.act("tender.draft", None, now)
    yield (now := day("2011-11-21"))
    line.act("tender.brief", line.latest(Tender), now)


@Story
def copy_overdue(line: Line) -> Told:
    yield from signed.steps(line, day("2011-09-01"))


@Story
def paid_late(line: Line) -> Told:
    yield from claimed.steps(line, day("2010-10-20"), {3: "1980000", 0: "1975000", 1: "1990000"})
    yield (now := day("2011-01-20"))
    line.pay(line.latest(Claim), now)


@Story
def plan_returned(line: Line) -> Told:
    yield (now := day("2011-08-22"))
    line.open(now)
    yield (now := day("2011-08-29"))
    line.act("implementation.submit", None, now)
    yield (now := day("2011-09-13"))
    line.act("implementation.return", _plan(line), now, reason="服务目标没有量化，场地尚未落实，请补充后重报。")


@Story
def scoring(line: Line) -> Told:
    """Four bids, one unfit; two of three experts have handed in their sheets."""
    prices = {0: "1970000", 1: "1940000", 2: "1955000", 3: "1990000"}
    yield from opened.steps(line, day("2011-11-01"), prices, 2)
    yield (now := day("2011-11-25"))
    for expert in line.cast.experts[1:3]:
        line.act("sheet.submit", None, now, actor=expert)


@Story
def planned(line: Line, opened_on: date, needs: date, submitted: date, reviewed: date, approved: date) -> Told:
    """Opened, needs assessed, the plan through its three levels; no item yet."""
    yield opened_on
    line.open(opened_on)
    yield (now := opened_on + timedelta(days=2))
    line.act("needs.start", None, now)
    yield needs
    line.assess_needs(needs, needs)
    yield submitted
    line.act("implementation.submit", None, submitted)
    yield reviewed
    line.act("implementation.review", _plan(line), reviewed)
    yield approved
    line.act("implementation.approve", _plan(line), approved)


@Story
def half_committed(line: Line) -> Told:
    days = ("2011-08-16", "2011-08-29", "2011-08-30", "2011-09-13", "2011-09-28")
    yield from planned.steps(line, *map(day, days))
    yield (now := day("2011-10-10"))
    line.act("item.propose", None, now, year=str(now.year))
    yield (now := day("2011-10-20"))
    line.act("item.approve", line.latest(PlanItem), now)
    yield (now := day("2011-11-01"))
    district = line.cast.finances[line.district].organisation_id
    line.commit(now, only=lambda share: share.payer_id == district)


@Story
def surveying(line: Line) -> Told:
    yield (now := day("2011-10-10"))
    line.open(now)
    yield (now := day("2011-10-18"))
    line.act("implementation.submit", None, now)
    yield (now := day("2011-10-20"))
    line.act("needs.start", None, now)


@Story
def plan_at_city(line: Line) -> Told:
    yield (now := day("2011-08-12"))
    line.open(now)
    yield (now := day("2011-08-25"))
    line.act("implementation.submit", None, now)
    yield (now := day("2011-11-14"))
    line.act("implementation.review", _plan(line), now)


@Story
def item_proposed(line: Line) -> Told:
    days = ("2011-05-11", "2011-06-20", "2011-06-27", "2011-07-11", "2011-08-10")
    yield from planned.steps(line, *map(day, days))
    yield (now := day("2011-11-21"))
    line.act("item.propose", None, now, year=str(now.year))


@Story
def item_returned(line: Line) -> Told:
    yield from item_proposed.steps(line)
    yield (now := day("2011-11-24"))
    line.act("item.return", line.latest(PlanItem), now, reason="服务总量与单价不一致，请按测算表复核。")


@Story
def in_its_year(line: Line) -> Told:
    """A mode-two street, where only a project is bought: its first instalment paid, its mid-term under way."""
    yield from claimed.steps(line, day("2010-12-15"), {1: "1480000", 0: "1490000", 3: "1495000"})
    yield (now := day("2011-02-14"))
    line.pay(line.latest(Claim), now)


@Story
def drafting(line: Line) -> Told:
    yield from prepared.steps(line, day("2011-10-20"))
    yield (now := day("2011-11-18"))
    line.act("tender.draft", None, now)


@Story
def just_opened(line: Line) -> Told:
    yield (now := day("2011-11-10"))
    line.open(now)


@Story
def plan_submitted(line: Line) -> Told:
    yield (now := day("2011-10-18"))
    line.open(now)
    yield (now := day("2011-10-31"))
    line.act("implementation.submit", None, now)


@Story
def money_ready(line: Line) -> Told:
    yield from prepared.steps(line, day("2011-09-09"))


@Story
def unsigned(line: Line) -> Told:
    """The contract was sent back once; everybody has agreed, nobody has signed."""
    yield from awarded.steps(line, day("2011-09-28"), {1: "1960000", 0: "1975000", 3: "1990000"})
    yield (now := day("2011-10-25"))
    line.act("contract.draft", None, now)
    yield (now := day("2011-10-28"))
    line.act("contract.return", line.contract(), now, actor=line.cast.bureaus[line.district][1])
    yield (now := day("2011-11-01"))
    line.act("contract.draft", line.contract(), now)
    for text, milestone in (("2011-11-09", "approved"), ("2011-11-11", "accepted")):
        yield (now := day(text))
        line.through(Contract, milestone, now)


STORIES: list[tuple[str, str, Story]] = [
    ("440104", "广卫街", paid_in_time),
    ("440104", "建设街", city_pays_late_again),
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
    ("440113", "桥南街", in_its_year),
    ("440115", "珠江街", drafting),
    ("440115", "南沙街", just_opened),
    ("440116", "夏港街", plan_submitted),
    ("440184", "街口街", money_ready),
    ("440183", "荔城街", unsigned),
]
