"""最低评标价法: whoever meets every substantive requirement at the lowest price is first, and nothing earns points."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.ledger.models import Entry
from gongyue.tendering.models import Bid, Ranking, ScoreSheet, Tender
from gongyue.tendering.queries import ranking
from gongyue.tendering.report import _result, _standards
from gongyue.tendering.verifying import verify

from .conftest import DUE, attempt, moment, open_bids, score, submit_bids
from .test_evaluation import THEN, bid_of, correct, social

pytestmark = [pytest.mark.django_db, pytest.mark.once]  # the verbs are told on both in journeys
AGAINST = {0: ("10", "10", "10"), 1: ("20", "20", "10"), 3: ("40", "30", "20")}  # the dearest would win by points


def published(line: Line, **data: Any) -> Line:
    line.act("tender.draft", None, date(2010, 10, 15), review_method="lowest", **data)
    line.act("tender.brief", line.latest(Tender), date(2010, 10, 20))
    line.act("tender.appoint", line.latest(Tender), date(2010, 11, 5))
    given = {
        "bids_due_at": DUE.strftime("%Y-%m-%dT%H:%M"),
        "acknowledge-quality-dominates": "服务内容单一，有统一标准。",
    }
    line.act("tender.publish", line.latest(Tender), date(2010, 11, 8), **given)
    return line


def places(line: Line) -> list[tuple[int, int, Fraction]]:
    rows = Ranking.objects.filter(tender=line.latest(Tender)).select_related("bid").order_by("rank")
    return [(row.rank, row.bid.price // 100, row.total) for row in rows]


def test_the_lowest_price_is_first_and_nothing_earns_points(drafting: Line) -> None:
    """1 950 000 before 1 980 000 before 1 990 000 yuan."""
    line = open_bids(submit_bids(published(drafting, factors=[])))
    score(line)
    assert places(line) == [(1, 1_950_000, 0), (2, 1_980_000, 0), (3, 1_990_000, 0)]
    sheet = ScoreSheet.objects.filter(tender=line.latest(Tender)).first()
    assert sheet is not None
    assert sheet.scores == {str(pk): {} for pk in Bid.objects.values_list("pk", flat=True)}
    told = ranking(line.purchase, line.actor("tender.award"), moment("2010-12-03"))
    assert [(row.rank, row.points, row.shown) for row in told] == [(1, None, ""), (2, None, ""), (3, None, "")]
    assert list(verify()) == []


def test_factors_that_such_documents_still_name_earn_nothing(drafting: Line) -> None:
    """Before the Regulation nothing that is loaded forbids them; the method that the documents name decides."""
    line = open_bids(submit_bids(published(drafting)))
    assert (len(line.latest(Tender).factors), line.latest(Tender).total_points) == (4, 0)
    score(line, AGAINST)
    assert places(line) == [(1, 1_950_000, 0), (2, 1_980_000, 0), (3, 1_990_000, 0)]


def test_what_is_put_right_counts_and_what_is_void_does_not(drafting: Line) -> None:
    """Bid 0 states 1 980 000 and its words say 1 940 000: it goes before 1 950 000. Then the third is found void."""
    line = open_bids(
        submit_bids(published(drafting, factors=[]), {0: "1980000", 1: "1950000", 2: "1960000", 3: "1990000"})
    )
    found = correct(line, words="1940000")
    line.act("correction.confirm", found, THEN, actor=social(line, 0), confirmed=True)
    given = {"ground": "substance", "reason": "没有满足实质性要求第二项。"}
    assert attempt(line, "bid.invalidate", bid_of(line, 2), THEN, **given).entry is not None
    for expert in line.cast.experts[:3]:
        line.act("sheet.submit", None, THEN, actor=expert, scores={}, independent=True)
    line.act("tender.score", line.latest(Tender), THEN)
    assert places(line) == [(1, 1_940_000, 0), (2, 1_950_000, 0), (3, 1_990_000, 0)]


def test_the_report_says_the_method_and_no_points(drafting: Line) -> None:
    line = score(open_bids(submit_bids(published(drafting, factors=[]))))
    tender = line.latest(Tender)
    assert _standards(tender)["lines"][0] == "评标方法：最低评标价法。"
    found = _result(list(tender.rankings.select_related("bid__organisation")), tender)
    assert found["table"]["head"] == ["名次", "中标候选人", "报价"]
    assert [len(row) for row in found["table"]["rows"]] == [3, 3, 3]


def test_by_points_there_must_be_factors(drafting: Line) -> None:
    outcome = attempt(drafting, "tender.draft", None, moment("2010-10-15"), review_method="comprehensive", factors=[])
    assert outcome.form.errors == {"factors": ["至少填写 1 行"]}
    assert not Entry.objects.filter(action="tender.draft").exists()


@pytest.mark.parametrize(
    ("day", "found"), [("2015-02-28", []), ("2015-03-01", ["lowest-without-points"])]
)  # the Regulation's first day
def test_documents_by_the_lowest_price_name_no_points(drafting: Line, day: str, found: list[str]) -> None:
    drafting.act("tender.draft", None, date(2010, 10, 15), review_method="lowest")
    drafting.act("tender.brief", drafting.latest(Tender), date(2010, 10, 20))
    due = moment("2015-12-28").strftime("%Y-%m-%dT%H:%M")
    outcome = attempt(drafting, "tender.publish", drafting.latest(Tender), moment(day), bids_due_at=due)
    assert [one.rule for one in outcome.findings if one.rule == "lowest-without-points"] == found
