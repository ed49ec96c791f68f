"""Complaints: from when, how finance handles them, what its clock leaves out, what its decision makes of the result."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.disclosure.queries import notices_of
from gongyue.kernel.models import Obligation, Purchase
from gongyue.kernel.offers import find
from gongyue.ledger.sequence import sequence
from gongyue.tendering.facts import DisputeFacts
from gongyue.tendering.models import Bid, Challenge, Complaint, ComplaintReply, Pause, Supplement, Tender
from gongyue.tendering.relief import disputes
from tests.contracts import stages

from .conftest import attempt, moment, objections
from .disputing import (
    ANSWER,
    COMPLAINT,
    DECISION,
    accept,
    challenged,
    complained,
    due,
    examined,
    finance,
    loser,
    tried,
)
from .evaluating import THEN, members, submit

PAUSED = ["purchase-paused"]
pytestmark = pytest.mark.django_db
YES = dict.fromkeys(("challenged", "contents", "in_time", "untreated", "competent"), True)


def unfiled(line: Line, on: str) -> Any:
    return find("complaint.file", actor=loser(line), at=moment(on), purchase=line.purchase,
                seed=str(line.latest(Challenge).pk))  # fmt: skip


def mine(line: Line) -> dict[str, Any]:
    return COMPLAINT | {"actor": loser(line)}


# --- when ---------------------------------------------------------------------------------------------------------


@pytest.mark.clause("CD-39a")
def test_fifteen_working_days_run_from_the_end_of_the_answer_period(line: Line) -> None:
    """Received on 20 September 2018, the answer was due on the 30th; it came on the 26th, which counts for nothing.
    After National Day: 8 to 12, 15 to 19, 22 to 26 October."""
    challenged(line)
    assert tried(line, "complaint.file", unfiled(line, "2018-09-21"), "2018-09-21", actor=loser(line), **COMPLAINT) == [
        "complaint-after-challenge"
    ]
    accept(line, "2018-09-21")
    line.act("challenge.answer", line.latest(Challenge), date(2018, 9, 26), **ANSWER)
    late = tried(line, "complaint.file", unfiled(line, "2018-10-29"), "2018-10-29", actor=loser(line), **COMPLAINT)
    assert late == ["complaint-in-time"]
    assert tried(line, "complaint.file", unfiled(line, "2018-10-26"), "2018-10-26", **mine(line)) == []


def test_without_an_answer_one_complains_once_its_time_is_over(line: Line) -> None:
    challenged(line)
    assert tried(line, "complaint.file", unfiled(line, "2018-10-08"), "2018-10-08", **mine(line)) == []


@pytest.mark.parametrize(
    ("left_out", "rule"),
    [
        ({"within": False}, "complaint-scope"), ({"request": ""}, "complaint-request"),
        ({"history": ""}, "complaint-contents"), ({"grounds": ""}, "complaint-contents"),
        ({"signed": False}, "complaint-sealed"), ({"all_partners": False}, "complaint-together"),
    ],
)  # fmt: skip
def test_the_letter_is_checked_item_by_item(line: Line, left_out: dict[str, Any], rule: str) -> None:
    challenged(line)
    told = COMPLAINT | left_out | {"actor": loser(line)}
    assert tried(line, "complaint.file", unfiled(line, "2018-10-08"), "2018-10-08", **told) == [rule]


# --- handling it --------------------------------------------------------------------------------------------------


@pytest.mark.clause("CD-39a")
def test_every_clock_of_the_order_runs_from_its_own_day(line: Line) -> None:
    """Filed on Monday 8 October 2018: five working days end on the 15th, eight on the 18th, thirty on 19 November.
    Notified on Friday the 12th: five for the parties, to the 19th."""
    examined(line)
    assert [due(line, rule) for rule in ("examine-complaint", "notify-complaint", "decide-complaint")] == [
        date(2018, 10, 15), date(2018, 10, 18), date(2018, 11, 19),
    ]  # fmt: skip
    rows = Obligation.objects.filter(purchase=line.purchase, rule="reply-to-complaint").order_by("pk")
    assert [row.due_on for row in rows] == [date(2018, 10, 19)] * 2
    parties = [one.organisation for one in ComplaintReply.objects.order_by("pk")]
    assert parties == [line.cast.bureaus[line.district][0].organisation, line.cast.social[0].organisation]
    assert [row.organisation for row in rows] == parties


def test_a_condition_that_fails_is_no_acceptance(line: Line) -> None:
    complained(line)
    told = YES | {"in_time": False, "actor": finance(line)}
    assert tried(line, "complaint.accept", line.latest(Complaint), "2018-10-10", **told) == ["complaint-conditions"]
    line.act(
        "complaint.reject", line.latest(Complaint), date(2018, 10, 10), actor=finance(line), cause="contents",
        reason="没有附质疑函",
    )  # fmt: skip
    assert due(line, "tell-rejection") == date(2018, 10, 15)  # 11, 12, 15
    line.act("complaint.tell", line.latest(Complaint), date(2018, 10, 12), actor=finance(line), told_on="2018-10-12")
    assert not Obligation.objects.filter(purchase=line.purchase, rule="decide-complaint", is_open=True).exists()


def test_the_time_of_a_supplement_is_not_counted(line: Line) -> None:
    """Asked for on Wednesday 10 October, when two of thirty working days had begun: 9th; the 10th is not counted. Given
    on Monday the 22nd; what was left runs from the 23rd. Examined within five: 9, then 23, 24, 25, 26."""
    complained(line)
    line.act(
        "complaint.supplement", line.latest(Complaint), date(2018, 10, 10), actor=finance(line), what="附质疑函",
        until="2018-10-24",
    )  # fmt: skip
    told = YES | {"actor": finance(line)}
    assert tried(line, "complaint.accept", line.latest(Complaint), "2018-10-11", **told) == ["complaint-conditions"]
    assert due(line, "give-supplement") == date(2018, 10, 24)
    line.act("supplement.give", line.latest(Supplement), date(2018, 10, 22), actor=loser(line), text="附上")
    # decision: one of thirty is gone (the 9th), 29 are left: 23 to 26 October (4), 29 to 31 and 1, 2 November (5), then
    # four weeks of five: to the 30th of November, that is 4 + 5 + 20 = 29
    assert [due(line, rule) for rule in ("examine-complaint", "decide-complaint")] == [
        date(2018, 10, 26), date(2018, 11, 30),
    ]  # fmt: skip


def test_the_time_of_an_appraisal_is_not_counted_and_nothing_is_decided_in_it(line: Line) -> None:
    """From Thursday 18 October (eighth day) to Thursday the 25th; seven are gone, 23 are left: 26, four weeks to 23
    November, 26, 27."""
    examined(line)
    told = {"actor": finance(line), "kind": "appraisal", "body": "鉴定机构", "days_told": "五日"}
    line.act("complaint.inspect", line.latest(Complaint), date(2018, 10, 18), **told)
    refused = tried(line, "complaint.decide", line.latest(Complaint), "2018-10-19", actor=finance(line), **DECISION)
    assert refused == ["decide-after-waiting"]
    line.act("complaint.inspected", line.latest(Complaint), date(2018, 10, 25), actor=finance(line), result="印章真实")
    assert due(line, "decide-complaint") == date(2018, 11, 27)


def test_withdrawn_in_writing_it_ends(line: Line) -> None:
    examined(line)
    complaint = line.latest(Complaint)
    told = {"actor": finance(line), "told": "已书面告知各方"}
    assert tried(line, "complaint.end", complaint, "2018-10-15", **told) == ["ended-when-withdrawn"]
    line.act("withdrawal.apply", None, date(2018, 10, 16), actor=loser(line), seed=str(complaint.pk))
    ending = Obligation.objects.get(purchase=line.purchase, rule="end-complaint")
    assert (ending.action, ending.organisation, ending.is_open) == ("complaint.end", finance(line).organisation, True)
    assert tried(line, "complaint.end", complaint, "2018-10-16", **told) == []
    ending.refresh_from_db()
    assert (ending.is_open, ending.lapsed_at) == (False, None)
    assert not Obligation.objects.filter(purchase=line.purchase, rule="reply-to-complaint", is_open=True).exists()


def test_a_supplement_is_owed_no_more_once_it_was_withdrawn(line: Line) -> None:
    complained(line)
    complaint, asked = line.latest(Complaint), {"actor": finance(line), "what": "附质疑函", "until": "2018-10-24"}
    line.act("complaint.supplement", complaint, date(2018, 10, 10), **asked)
    line.act("withdrawal.apply", None, date(2018, 10, 11), actor=loser(line), seed=str(complaint.pk))
    line.act("complaint.end", line.latest(Complaint), date(2018, 10, 12), actor=finance(line), told="已书面告知")
    owed = Obligation.objects.filter(purchase=line.purchase, action="supplement.give", is_open=True)
    assert not owed.exists()


# --- the pause ----------------------------------------------------------------------------------------------------


@pytest.mark.clause("CD-39a")
def test_finance_may_stop_everything_for_thirty_days_at_most(line: Line) -> None:
    complained(line)
    seed = {"actor": finance(line), "seed": str(line.latest(Complaint).pk)}
    unordered = find("pause.order", actor=finance(line), at=moment("2018-10-09"), purchase=line.purchase,
                     seed=seed["seed"])  # type: ignore[arg-type]  # fmt: skip
    long = tried(line, "pause.order", unordered, "2018-10-09", actor=finance(line), ends_on="2018-11-09", reason="在查")
    assert long == ["pause-longest"]
    line.act("pause.order", None, date(2018, 10, 9), ends_on="2018-11-08", reason="在查", **seed)
    stages_terms = stages.TERMS | {"starts_on": "2018-11-15", "ends_on": "2019-11-14"}
    line.act("contract.draft", None, date(2018, 10, 10), **stages_terms)
    line.act("contract.approve", line.contract(), date(2018, 10, 10), approval_number="1号")
    line.act("contract.accept", line.contract(), date(2018, 10, 10))
    sign = {"signed_on": "2018-10-10", "originals": "4"}
    assert tried(line, "contract.sign", line.contract(), "2018-10-10", **sign) == ["purchase-paused"]
    assert line.latest(Pause).holds(line.dossier(date(2018, 11, 8)))
    assert not line.latest(Pause).holds(line.dossier(date(2018, 11, 9)))
    line.act("pause.lift", line.latest(Pause), date(2018, 10, 11), actor=finance(line))
    assert tried(line, "contract.sign", line.contract(), "2018-10-11", **sign) == []


# --- the decision -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"then": "contract_next"}, "decide-about-result"), ({"stage": "signed"}, "decide-about-result"),
        ({"stage": "performed", "then": "anew"}, "decide-about-result"), ({"ground": "baseless"}, "decide-ground"),
        ({"outcome": "harmless"}, "decide-goes-on"), ({"remedies": False}, "decide-contents"),
        ({"public_text": ""}, "decide-is-published"),
    ],
)  # fmt: skip
def test_what_is_decided_follows_from_the_stage(line: Line, changed: dict[str, Any], rule: str) -> None:
    examined(line)
    told = DECISION | changed | {"actor": finance(line)}
    assert tried(line, "complaint.decide", line.latest(Complaint), "2018-10-25", **told) == [rule]


@pytest.mark.clause("CD-39a")
def test_the_result_falls_and_everybody_reads_why(line: Line) -> None:
    examined(line)
    line.act("complaint.decide", line.latest(Complaint), date(2018, 10, 25), actor=finance(line), **DECISION)
    line.act("tender.next", line.latest(Tender), date(2018, 10, 26), reason="按处理决定")
    line.act("tender.award", line.latest(Tender), date(2018, 10, 29))
    assert line.latest(Tender).winner.organisation == loser(line).organisation
    sequence()
    told = next(one for one in notices_of(line.purchase) if one.kind == "complaint")
    assert told.fields == [
        ("质疑的环节", "中标结果"), ("收到投诉的日期", "2018-10-08"),
        ("投诉处理结果", "投诉成立，影响或者可能影响采购结果"), ("处理决定", "认定中标结果无效，另行确定中标供应商"),
        ("投诉处理决定书文号", "越财采决〔2018〕1号"), ("公告文本", DECISION["public_text"]),
    ]  # fmt: skip


def test_a_decision_takes_the_place_of_the_answer_it_is_about(line: Line) -> None:
    examined(line)
    Challenge.objects.filter(purchase=line.purchase).update(outcome="upheld", then="anew")
    before = DisputeFacts.of(line.dossier(date(2018, 10, 24)))
    assert (before.next_ordered, before.anew_ordered, before.anew_decided) == (False, True, False)
    line.act("complaint.decide", line.latest(Complaint), date(2018, 10, 25), actor=finance(line), **DECISION)
    after = DisputeFacts.of(line.dossier(date(2018, 10, 26)))
    assert (after.next_ordered, after.anew_ordered, after.anew_decided) == (True, False, False)


def test_a_decision_to_begin_anew_is_told_from_an_answer(line: Line) -> None:
    examined(line)
    anew = DECISION | {"then": "void_anew"}
    line.act("complaint.decide", line.latest(Complaint), date(2018, 10, 25), actor=finance(line), **anew)
    told = DisputeFacts.of(line.dossier(date(2018, 10, 26)))
    assert (told.next_ordered, told.anew_ordered, told.anew_decided) == (False, True, True)


@pytest.mark.parametrize("then", ["contract_next", "contract_anew"])
def test_a_contract_that_was_signed_is_to_be_revoked(line: Line, then: str) -> None:
    examined(line)
    told = DECISION | {"stage": "signed", "then": then, "actor": finance(line)}
    line.act("complaint.decide", line.latest(Complaint), date(2018, 10, 25), **told)
    owed = Obligation.objects.get(purchase=line.purchase, rule="revoke-contract-as-decided")
    bureau = line.cast.bureaus[line.district][0].organisation
    assert (owed.action, owed.organisation, owed.is_open) == ("contract.revoke", bureau, True)


def test_the_text_for_everybody_holds_no_persons_number(line: Line) -> None:
    examined(line)
    told = DECISION | {"public_text": "投诉人联系电话 13800138000。", "actor": finance(line)}
    (refused,) = tried(line, "complaint.decide", line.latest(Complaint), "2018-10-25", **told)
    assert "疑似身份证号或手机号" in refused


# --- false and malicious ones -------------------------------------------------------------------------------------


def dismissed(line: Line, ground: str) -> None:
    told = DECISION | {"outcome": "dismissed", "ground": ground, "then": "go_on"}
    line.act("complaint.decide", line.latest(Complaint), date(2018, 10, 25), actor=finance(line), **told)


@pytest.mark.clause("CD-39a")
def test_three_baseless_ones_within_a_year_are_flagged_and_nobody_is_listed(line: Line) -> None:
    examined(line)
    dismissed(line, "baseless")
    complaint = line.latest(Complaint)
    told = {"actor": finance(line), "referral": "移送"}
    assert tried(line, "complaint.refer", complaint, "2018-10-26", **told) == ["referred-on-grounds"]
    for on in ("2017-10-25", "2018-02-01", "2018-06-01"):  # the first is a year ago, the corresponding day: out
        other = Challenge.objects.create(
            purchase=line.purchase, tender=complaint.tender, organisation=complaint.organisation, link="result",
            matters="旧", state="answered", version=3,
        )  # fmt: skip
        Complaint.objects.create(
            purchase=line.purchase, tender=complaint.tender, organisation=complaint.organisation, challenge=other,
            matters="旧", ground="baseless", decided_at=moment(on), state="decided", version=2,
        )  # fmt: skip
    seen = disputes(line.dossier(date(2018, 10, 26)), finance(line)).matters
    assert max(one.baseless for one in seen) == 3
    assert tried(line, "complaint.refer", complaint, "2018-10-26", **told) == []
    assert line.latest(Complaint).pk  # nothing else was written: the register of bad conduct is not ours


def test_a_false_one_is_to_be_referred_at_once(line: Line) -> None:
    examined(line)
    dismissed(line, "false")
    owed = Obligation.objects.get(purchase=line.purchase, rule="refer-falsehood")
    assert (owed.action, owed.organisation) == ("complaint.refer", finance(line).organisation)


# --- before the order ---------------------------------------------------------------------------------------------


def test_in_2010_finance_decides_by_the_law_alone(line: Line) -> None:
    """Challenged on Monday 11 October 2010, the answer due on the 20th; filed on the 21st: thirty working days, 22
    October to 2 December. No order that is loaded has it examined or notified."""
    stages.awarded(line)
    line.act(
        "challenge.lodge", None, date(2010, 10, 11), actor=loser(line), seed="result", matters="评分有误。",
        contact="甘某", knew_on="2010-10-11",
    )  # fmt: skip
    assert due(line, "answer-challenge") == date(2010, 10, 20)
    bare = {"contact": "甘某", "matters": "评分有误。"}
    assert tried(line, "complaint.file", unfiled(line, "2010-10-21"), "2010-10-21", actor=loser(line), **bare) == []
    complaint = line.latest(Complaint)
    assert (complaint.variant, due(line, "decide-complaint")) == ("", date(2010, 12, 2))
    for name in ("complaint.accept", "complaint.notify", "complaint.reject", "complaint.inspect"):
        assert tried(line, name, complaint, "2010-10-22", actor=finance(line)) == ["kernel.procedure"]
    told = {"outcome": "dismissed", "stage": "awarded", "then": "go_on", "findings": "计分无误。"}
    assert tried(line, "complaint.decide", complaint, "2010-11-01", actor=finance(line), **told) == []


def test_a_pause_stops_the_evaluation_and_its_end_too(sat: Line) -> None:
    """Finance has paused it until the twentieth of April 2018: nobody scores, asks, voids or ends it."""
    tender, organisation = sat.latest(Tender), loser(sat).organisation
    stem = {"purchase": sat.purchase, "version": 1}
    about = {"tender": tender, "organisation": organisation, "matters": "开标。"}
    challenge = Challenge.objects.create(
        **stem, **about, link="opening", state="answered", lodged_at=THEN, answered_at=THEN, then="go_on"
    )
    complaint = Complaint.objects.create(
        **stem, **about, challenge=challenge, state="accepted", filed_at=THEN, variant="order"
    )
    Pause.objects.create(
        **stem,
        complaint=complaint,
        reason="待查",
        starts_on=date(2018, 4, 1),
        ends_on=date(2018, 4, 20),
        state="ordered",
    )
    born = sorted({*Purchase.objects.get(pk=sat.purchase.pk).kinds, "challenge", "complaint", "pause"})
    Purchase.objects.filter(pk=sat.purchase.pk).update(kinds=born)
    assert objections(submit(sat, members(sat)[0])) == PAUSED
    bid = Bid.objects.filter(tender=tender).first()
    assert objections(attempt(sat, "bid.invalidate", bid, THEN, ground="substance", reason="未满足。")) == PAUSED
    ended = {"reason": "任务取消。", "ended_for": "cancelled"}
    assert objections(attempt(sat, "tender.fail", tender, THEN, **ended)) == ["not-ended-while-paused"]
    lifted = THEN + timedelta(days=18)
    assert submit(sat, members(sat)[0], lifted).entry is not None
