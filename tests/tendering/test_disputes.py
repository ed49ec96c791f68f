"""Enquiries and challenges: from when, by whom, with what in them, and what stands still until they are answered."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import Case, When

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Role
from gongyue.kernel.offers import find, offers
from gongyue.tendering.facts import TenderFacts
from gongyue.tendering.models import Bid, Challenge, Package, Question, Ranking, Tender
from gongyue.tendering.queries import secrets
from gongyue.tendering.relief import disputes
from tests.contracts import stages

from .conftest import attempt, moment
from .disputing import ANSWER, LETTER, accept, challenged, contested, due, finance, loser, postmark, tried

pytestmark = pytest.mark.django_db


@pytest.fixture
def after_award(line: Line) -> Line:
    return contested(line)


@pytest.fixture
def pending(line: Line) -> Line:
    return challenged(line)


def windows(line: Line, on: str) -> dict[str, tuple[date | None, date | None]]:
    found = disputes(line.dossier(date.fromisoformat(on)), loser(line)).windows
    return {one.link: (one.starts_on, one.until) for one in found}


# --- when ---------------------------------------------------------------------------------------------------------


@pytest.mark.clause("CD-39a")
def test_each_link_has_its_own_seven_working_days(after_award: Line) -> None:
    """The documents were published on Monday 20 August: five working days of notice end on the 27th, seven more on 5
    September. Opened on Monday 10 September, seven on: 11 to 14, 17, 18, 19. Scored on Wednesday the 12th: 13, 14,
    17 to 20, 21. Awarded on Monday the 17th, the notice over on the 18th: 19, 20, 21, and after
    Mid-Autumn 25, 26, 27, 28."""
    assert windows(after_award, "2018-09-18") == {
        "采购文件": (date(2018, 8, 27), date(2018, 9, 5)),
        "采购过程：开标": (date(2018, 9, 10), date(2018, 9, 19)),
        "采购过程：资格审查": (date(2018, 9, 10), date(2018, 9, 19)),
        "采购过程：评标": (date(2018, 9, 12), date(2018, 9, 21)),
        "中标结果": (date(2018, 9, 18), date(2018, 9, 28)),
    }


def test_who_took_the_documents_counts_from_that_day(after_award: Line) -> None:
    """Taken on Thursday 23 August: 24, 27 to 31, 3 September."""
    tender = after_award.latest(Tender)
    Package.objects.create(
        purchase=after_award.purchase, tender=tender, organisation=loser(after_award).organisation,
        taken_at=moment("2018-08-23"), state="taken",
    )  # fmt: skip
    assert windows(after_award, "2018-08-24")["采购文件"] == (date(2018, 8, 23), date(2018, 9, 3))


@pytest.mark.clause("CD-39a")
def test_the_eighth_working_day_is_too_late(after_award: Line) -> None:
    told = {"actor": loser(after_award), "seed": "result"} | LETTER
    subject = find("challenge.lodge", actor=loser(after_award), at=moment("2018-09-29"), purchase=after_award.purchase,
                   seed="result")  # fmt: skip
    told.pop("seed")
    assert tried(after_award, "challenge.lodge", subject, "2018-09-29", **told) == ["challenge-in-time"]
    posted = told | {"posted_on": "2018-09-28", "postmark": postmark()}
    assert tried(after_award, "challenge.lodge", subject, "2018-09-29", **posted) == []


@pytest.mark.clause("CD-39a")
@pytest.mark.parametrize(
    ("knew", "last", "after"),
    [
        ("2010-09-20", "2010-09-30", "2010-10-07"),  # 21, Saturday 25, Sunday 26, 27 to 30; then a week is off
        ("2010-10-13", "2010-10-22", "2010-10-23"),  # 14, 15, 18 to 21, Friday 22; the day after is a Saturday
    ],
)
def test_days_of_rest_after_the_last_working_day_put_nothing_off(line: Line, knew: str, last: str, after: str) -> None:
    stages.awarded(line)
    Tender.objects.filter(purchase=line.purchase).update(awarded_at=moment(knew))
    subject = find("challenge.lodge", actor=loser(line), at=moment(after), purchase=line.purchase, seed="result")
    told = {"actor": loser(line), "knew_on": knew, **LETTER}
    assert tried(line, "challenge.lodge", subject, after, **told) == ["challenge-in-time-since-known"]
    assert tried(line, "challenge.lodge", subject, after, posted_on=last, postmark=postmark(), **told) == []


@pytest.mark.parametrize(
    ("posted", "told"),
    [
        ("2017-01-03", {"posted_on": ["交邮日期不能早于 2018-09-17，所涉事项当日才发生"]}),  # before there was a tender
        ("2018-09-16", {"posted_on": ["交邮日期不能早于 2018-09-17，所涉事项当日才发生"]}),  # the day before the award
        ("2018-09-30", {"posted_on": ["交邮日期不能在今天以后"]}),
        ("2018-09-20", {"postmark": ["以邮寄方式提交的，请附邮戳或者寄件凭证"]}),
    ],
)
def test_a_day_of_posting_is_one_that_can_be_and_is_shown(
    after_award: Line, posted: str, told: dict[str, list[str]]
) -> None:
    shown = {} if "postmark" in told else {"postmark": postmark()}
    outcome = attempt(
        after_award, "challenge.lodge", lodging(after_award, "2018-09-29"), moment("2018-09-29"),
        actor=loser(after_award), posted_on=posted, **shown, **LETTER,
    )  # fmt: skip
    assert (outcome.entry, outcome.form.errors) == (None, told)


def test_who_answers_finds_by_the_postmark_that_it_was_posted_too_late(after_award: Line) -> None:
    """The letter says the 20th of September; the period ended on the 28th, and its postmark is of the 29th."""
    line = after_award
    mine = {"actor": loser(line), "posted_on": "2018-09-20", "postmark": postmark(), **LETTER}
    assert tried(line, "challenge.lodge", lodging(line, "2019-09-20"), "2019-09-20", **mine) == []
    late = {"cause": "late", "reason": "邮戳为九月二十九日。"}
    back = ("challenge.return", line.latest(Challenge), "2019-09-21")
    assert tried(line, *back, **late) == ["return-late-only"]
    assert tried(line, *back, found_posted_on="2018-09-28", **late) == ["return-late-only"]
    assert tried(line, *back, found_posted_on="2018-09-29", **late) == []


def lodging(line: Line, on: str) -> Challenge:
    found = find("challenge.lodge", actor=loser(line), at=moment(on), purchase=line.purchase, seed="result")
    assert isinstance(found, Challenge)
    return found


def test_before_2015_the_day_it_was_known_counts_and_has_to_be_told(line: Line) -> None:
    """In 2010 nothing loaded says when a supplier should know. Known on Monday 11 October: 12 to 15, 18, 19, 20."""
    stages.awarded(line)
    subject = find("challenge.lodge", actor=loser(line), at=moment("2010-10-20"), purchase=line.purchase, seed="result")
    assert isinstance(subject, Challenge) and subject.starts_on is None
    outcome = attempt(
        line, "challenge.lodge", subject, moment("2010-10-20"), actor=loser(line), **LETTER | {"knew_on": ""}
    )
    assert list(outcome.form.errors) == ["knew_on"]
    late = attempt(
        line, "challenge.lodge", subject, moment("2010-10-21"), actor=loser(line), knew_on="2010-10-11", **LETTER
    )
    assert [f.rule for f in late.findings] == ["challenge-in-time-since-known"]
    bare = {"matters": "评分有误。", "contact": "甘某", "knew_on": "2010-10-11"}  # the order of 2018 asks nothing of it
    assert tried(line, "challenge.lodge", subject, "2010-10-20", actor=loser(line), **bare) == []


# --- by whom, and with what in it ---------------------------------------------------------------------------------


def test_who_did_not_bid_challenges_neither_process_nor_result(after_award: Line) -> None:
    stranger = after_award.cast.social[4]
    subject = find(
        "challenge.lodge", actor=stranger, at=moment("2018-09-20"), purchase=after_award.purchase, seed="result"
    )
    assert tried(after_award, "challenge.lodge", subject, "2018-09-20", actor=stranger, **LETTER) == [
        "challenge-by-participant"
    ]


@pytest.mark.parametrize(
    ("left_out", "rule"),
    [
        ({"address": ""}, "challenge-address"), ({"request": ""}, "challenge-request"),
        ({"evidence": ""}, "challenge-request"), ({"grounds": ""}, "challenge-grounds"),
        ({"signed": False}, "challenge-sealed"), ({"by_agent": True}, "agent-has-mandate"),
    ],
)  # fmt: skip
def test_the_letter_is_checked_item_by_item(after_award: Line, left_out: dict[str, Any], rule: str) -> None:
    subject = find("challenge.lodge", actor=loser(after_award), at=moment("2018-09-20"), purchase=after_award.purchase,
                   seed="result")  # fmt: skip
    told = LETTER | left_out | {"actor": loser(after_award)}
    assert tried(after_award, "challenge.lodge", subject, "2018-09-20", **told) == [rule]


def test_once_for_each_link_where_the_documents_say_so(pending: Line) -> None:
    again = {"actor": loser(pending), **LETTER}
    subject = find(
        "challenge.lodge", actor=loser(pending), at=moment("2018-09-25"), purchase=pending.purchase, seed="result"
    )
    Tender.objects.filter(pk=pending.latest(Tender).pk).update(challenge_once=True)
    assert tried(pending, "challenge.lodge", subject, "2018-09-25", **again) == ["challenge-once"]
    Tender.objects.filter(pk=pending.latest(Tender).pk).update(challenge_once=False)
    subject = find(
        "challenge.lodge", actor=loser(pending), at=moment("2018-09-25"), purchase=pending.purchase, seed="result"
    )
    assert tried(pending, "challenge.lodge", subject, "2018-09-25", **again) == []


# --- received, returned, answered ---------------------------------------------------------------------------------


def test_a_letter_sent_in_time_is_not_returned(pending: Line) -> None:
    challenge = pending.latest(Challenge)
    for cause, rule in (("late", "return-late-only"), ("not_entitled", "return-stranger-only"),
                        ("repeated", "return-repeated-only")):  # fmt: skip
        assert tried(pending, "challenge.return", challenge, "2018-09-21", cause=cause, reason="退回") == [rule]


@pytest.mark.clause("CD-39a")
def test_the_answer_is_due_on_the_seventh_working_day_after_receipt(pending: Line) -> None:
    """Received on Thursday 20 September: 21, then 25 to 28, Saturday 29 and Sunday 30, which are worked."""
    assert due(pending, "answer-challenge") == date(2018, 9, 30)
    row = Obligation.objects.get(purchase=pending.purchase, rule="answer-challenge")
    assert row.organisation == pending.cast.bureaus[pending.district][0].organisation


def test_an_answer_has_its_contents_and_goes_out_in_writing(pending: Line) -> None:
    accept(pending, "2018-09-21")
    challenge = pending.latest(Challenge)
    for left_out, rule in (
        ({"facts": ""}, "answer-contents"), ({"right": False}, "answer-contents"),
        ({"no_secret": False}, "answer-keeps-secrets"), ({"in_writing": False}, "answer-in-writing"),
        ({"then": "anew"}, "answer-goes-on"), ({"outcome": "upheld", "then": "correct"}, "answer-about-result"),
    ):  # fmt: skip
        assert tried(pending, "challenge.answer", challenge, "2018-09-26", **ANSWER | left_out) == [rule]
    assert tried(pending, "challenge.answer", challenge, "2018-09-26", **ANSWER) == []


def test_a_late_answer_is_taken_and_its_days_are_kept(pending: Line) -> None:
    accept(pending, "2018-09-21")
    assert tried(pending, "challenge.answer", pending.latest(Challenge), "2018-10-09", **ANSWER) == []
    row = Obligation.objects.get(purchase=pending.purchase, rule="answer-challenge")
    assert (row.late_days, row.is_open) == (9, False)


# --- what stands still --------------------------------------------------------------------------------------------


@pytest.mark.clause("CD-39a")
def test_nothing_is_signed_before_the_answer(after_award: Line) -> None:
    """The contract is ready on 20 September; a challenge comes that day and is found harmless on the 21st."""
    line = after_award
    terms = stages.TERMS | {"starts_on": "2018-10-15", "ends_on": "2019-10-14"}
    line.act("contract.draft", None, date(2018, 9, 18), **terms)
    line.act("contract.approve", line.contract(), date(2018, 9, 19), approval_number="1号")
    line.act("contract.accept", line.contract(), date(2018, 9, 19))
    line.act("challenge.lodge", None, date(2018, 9, 20), actor=loser(line), seed="result", **LETTER)
    sign = {"signed_on": "2018-09-20", "originals": "4"}
    assert tried(line, "contract.sign", line.contract(), "2018-09-20", **sign) == ["challenge-stops-signing"]
    accept(line, "2018-09-21", effect="none")
    assert tried(line, "contract.sign", line.contract(), "2018-09-21", **sign) == []


def test_the_clock_of_signing_stands_still_meanwhile(after_award: Line) -> None:
    """Awarded on 17 September, thirty days end on Wednesday 17 October; six days it stands still, to the 23rd."""
    line = after_award
    Tender.objects.filter(pk=line.latest(Tender).pk).update(state="scored", winner=None, awarded_at=None)
    line.act("tender.award", line.latest(Tender), date(2018, 9, 17))
    assert due(line, "sign-contract") == date(2018, 10, 17)
    for index in (1, 3):
        line.act("challenge.lodge", None, date(2018, 9, 20), actor=line.cast.social[index], seed="result", **LETTER)
    first, second = Challenge.objects.filter(purchase=line.purchase).order_by("pk")
    for one in (first, second):
        line.act("challenge.accept", one, date(2018, 9, 20), effect="may", effect_reason="涉及得分")
    row = Obligation.objects.get(purchase=line.purchase, rule="sign-contract", is_open=True)
    assert (row.suspended_on, row.suspended_by) == (date(2018, 9, 20), [first.key, second.key])
    line.act("challenge.answer", first, date(2018, 9, 25), **ANSWER)
    row.refresh_from_db()
    assert (row.suspended_on, row.suspended_by, row.due_on) == (date(2018, 9, 20), [second.key], date(2018, 10, 17))
    line.act("challenge.answer", second, date(2018, 9, 26), **ANSWER)
    row.refresh_from_db()
    assert (row.suspended_on, row.suspended_by, row.due_on) == (None, [], date(2018, 10, 23))


def test_a_contract_that_was_signed_stands_still(pending: Line) -> None:
    accept(pending, "2018-09-21", effect="halt")
    challenge = pending.latest(Challenge)
    assert (challenge.may_affect, challenge.halted, challenge.may_change_result) == (True, True, True)


def test_an_enquiry_that_waits_asks_why_it_does_not_matter(after_award: Line) -> None:
    line = after_award
    line.act("question.ask", None, date(2018, 9, 18), actor=loser(line), text="结果何时公告？")
    assert due(line, "answer-question") == date(2018, 9, 21)  # 19, 20, 21
    assert tried(line, "question.answer", line.latest(Question), "2018-09-19", no_secret=False) == [
        "question-keeps-secrets"
    ]
    line.act("question.answer", line.latest(Question), date(2018, 9, 19), answer="已经公告。", no_secret=True)
    assert line.latest(Question).state == "answered"


# --- what an answer makes of the result ---------------------------------------------------------------------------


def test_candidates_who_are_equal_behind_a_fallen_award_are_told_apart(pending: Line) -> None:
    line, tender = pending, pending.latest(Tender)
    second, third = (row.bid for row in tender.rankings.order_by("rank")[1:3])
    tender.rankings.update(rank=Case(When(rank=1, then=1), default=2))
    accept(line, "2018-09-21")
    tried(
        line, "challenge.answer", line.latest(Challenge), "2018-09-25", **ANSWER | {"outcome": "upheld", "then": "next"}
    )
    line.act("tender.next", tender, date(2018, 9, 26), reason="第一名得分误记")
    assert tried(line, "tender.award", line.latest(Tender), "2018-09-27") == ["tie-drawn"]
    drawn = {"settled": "lot", "first": str(third.pk), "basis": "公开抽取", "attendance": "两名候选人"}
    line.act("tender.draw", line.latest(Tender), date(2018, 9, 27), **drawn)
    assert dict(tender.rankings.values_list("bid", "rank"))[second.pk] == 3
    line.act("tender.award", line.latest(Tender), date(2018, 9, 27))
    assert line.latest(Tender).winner == third
    assert not Bid.objects.exclude(refused_at=None).exists()  # it fell by an answer, nobody refused to sign


def test_an_upheld_challenge_makes_the_next_candidate_win(pending: Line) -> None:
    line = pending
    tender = line.latest(Tender)
    assert tried(line, "tender.next", tender, "2018-09-21", reason="换人") == ["next-by-order"]
    assert tried(line, "tender.annul", tender, "2018-09-21", reason="重来") == ["anew-by-order"]
    accept(line, "2018-09-21")
    upheld = ANSWER | {"outcome": "upheld", "then": "next"}
    assert tried(line, "challenge.answer", line.latest(Challenge), "2018-09-25", **upheld) == []
    fallen = tender.winner.organisation
    line.act("tender.next", tender, date(2018, 9, 26), reason="第一名得分误记")
    tender = line.latest(Tender)
    assert (tender.state, tender.winner, tender.first.organisation) == ("scored", None, loser(line).organisation)
    role = Role.objects.get(purchase=line.purchase, capacity="provider", organisation=fallen)
    assert role.until == date(2018, 9, 26)
    line.act("tender.award", tender, date(2018, 9, 27))
    assert line.latest(Tender).winner.organisation == loser(line).organisation
    assert Ranking.objects.filter(tender=tender, fallen_at=None).count() == 2
    line.act("challenge.report", line.latest(Challenge), date(2018, 9, 28), reported_on="2018-09-28", what="结果改变")
    assert tried(line, "tender.next", line.latest(Tender), "2018-09-28", reason="再换") == ["next-by-order"]


def test_an_upheld_challenge_may_end_the_call(pending: Line) -> None:
    line = pending
    accept(line, "2018-09-21")
    line.act(
        "challenge.answer", line.latest(Challenge), date(2018, 9, 25), **ANSWER | {"outcome": "upheld", "then": "anew"}
    )
    line.act("tender.annul", line.latest(Tender), date(2018, 9, 26), reason="评审无效")
    assert line.latest(Tender).state == "failed"
    owed = Obligation.objects.get(purchase=line.purchase, rule="tender-again-after-annulment")
    assert (owed.action, owed.is_open) == ("tender.draft", True)


# --- who knows ----------------------------------------------------------------------------------------------------


@pytest.mark.clause("CD-39a")
def test_before_the_opening_only_the_two_of_them_know(announced: Line) -> None:
    line, who = announced, announced.cast.social[2]
    line.act("package.take", None, date(2010, 11, 10), actor=who)
    line.act(
        "challenge.lodge", None, date(2010, 11, 11), actor=who, seed="documents", matters="评分标准偏向本地机构。",
        contact="霍某", knew_on="2010-11-10",
    )  # fmt: skip
    challenge = Challenge.objects.select_related(*Challenge.related).get()
    bureau = line.cast.bureaus[line.district][0]
    assert [challenge.visible_to(post) for post in (who, bureau)] == [True, True]
    kept_from = [line.cast.social[0], line.cast.city[0], finance(line), line.cast.audits[line.district]]
    assert [challenge.visible_to(post) for post in kept_from if post] == [False] * len([p for p in kept_from if p])
    assert challenge.key in secrets(line.purchase, line.cast.city[0], moment("2010-11-12")).subjects
    role = Role.objects.get(purchase=line.purchase, organisation=who.organisation)
    assert (role.capacity, role.partial) == ("bidder", True)
    assert role.pk in secrets(line.purchase, bureau, moment("2010-11-12")).roles
    line.act("bid.submit", None, date(2010, 11, 15), actor=who, price="1900000")
    role.refresh_from_db()
    assert role.partial is False


def test_other_bidders_are_told_the_answer_and_not_whose_it_is(pending: Line) -> None:
    accept(pending, "2018-09-21")
    pending.act("challenge.answer", pending.latest(Challenge), date(2018, 9, 25), **ANSWER)
    other, stranger = pending.cast.social[3], pending.cast.social[4]
    seen = disputes(pending.dossier(date(2018, 9, 26)), other)
    assert ([one.answer for one in seen.told], seen.matters) == (["已经复核，计分无误。"], [])
    assert disputes(pending.dossier(date(2018, 9, 26)), stranger).told == []


def test_an_act_whose_article_is_not_law_yet_does_not_exist(line: Line) -> None:
    """In 2010 no loaded text lets a purchaser return a challenge."""
    stages.awarded(line)
    line.act(
        "challenge.lodge", None, date(2010, 10, 12), actor=loser(line), seed="result", matters="评分有误。",
        contact="甘某", knew_on="2010-10-11",
    )  # fmt: skip
    bureau, challenge = line.cast.bureaus[line.district][0], line.latest(Challenge)
    assert [o.action.name for o in offers(challenge, actor=bureau, at=moment("2010-10-13"))] == ["challenge.accept"]
    assert tried(line, "challenge.return", challenge, "2010-10-13", cause="late", reason="晚") == ["kernel.procedure"]
    assert Bid.objects.filter(purchase=line.purchase).count() == 1


@pytest.mark.parametrize(
    ("channel", "body", "named"),
    [
        ("向区民政局书面反映", "区民政局办公室", True),
        pytest.param("向区民政局书面反映", "", False, marks=pytest.mark.clause("CD-39b")),
        pytest.param("", "区民政局办公室", False, marks=pytest.mark.clause("CD-39b")),
    ],
)
def test_relief_is_named_by_its_channel_and_its_body(drafting: Line, channel: str, body: str, named: bool) -> None:
    drafting.act("tender.draft", None, date(2010, 10, 15))
    drafting.act("tender.relief", drafting.latest(Tender), date(2010, 10, 18), relief_channel=channel, relief_body=body)
    assert TenderFacts.of(drafting.dossier(date(2010, 10, 18))).relief is named
