"""Purchases brought to the contract and beyond, and attempts that may be refused."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from gongyue.budget import sharing
from gongyue.budget.domain import journal
from gongyue.budget.models import Fund, PlanItem, Share
from gongyue.clock import LOCAL
from gongyue.contracts.models import Contract
from gongyue.demonstration.cast import must
from gongyue.demonstration.line import Line
from gongyue.demonstration.papers import PAPERS
from gongyue.kernel import capacities
from gongyue.kernel.models import Post, Subject
from gongyue.kernel.offers import find
from gongyue.kernel.perform import Outcome, perform
from gongyue.tendering.models import Bid, Tender
from tests.memory import remembered
from tests.town import around

OPENED, AWARDED = date(2010, 8, 6), date(2010, 10, 10)
DRAFTED = date(2010, 10, 12)
SIGNED = date(2010, 10, 20)
FILED = date(2010, 10, 27)
STARTS, ENDS = date(2010, 11, 1), date(2011, 10, 31)
PRICE = 195_000_000  # fen
SCHEDULE = [
    {"due_on": "2010-12-01", "amount": "780000", "requires": ""},
    {"due_on": "2011-05-10", "amount": "780000", "requires": "midterm"},
    {"due_on": "2011-11-30", "amount": "390000", "requires": "yearend"},
]
TERMS: dict[str, Any] = {
    "number": "YX-2010-01",
    "amount": "1950000",
    "starts_on": STARTS.isoformat(),
    "ends_on": ENDS.isoformat(),
    "service_requirements": "提供家庭、长者、青少年服务。",
    "quality_standard": "个案按期结案率不低于九成。",
    "payment_method": "分三期支付。",
    "rights_duties": "甲方按期付款，乙方保证质量。",
    "instalments": SCHEDULE,
}


def moment(on: date, hour: int = 10) -> datetime:
    return datetime.combine(on, time(hour), LOCAL)


def attempt(
    line: Line, name: str, subject: Subject | None, on: date, *, actor: Post | None = None, seed: str = "",
    bare: bool = False, **data: Any,
) -> Outcome:  # fmt: skip
    """The action as a page would send it, refused or not; input not given is the demonstration's, unless `bare`."""
    actor = actor or line.actor(name)
    if subject is None:
        subject = find(name, actor=actor, at=moment(on), purchase=line.purchase, seed=seed)
        assert subject is not None
    elif subject.pk:
        subject.refresh_from_db()
    paper = {} if bare else PAPERS[name](line, subject, on) if name in PAPERS else {}
    return perform(
        name, subject, actor=actor, at=moment(on), data={**paper, **data}, seen=subject.version, request_id=uuid4()
    )


def rules(outcome: Outcome) -> list[str]:
    """Which rules stood in the way."""
    return [finding.rule for finding in outcome.findings]


@remembered
def awarded(line: Line) -> Line:
    """The rooms before this one have done their work: two million yuan, half from each payer, committed in full; won at
    1 950 000. Written as rows, for the sake of speed: the journeys walk the whole way."""
    purchase = line.open(OPENED)
    around(purchase)
    item = PlanItem.objects.create(
        purchase=purchase, year=2010, amount_fen=200_000_000, content="社区服务", goals="服务 2500 人次",
        requirements="配备社工", proposed_on=OPENED, approved_on=OPENED, state="approved", version=2,
    )  # fmt: skip
    payers = sharing.payers(purchase)
    for level, amount in sorted(sharing.of_item(item, line.regime).items()):
        payer = payers[level]
        share = Share.objects.create(purchase=purchase, item=item, payer=payer, amount_fen=amount, version=1)
        share.fund, share.state, share.committed_on = sharing.fund_rows(share).get(), "committed", OPENED
        share.save()
        journal.commit(share, share.fund, at=moment(OPENED))
    _award(line)
    return line


def _award(line: Line) -> None:
    tender = Tender.objects.create(
        purchase=line.purchase, title="社区综合服务中心服务采购", ceiling_fen=200_000_000, requirement="家庭服务",
        quality_standard="个案按期结案", announced_at=moment(AWARDED - timedelta(days=24)), state="scored", version=5,
        bids_due_at=moment(AWARDED - timedelta(days=3)), opened_at=moment(AWARDED - timedelta(days=3)),
    )  # fmt: skip
    provider = line.cast.social[0].organisation
    tender.winner = Bid.objects.create(
        purchase=line.purchase, tender=tender, organisation=provider, price_fen=PRICE, plan="以家庭为单位",
        fund_rules="专账核算", profile="成立五年", submitted_at=moment(AWARDED - timedelta(days=5)),
        state="qualified", version=2,
    )  # fmt: skip
    tender.awarded_at, tender.state = moment(AWARDED), "awarded"
    tender.save()
    capacities.appoint(line.purchase, "provider", provider, since=AWARDED)


def line_of_year(line: Line, payer: Post, year: int, on: date, amount: str = "2000000") -> Fund:
    """A payer opens its line of a year."""
    data = {
        "name": f"{year}年资金", "year": str(year), "purpose": "programme", "programme": line.cast.programme.id,
        "indicator_number": f"{year}-1", "amount": amount,
    }  # fmt: skip
    outcome = must("fund.open", Fund(payer=payer.organisation), payer, moment(on), data)
    return Fund.objects.get(pk=outcome.subject.pk)


@remembered
def drafted(line: Line, **terms: Any) -> Contract:
    line.act("contract.draft", None, DRAFTED, **TERMS | terms)
    return line.contract()


@remembered
def accepted(line: Line, **terms: Any) -> Contract:
    contract = drafted(line, **terms)
    line.act("contract.approve", contract, date(2010, 10, 14), approval_number="越民审〔2010〕7号")
    line.act("contract.accept", contract, date(2010, 10, 16))
    return line.contract()


@remembered
def signed(line: Line) -> Contract:
    line.act("contract.sign", accepted(line), SIGNED, signed_on=SIGNED.isoformat())
    return line.contract()


@remembered
def filed(line: Line) -> Contract:
    line.act("contract.file", signed(line), FILED, filing_number="穗民备〔2010〕3号")
    return line.contract()
