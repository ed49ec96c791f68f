"""Money after it was promised: carried over a year's end, late, sent back by a bank, recovered, saved, reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from gongyue.budget.models import Fund
from gongyue.demonstration.cast import Cast, must
from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import yuan
from gongyue.demonstration.streets import Story, Told
from gongyue.payments.models import Breach, Liability, Payment, Refund, UsePlan, YearlyReceipt


def carried_over(cast: Cast, on: date) -> Told:
    """Every payer hands what the year left unpaid on to its line of the next."""
    yield on
    assert cast.city_finance is not None
    for payer in (cast.city_finance, *cast.finances.values()):
        purpose = Fund.Purpose.PROGRAMME
        lines = Fund.objects.filter(payer=payer.organisation, year=cast.programme.year, purpose=purpose)
        for fund in lines.select_related(*Fund.related):
            number = f"结转〔{on.year}〕{fund.pk} 号（演示）"
            must("fund.carry", fund, payer, on, {"number": number, "amount": yuan(fund.unpaid_fen)})


@Story
def accounted(line: Line, since: date) -> Told:
    """The provider's own budget by heading, and what it spent in the first month."""
    yield since
    line.act("useplan.submit", None, since)
    line.act("useplan.approve", line.latest(UsePlan), since)
    yield (now := since + timedelta(days=45))
    line.act("spending.report", None, now)
    line.act("selfcheck.schedule", None, now)


@Story
def budget_returned(line: Line, since: date) -> Told:
    """A budget by heading that the purchaser sends back before it agrees."""
    yield since
    line.act("useplan.submit", None, since)
    yield (now := since + timedelta(days=4))
    line.act("useplan.return", line.latest(UsePlan), now)
    yield (now := since + timedelta(days=6))
    line.act("useplan.submit", line.latest(UsePlan), now)
    line.act("useplan.approve", line.latest(UsePlan), now)
    line.act("selfcheck.schedule", None, now)


LEFT = "7599.00"  # of 1 980 000 paid, what the three accounts of the year leave


@Story
def spent(line: Line, *days: date) -> Told:
    """What was spent until each of these days, beside what the first month took."""
    for number, now in enumerate(days, 1):
        yield now
        line.act("spending.report", None, now, **SPENT[number])


SPENT: dict[int, dict[str, Any]] = {
    1: {
        "starts_on": "2011-01-01", "ends_on": "2011-04-30",
        "entries": [
            {"heading": name, "spent_on": f"2011-04-{day}", "voucher": f"记04{day}", "amount": amount, "note": note}
            for name, day, amount, note in (
                ("人员", "25", "478000", "一至四月工资和社会保险"), ("督导", "26", "31600", "外聘督导八次"),
                ("活动", "27", "98200.50", "春节慰问、小组材料"), ("管理费", "28", "66000", "水电、审计"),
            )
        ],
        "efficiency": "个案单位成本与预算相当，小组略低。",
    },
    2: {
        "starts_on": "2011-05-01", "ends_on": "2011-10-25",
        "entries": [
            {"heading": name, "spent_on": f"2011-10-{day}", "voucher": f"记10{day}", "amount": amount, "note": note}
            for name, day, amount, note in (
                ("人员", "20", "815200", "五至十月工资和社会保险"), ("督导", "21", "63000", "外聘督导十六次"),
                ("活动", "22", "180500", "暑期课后照管、社区活动"), ("管理费", "24", "118300", "水电、办公、审计"),
            )
        ],
        "efficiency": "全年服务量超过合同约定，单位成本低于预算。",
    },
}  # fmt: skip


@Story
def year_reported(line: Line, since: date) -> Told:
    """Both yearly reports, received by street and district; the city has not signed for its copies yet."""
    yield since
    for topic in ("self", "funds"):
        line.act("yearly.submit", None, since, seed=topic)
    yield (now := since + timedelta(days=3))
    readers = (line.cast.streets[line.street.pk], line.cast.bureaus[line.district][0])
    offices = {post.organisation_id: post for post in readers}
    for receipt in YearlyReceipt.objects.filter(purchase=line.purchase).order_by("pk"):
        if (actor := offices.get(receipt.recipient_id)) is not None:
            line.act("yearlyreceipt.sign", receipt, now, actor=actor)


@Story
def saved(line: Line, since: date) -> Told:
    """What is left over when the year is done goes back to those who paid."""
    yield since
    plan = line.latest(UsePlan)
    line.act("useplan.settle", plan, since, amount=LEFT)
    yield (now := since + timedelta(days=6))
    received(line, now)


def received(line: Line, on: date, *, only: Callable[[Refund], bool] = lambda refund: True) -> None:
    for refund in Refund.objects.filter(purchase=line.purchase, state="owed").order_by("pk"):
        if only(refund):
            line.act("refund.receive", refund, on, actor=line.payer(refund.payer))


@Story
def answered_for(line: Line, since: date) -> Told:
    """The city was late with its half: the provider says what that did, the payer answers, the bureau decides."""
    yield since
    late = Payment.objects.filter(purchase=line.purchase, state="due").order_by("pk")[0]
    line.act("liability.open", None, since, seed=str(late))
    case = line.latest(Liability)
    yield (now := since + timedelta(days=10))
    line.act("liability.answer", case, now, actor=line.payer(case.payment.payer))
    yield (now := since + timedelta(days=22))
    line.act("liability.conclude", case, now)


@Story
def bounced(line: Line, paid: date) -> Told:
    """Paid at last; the bank sends it back, and it is paid again."""
    yield paid
    row = Payment.objects.filter(purchase=line.purchase, state="due").order_by("pk")[0]
    payer = line.payer(row.payer)
    line.act("payment.pay", row, paid, actor=payer)
    yield (now := paid + timedelta(days=4))
    line.act("payment.bounce", row, now, actor=payer)
    yield (now := paid + timedelta(days=11))
    line.act("payment.pay", row, now, actor=payer, voucher_number=f"ZF{now:%Y%m%d}R", account="7735")


@Story
def failed(line: Line, since: date) -> Told:
    """The provider does not perform and says nothing: what was not accepted comes back, in the ratio of the payers."""
    yield since
    line.act("breach.open", None, since)
    case = line.latest(Breach)
    yield (now := since + timedelta(days=21))
    line.act("breach.note_silence", case, now, served_on=str(since + timedelta(days=3)))
    yield (now := since + timedelta(days=28))
    line.act("breach.decide", case, now)
    district = line.cast.finances[line.district].organisation
    yield (now := since + timedelta(days=52))
    received(line, now, only=lambda refund: refund.payer_id == district.pk)
    yield (now := since + timedelta(days=59))
    received(line, now)


@Story
def cleared(line: Line, since: date) -> Told:
    """Another provider is heard, and the case is dropped."""
    yield since
    line.act("breach.open", None, since, severity="ordinary", effect="", failure="八月的两次小组活动没有按计划开展。")
    case = line.latest(Breach)
    yield (now := since + timedelta(days=7))
    line.act("breach.state", case, now, statement="因台风停办，已在九月补办，附签到表。")
    yield (now := since + timedelta(days=15))
    line.act("breach.drop", case, now)
