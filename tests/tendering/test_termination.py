"""终止招标: not at will once the call is issued; told, reported, and what was collected given back."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.disclosure.queries import notices_of
from gongyue.kernel.models import Obligation
from gongyue.ledger.models import Entry
from gongyue.ledger.sequence import sequence
from gongyue.tendering.models import Bid, Tender, Termination
from gongyue.tendering.queries import ended_calls

from .conftest import attempt, moment, objections
from .evaluating import THEN
from .test_changes import calling  # noqa: F401  (a call issued on 2 May 2018 for the first of June)
from .test_report import score as score_bids
from .test_report import signed

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # the verbs are told on both in journeys
BOTH = ["ended-on-a-ground", "first-by-silence"]
ROW = {"organisation": "甲中心", "fee": "300", "bond": "20000", "interest": "12.5", "repaid_on": "2018-05-14"}


def end(line: Line, on: str = "2018-05-10", **data: Any) -> Any:
    given = {"reason": "区划调整，服务中心撤并，采购任务取消。", "ended_for": "cancelled", "collected": "on"} | data
    return attempt(line, "tender.fail", line.latest(Tender), moment(on), **given)


def act(line: Line, name: str, on: str, **data: Any) -> Any:
    return attempt(line, name, line.latest(Termination), moment(on), actor=line.actor("tender.publish"), **data)


def test_a_call_issued_is_not_ended_at_will(calling: Line) -> None:  # noqa: F811
    for ground in ("", "few", "ceiling"):
        assert objections(end(calling, ended_for=ground)) == ["ended-on-a-ground"]
    assert end(calling, ended_for="documents").entry is not None
    assert not Termination.objects.exists()


def test_its_end_is_told_reported_and_paid_back(calling: Line) -> None:  # noqa: F811
    holder, other = calling.cast.social[1], calling.cast.social[3]
    calling.act("package.take", None, date(2018, 5, 4), actor=holder)
    assert end(calling).entry is not None
    owed = Obligation.objects.filter(purchase=calling.purchase, is_open=True, action__startswith="termination.")
    assert {(one.action, one.due_on) for one in owed} == {
        ("termination.announce", None), ("termination.report", None), ("termination.repay", date(2018, 5, 17)),
    }  # fmt: skip
    assert ended_calls(holder) == []
    told = act(calling, "termination.announce", "2018-05-11", medium="广东省政府采购网", text="本项目终止招标。")
    assert told.entry is not None
    assert [one.text for one in ended_calls(holder)] == ["本项目终止招标。"]
    assert ended_calls(other) == []
    sequence()
    assert "本项目终止招标。" in str([one.fields for one in notices_of(calling.purchase)])

    reported = {
        "situation": "尚未开标",
        "cause": "区划调整",
        "report_number": "民函〔2018〕3号",
        "reported_on": "2018-05-11",
    }
    assert act(calling, "termination.report", "2018-05-14", **reported).entry is not None
    for row, field in ((ROW | {"interest": ""}, "repayments"), (ROW | {"fee": "", "bond": ""}, "repayments")):
        assert list(act(calling, "termination.repay", "2018-05-15", repayments=[row]).form.errors) == [field]
    nothing = ROW | {"organisation": "乙中心", "interest": "0"}
    repaid = act(calling, "termination.repay", "2018-05-15", repayments=[ROW, nothing])
    assert repaid.entry is not None
    assert [(row["fee"], row["bond"], row["interest"]) for row in calling.latest(Termination).repaid] == [
        (30_000, 2_000_000, 1_250), (30_000, 2_000_000, 0),
    ]  # fmt: skip
    assert "甲中心" not in Entry.objects.get(pk=repaid.entry.pk).body
    assert not owed.all().exists()


def fail(line: Line, at: datetime, ended_for: str = "") -> Any:
    given = {"reason": "对第一名不满意。", "ended_for": ended_for}
    return attempt(line, "tender.fail", line.latest(Tender), at, **given)


@pytest.mark.parametrize("ground", ["", "documents", "few", "ceiling", "ordered"])
def test_nor_is_it_once_the_bids_are_ranked(sat: Line, ground: str) -> None:
    """Three bids are qualified and within the ceiling, and nothing was decided by answer or complaint."""
    score_bids(sat)
    assert objections(fail(sat, THEN, ground)) == ["ended-on-a-ground"]
    assert sat.latest(Tender).state == "scored"


def test_who_breaks_the_law_ends_it_even_then(sat: Line) -> None:
    score_bids(sat)
    assert fail(sat, THEN, "unfair").entry is not None


def test_too_few_ends_it_once_the_review_shows_so(ready: Line) -> None:
    assert objections(fail(ready, THEN, "few")) == ["ended-on-a-ground"]
    Bid.objects.filter(organisation=ready.cast.social[0].organisation).update(state="disqualified")
    assert fail(ready, THEN, "few").entry is not None


@pytest.mark.parametrize(
    ("hours", "found"), [(0, ["ended-on-a-ground"]), (24 * 9, BOTH), (24 * 8, ["ended-on-a-ground"])]
)
def test_after_five_working_days_the_first_counts_as_chosen(sat: Line, hours: int, found: list[str]) -> None:
    """Signed on Tuesday 3 April 2018: Wednesday is the first day, Qingming is off to the 7th, then 8 to 11. On the
    twelfth it is over; scored long before says nothing."""
    score_bids(sat)
    signed(sat)
    Tender.objects.filter(pk=sat.latest(Tender).pk).update(scored_at=moment("2018-03-01"))
    assert sorted(objections(fail(sat, THEN + timedelta(hours=hours)))) == found
    assert attempt(sat, "tender.award", sat.latest(Tender), THEN + timedelta(hours=hours)).entry is not None


def test_silence_leaves_the_grounds_of_law(sat: Line) -> None:
    score_bids(sat)
    signed(sat)
    late = THEN + timedelta(days=9)
    assert sorted(objections(fail(sat, late, "ordered"))) == BOTH
    assert fail(sat, late, "cancelled").entry is not None


def test_before_order_87_no_such_notice_is_owed(announced: Line) -> None:
    announced.act("tender.fail", announced.latest(Tender), date(2010, 11, 20), reason="需求有变")
    assert not Obligation.objects.filter(action__startswith="termination.", is_open=True).exists()
