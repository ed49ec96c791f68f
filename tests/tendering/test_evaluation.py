"""What is asked of bidders while their bids are evaluated, bids found void, ties settled, and who is told what.

Bids of 2010 are evaluated here in 2018 and 2026, under Order 87 and the circular on low prices; on their own day none
of this was law.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post
from gongyue.kernel.offers import find
from gongyue.ledger.models import Opening
from gongyue.tendering.models import Bid, Correction, Explanation, Ranking, Tender
from gongyue.tendering.queries import ranking, secrets, visible_bids

from .conftest import POINTS, attempt, moment, objections, open_bids, score, scores, submit_bids

pytestmark = pytest.mark.django_db
THEN = moment("2018-04-04")  # a Wednesday before Qingming
NOW = moment("2026-03-04")


def bid_of(line: Line, index: int) -> Bid:
    return Bid.objects.get(organisation=line.cast.social[index].organisation, purchase=line.purchase)


def on(line: Line, name: str, index: int, at: datetime, **data: Any) -> Any:
    """Begin an act on the bid of one of the cast."""
    actor = line.actor(name)
    subject = find(name, actor=actor, at=at, purchase=line.purchase, seed=str(bid_of(line, index).pk))
    return attempt(line, name, subject, at, actor=actor, **data)


def pages() -> SimpleUploadedFile:
    return SimpleUploadedFile("报价表.pdf", b"%PDF-1.4\n%%EOF")


def correct(line: Line, at: datetime = THEN, **data: Any) -> Correction:
    given = {"words": "1995000", "paper": pages()} | data
    outcome = on(line, "correction.ask", 0, at, reason="大写与小写不一致。", **given)
    assert outcome.entry is not None, (outcome.findings, outcome.form.errors if outcome.form else "")
    found: Correction = line.latest(Correction)
    return found


def ask(line: Line, at: datetime = THEN, minutes: int = 45) -> Explanation:
    outcome = on(line, "explanation.ask", 0, at, reason="不及其他报价的一半。", minutes=minutes)
    assert outcome.entry is not None, (outcome.findings, outcome.form.errors if outcome.form else "")
    found: Explanation = line.latest(Explanation)
    return found


def void(line: Line, ground: str, at: datetime = THEN, **data: Any) -> Any:
    words = {"ground": ground, "reason": "见评标记录第三页。"} | data
    return attempt(line, "bid.invalidate", bid_of(line, 0), at, **words)


def all_sheets(line: Line, points: dict[int, tuple[str, ...]] = POINTS) -> None:
    for expert in line.cast.experts[:3]:
        line.act("sheet.submit", None, THEN, actor=expert, scores=scores(line, points), independent=True)


def social(line: Line, index: int) -> Post:
    post: Post = line.cast.social[index]
    return post


# --- the law of the day ---------------------------------------------------------------------------------------------


def test_before_order_87_none_of_this_exists(opened: Line) -> None:
    day = date(2017, 9, 30)
    for name in ("correction.ask", "explanation.ask", "bid.invalidate", "tender.draw"):
        assert (opened.regime.who(name, day), opened.regime.who(name, date(2017, 10, 1)) is not None) == (None, True)
    refused = attempt(opened, "bid.invalidate", bid_of(opened, 0), moment("2017-09-30"), ground="alike", reason="同")
    assert refused.entry is None


# --- prices put right -----------------------------------------------------------------------------------------------


def test_a_corrected_price_waits_for_its_bidder_and_then_counts(opened: Line) -> None:
    """Figures 1 980 000, words 1 995 000: the words. Once confirmed, 10 × 1950/1995 = 1300/133 stands for its price."""
    all_sheets(opened)
    correction = correct(opened)
    assert (correction.before_fen, correction.after_fen, correction.steps) == (198_000_000, 199_500_000, [2])
    assert bid_of(opened, 0).price_fen == 198_000_000
    owed = Obligation.objects.get(subject=correction.key, action="correction.confirm")
    assert owed.organisation == social(opened, 0).organisation
    assert objections(attempt(opened, "tender.score", opened.latest(Tender), THEN)) == ["corrections-confirmed"]
    opened.act("correction.confirm", correction, THEN, actor=social(opened, 0), confirmed=True)
    assert bid_of(opened, 0).price_fen == 199_500_000
    opened.act("tender.score", opened.latest(Tender), THEN)
    assert Ranking.objects.get(bid=bid_of(opened, 0)).total == Fraction("74.25") + Fraction(1300, 133)


def test_no_other_bidder_confirms_or_learns_of_it(opened: Line) -> None:
    correction = correct(opened)
    other = attempt(opened, "correction.confirm", correction, THEN, actor=social(opened, 1), confirmed=True)
    assert objections(other) == ["kernel.owner"]
    assert correction.key in secrets(opened.purchase, social(opened, 1), THEN).subjects
    assert correction.key in secrets(opened.purchase, None, THEN).subjects
    assert correction.key not in secrets(opened.purchase, social(opened, 0), THEN).subjects


def test_an_unconfirmed_correction_voids_the_bid(announced: Line) -> None:
    """Four bids, so that three are left."""
    submit_bids(announced, {0: "1980000", 1: "1950000", 2: "1970000", 3: "1990000"})
    line = open_bids(announced)
    assert objections(void(line, "unconfirmed")) == ["void-unconfirmed"]
    correction = correct(line)
    line.act("correction.refuse", correction, THEN, actor=social(line, 0), reason="报价以小写为准。")
    assert void(line, "unconfirmed", dissent="一名成员认为可再询问。").entry is not None
    bid = bid_of(line, 0)
    assert (bid.state, bid.ground, bid.invalid_at) == ("invalid", "unconfirmed", THEN)
    assert not Obligation.objects.filter(subject=correction.key, is_open=True).exists()
    all_sheets(line, {1: POINTS[1], 2: POINTS[0], 3: POINTS[3]})
    line.act("tender.score", line.latest(Tender), THEN)
    assert not Ranking.objects.filter(bid=bid).exists()
    assert Ranking.objects.filter(tender=line.latest(Tender)).count() == 3


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"words": "1980000"}, "报价前后一致，没有要修正的"),
        (
            {"words": "", "lines": [{"item": "人员", "quantity": 3, "unit": "100000", "misplaced": "on"}]},
            "移动这一项单价的小数点也得不出总价，不属于明显错位：请取消勾选，按单价汇总修正",
        ),
    ],
)
def test_what_cannot_be_corrected_is_said(opened: Line, data: dict[str, Any], error: str) -> None:
    outcome = on(opened, "correction.ask", 0, THEN, reason="核对", paper=pages(), **data)
    assert outcome.form is not None
    assert [message for messages in outcome.form.errors.values() for message in messages] == [error]


def test_unit_prices_prevail_over_the_total(opened: Line) -> None:
    """12 × 150 000 + 1 × 200 000 = 2 000 000 against 1 980 000."""
    rows = [
        {"item": "人员", "quantity": 12, "unit": "150000"},
        {"item": "活动", "quantity": 1, "unit": "200000"},
    ]
    correction = correct(opened, words="", lines=rows)
    assert (correction.after_fen, correction.steps) == (200_000_000, [4])


# --- abnormally low prices ------------------------------------------------------------------------------------------

LOW = {0: "890000", 1: "1950000", 2: "1970000", 3: "1990000"}  # (89 + 195 + 197 + 199)/4 = 170, half of it 85


@pytest.fixture
def cheap(announced: Line) -> Line:
    """One price of four below half of the second lowest (97.5) and 45 % of the ceiling (90), not half the average."""
    return open_bids(submit_bids(announced, LOW))


def test_from_2026_a_price_below_the_marks_must_be_asked_about(cheap: Line) -> None:
    all_sheets(cheap, POINTS | {2: POINTS[0]})
    assert objections(attempt(cheap, "tender.score", cheap.latest(Tender), NOW)) == ["low-prices-asked"]
    explanation = ask(cheap, NOW)
    assert explanation.marks == ["second", "ceiling"]
    assert objections(attempt(cheap, "tender.score", cheap.latest(Tender), NOW)) == ["explanations-settled"]
    cheap.act("explanation.give", explanation, NOW, actor=social(cheap, 0), text="两名社工由本机构自筹。")
    cheap.act("explanation.accept", cheap.latest(Explanation), NOW, finding="附有自筹资金证明。")
    assert attempt(cheap, "tender.score", cheap.latest(Tender), NOW).entry is not None


def test_before_2026_no_figure_starts_a_review_but_the_panel_may(cheap: Line) -> None:
    all_sheets(cheap, POINTS | {2: POINTS[0]})
    explanation = ask(cheap, THEN, minutes=5)
    assert explanation.marks == []
    assert objections(attempt(cheap, "tender.score", cheap.latest(Tender), THEN)) == ["explanations-settled"]


def test_less_than_half_an_hour_needs_a_reason(cheap: Line) -> None:
    short = on(cheap, "explanation.ask", 0, NOW, reason="低", minutes=29)
    assert [(finding.rule, finding.severity) for finding in short.findings] == [("time-to-explain", "warn")]
    assert ask(cheap, NOW, minutes=30).due_at == NOW.replace(minute=30)


def test_nobody_is_void_for_a_price_unheard(cheap: Line) -> None:
    assert objections(void(cheap, "price")) == ["void-price-heard"]
    explanation = ask(cheap)
    assert explanation.due_at == THEN.replace(minute=45)
    assert objections(void(cheap, "price", THEN.replace(minute=45))) == ["void-price-heard"]
    assert void(cheap, "price", THEN.replace(minute=46)).entry is not None


def test_who_is_void_says_no_more_and_others_still_may(opened: Line) -> None:
    """What waits for another bidder is not lost with this one."""
    correction, mine = correct(opened), ask(opened)
    other = on(opened, "explanation.ask", 1, THEN, reason="低", minutes=60)
    assert other.entry is not None
    void(opened, "mixed", others="另一家")
    for name, matter in (("correction.confirm", correction), ("explanation.give", mine)):
        late = attempt(opened, name, matter, THEN, actor=social(opened, 0), confirmed=True, text="说明")
        assert objections(late) == ["asked-while-evaluating"]
    owed = Obligation.objects.get(rule="explain-price", organisation=social(opened, 1).organisation)
    assert (owed.is_open, owed.subject) == (True, other.subject.key)


# --- collusion ------------------------------------------------------------------------------------------------------


def test_collusion_names_the_other_bidder_and_its_reason_is_told(opened: Line) -> None:
    refused = void(opened, "alike")
    assert refused.form is not None and list(refused.form.errors) == ["others"]
    entry = void(opened, "alike", others="另一家", dissent="一名成员保留意见。").entry
    assert entry is not None and ("一名成员" in entry.body, "另一家" in entry.body) == (False, False)
    own = next(b for b in visible_bids(opened.purchase, social(opened, 0), THEN) if b.own)
    judged = next(b for b in visible_bids(opened.purchase, opened.actor("tender.score"), THEN) if b.pk == own.pk)
    assert own.void is not None and judged.void is not None
    assert (own.void.ground, own.void.others) == ("视为串通：投标文件异常一致或者报价呈规律性差异", "另一家")
    assert (own.void.dissent, judged.void.dissent) == ("", "一名成员保留意见。")


def test_six_presumptions_and_no_more(opened: Line) -> None:
    assert len(Bid.COLLUSION) == 6
    refused = void(opened, "same_address", others="另一家")
    assert refused.form is not None and list(refused.form.errors) == ["ground"]


def test_a_void_bid_leaves_too_few(opened: Line) -> None:
    void(opened, "mixed", others="另一家")
    all_sheets(opened, {1: POINTS[1], 3: POINTS[3]})
    assert objections(attempt(opened, "tender.score", opened.latest(Tender), THEN)) == ["three-bids"]


def test_a_result_that_was_totalled_is_not_changed_by_a_finding(scored: Line) -> None:
    assert objections(void(scored, "mixed", others="另一家")) == ["asked-while-evaluating"]


# --- ties -----------------------------------------------------------------------------------------------------------


def level(line: Line) -> Line:
    submit_bids(line, {0: "1950000", 1: "1950000", 3: "1990000"})
    return score(open_bids(line), {0: POINTS[1], 1: POINTS[1], 3: POINTS[3]})


@pytest.mark.parametrize("answer", ["correction.confirm", "correction.refuse"])
def test_a_price_is_put_right_once(opened: Line, answer: str) -> None:
    """Confirmed at 1 995 000 yuan, it would else be put right again, at whatever was typed."""
    correction = correct(opened)
    opened.act(answer, correction, THEN, actor=social(opened, 0), confirmed=True, reason="不同意。")
    stands = bid_of(opened, 0).price_fen
    again = on(opened, "correction.ask", 0, THEN, reason="再改。", words="900000", paper=pages())
    assert objections(again) == ["corrected-once"]
    assert (bid_of(opened, 0).price_fen, Correction.objects.count()) == (stands, 1)


def test_what_does_not_agree_is_shown_by_the_pages_of_the_bid(opened: Line) -> None:
    outcome = on(opened, "correction.ask", 0, THEN, reason="大写与小写不一致。", words="1995000")
    assert (outcome.entry, list(outcome.form.errors)) == (None, ["paper"])


def test_who_lets_the_time_pass_explains_no_more(opened: Line) -> None:
    explanation = ask(opened, THEN, minutes=45)
    mine = {"actor": social(opened, 0), "text": "迟到的说明。"}
    late = attempt(opened, "explanation.give", explanation, THEN + timedelta(minutes=46), **mine)
    assert objections(late) == ["explained-in-time"]
    assert attempt(opened, "explanation.give", explanation, THEN + timedelta(minutes=45), **mine).entry is not None


def test_a_tie_is_settled_and_then_awarded(announced: Line) -> None:
    line = level(announced)
    tender = line.latest(Tender)
    assert objections(attempt(line, "tender.award", tender, THEN)) == ["tie-drawn"]
    second = bid_of(line, 1)
    drawn = {"settled": "lot", "basis": "当众抽签，一号球。", "attendance": "监督员关某某"}
    third = attempt(line, "tender.draw", tender, THEN, first=bid_of(line, 3).pk, **drawn)
    assert third.form is not None and list(third.form.errors) == ["first"]
    outcome = attempt(line, "tender.draw", tender, THEN, first=second.pk, **drawn)
    assert outcome.entry is not None and "关某某" not in outcome.entry.body
    assert Opening.objects.get(entry=outcome.entry, path="input.attendance").value == "监督员关某某"
    assert list(Ranking.objects.filter(tender=tender).values_list("bid", "rank")) == [
        (second.pk, 1), (bid_of(line, 0).pk, 2), (bid_of(line, 3).pk, 3),
    ]  # fmt: skip
    again = attempt(line, "tender.draw", line.latest(Tender), THEN, first=second.pk, **drawn)
    assert objections(again) == ["tie-to-settle"]
    line.act("tender.award", line.latest(Tender), THEN)
    assert line.latest(Tender).winner == second


# --- the award, and who is told what --------------------------------------------------------------------------------


def test_the_award_has_five_working_days(opened: Line) -> None:
    """Scored on Wednesday 4 April 2018: Qingming is off to the 7th, Sunday the 8th is worked, then 9 to 12."""
    all_sheets(opened)
    opened.act("tender.score", opened.latest(Tender), THEN)
    owed = Obligation.objects.get(rule="decide-award", purchase=opened.purchase)
    assert (owed.action, owed.due_on) == ("tender.award", date(2018, 4, 12))
    fail = {"reason": "不想定标"}
    refused = attempt(opened, "tender.fail", opened.latest(Tender), moment("2018-04-13"), **fail)
    assert objections(refused) == ["ended-on-a-ground"]  # no report was signed, so the five days have not begun


def test_in_2010_the_award_had_no_such_days(scored: Line) -> None:
    assert not Obligation.objects.filter(rule="decide-award").exists()


def test_each_bidder_is_told_its_own_score_after_the_award_only(opened: Line) -> None:
    """Bid 0: 74.25 + 10 × 195/198 = 84.098…, second; of the winner it learns name and price, not the score."""
    all_sheets(opened)
    opened.act("tender.score", opened.latest(Tender), THEN)
    assert ranking(opened.purchase, social(opened, 0), THEN) == []
    opened.act("tender.award", opened.latest(Tender), THEN)
    told = ranking(opened.purchase, social(opened, 0), THEN)
    assert [(row.rank, row.points, row.shown, row.own, row.won) for row in told] == [
        (1, None, "", False, True), (2, Fraction("74.25") + Fraction(1950, 198), "84.10", True, False),
    ]  # fmt: skip
    assert [(row.rank, row.points) for row in ranking(opened.purchase, None, THEN)] == [(1, None)]
    assert len(ranking(opened.purchase, opened.actor("tender.score"), THEN)) == 3


def test_an_award_of_2010_is_told_as_it_was(awarded: Line) -> None:
    assert [row.shown for row in ranking(awarded.purchase, social(awarded, 0), THEN)] == ["85.50", "84.10", "72.55"]
