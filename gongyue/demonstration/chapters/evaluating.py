"""Evaluations: the contract's two, the pilot's own, the one after a full year; what follows from the last."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from gongyue.assessment.models import Improvement, SelfCheck
from gongyue.budget.models import PlanItem
from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import Story, Told
from gongyue.payments.models import Claim


@Story
def assessed(
    line: Line, moment: str, opened: date, concluded: date, number: int, paid: date | None, returned: bool = False
) -> Told:
    """The contract's mid-term or year-end, and the instalment that waited for it: paid on `paid`, or not yet.

    `returned`: the first claim was not in order.
    """
    yield opened
    line.act("assessment.open", None, opened, seed=moment)
    yield concluded
    line.act("assessment.conclude", line.assessment(moment), concluded)
    yield (now := concluded + timedelta(days=2))
    line.act("claim.submit", None, now, seed=str(number))
    if returned:
        line.act("claim.return", line.latest(Claim), now)
        yield (now := concluded + timedelta(days=3))
        line.act("claim.submit", line.latest(Claim), now)
    yield (now := concluded + timedelta(days=3))
    line.act("claim.check", line.latest(Claim), now)
    if paid is not None:
        yield paid
        line.pay(line.latest(Claim), paid)


@Story
def begun(line: Line, moment: str, opened: date) -> Told:
    """The evaluator is at work."""
    yield opened
    line.act("assessment.open", None, opened, seed=moment)


@Story
def evaluated(line: Line, series: str, commissioned: date, reported: date, signed: date | None) -> Told:
    """One of the pilot's own, its fee paid from the line beside the grants; signed, or waiting for it."""
    yield commissioned
    line.act("evaluation.commission", None, commissioned, seed=series)
    yield reported
    line.act("evaluation.report", line.evaluation(series), reported)
    yield (now := reported + timedelta(days=1))
    line.act("evaluation.pay_fee", line.evaluation(series), now)
    if signed is not None:
        yield signed
        line.act("evaluation.conclude", line.evaluation(series), signed)


@Story
def year_over(line: Line, commissioned: date, reported: date, signed: date) -> Told:
    """The comprehensive one says: go on."""
    yield commissioned
    line.act("evaluation.commission", None, commissioned, seed="comprehensive")
    yield reported
    line.act("evaluation.report", line.evaluation("comprehensive"), reported)
    yield signed
    line.act("evaluation.conclude", line.evaluation("comprehensive"), signed)


@Story
def renewed(line: Line, since: date) -> Told:
    """The second-year agreement, with an item and money of its own year; filed a fortnight later."""
    yield since
    line.act("contract.renew", line.contract(), since)
    yield (now := since + timedelta(days=1))
    line.act("item.approve", line.latest(PlanItem), now)
    yield (now := since + timedelta(days=3))
    line.commit(now)
    for days, milestone in ((7, "approved"), (8, "accepted"), (9, "signed")):
        yield (now := since + timedelta(days=days))
        line.through(Contract, milestone, now)
    yield (now := since + timedelta(days=10))
    line.act("contract.copy_finance", line.contract(), now)
    yield (now := since + timedelta(days=14))
    line.act("contract.file", line.contract(), now)


@Story
def to_improve(line: Line, signed: date) -> Told:
    """The conclusion is taken back once because of an error in the report, then signed: to improve, which was done."""
    found: dict[str, Any] = {
        "result": "improve",
        "reasons": "个案记录完整，但督导不足，志愿者流失较多，须改进后再定第二年。",
    }
    yield signed
    evaluation = line.evaluation("comprehensive")
    line.act("evaluation.withdraw", evaluation, signed)
    yield (now := signed + timedelta(days=1))
    line.act("evaluation.conclude", evaluation, now, **found)
    yield (now := signed + timedelta(days=3))
    line.act("improvement.submit", None, now)
    yield (now := signed + timedelta(days=4))
    line.act("improvement.return", line.latest(Improvement), now)
    yield (now := signed + timedelta(days=6))
    line.act("improvement.submit", line.latest(Improvement), now, plan="十二月起每周一次督导，每月复核十份个案记录。")
    yield (now := signed + timedelta(days=11))
    line.act("improvement.accept", line.latest(Improvement), now)


@Story
def looked_at_itself(line: Line, *days: date) -> Told:
    """The provider's self-checks, each on the cycle that the purchaser set."""
    for now in days:
        yield now
        line.act("selfcheck.submit", line.latest(SelfCheck), now)
