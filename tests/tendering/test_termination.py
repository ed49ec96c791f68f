"""终止招标: not at will once the call is issued; told, reported, and what was collected given back."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.disclosure.queries import notices_of
from gongyue.kernel.models import Obligation
from gongyue.ledger.models import Entry
from gongyue.ledger.sequence import sequence
from gongyue.tendering.models import Tender, Termination
from gongyue.tendering.queries import ended_calls

from .conftest import attempt, moment, objections
from .test_changes import calling  # noqa: F401  (a call issued on 2 May 2018 for the first of June)

pytestmark = pytest.mark.django_db
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


def test_before_order_87_no_such_notice_is_owed(announced: Line) -> None:
    announced.act("tender.fail", announced.latest(Tender), date(2010, 11, 20), reason="需求有变")
    assert not Obligation.objects.filter(action__startswith="termination.", is_open=True).exists()
