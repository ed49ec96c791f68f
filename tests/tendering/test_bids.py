"""Bids: handed in by whom the norm admits, in time, once; withdrawn by their maker; reviewed after the opening."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest

from gongyue.demonstration.line import Line
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Post, Role
from gongyue.ledger.models import Opening
from gongyue.tendering import qualification, scoring
from gongyue.tendering.forms import QualifyForm
from gongyue.tendering.models import Bid, Package, Tender

from .conftest import DUE, OPENING, attempt, moment, objections, submit_bids

pytestmark = pytest.mark.django_db
DAY = moment("2010-11-25")


def unborn(line: Line, post: Post) -> list[Bid]:
    return Bid.unborn(Dossier(line.purchase, at=DAY, regime=line.regime), post)


def test_a_bid_is_kept_and_its_maker_becomes_a_bidder(announced: Line) -> None:
    bidder = announced.cast.social[0]
    outcome = attempt(announced, "bid.submit", None, DAY, actor=bidder, price="1980000")
    assert outcome.entry is not None
    bid = Bid.objects.get(purchase=announced.purchase)
    assert (bid.state, bid.organisation, bid.price_fen) == ("submitted", bidder.organisation, 198_000_000)
    assert bid.submitted_at == DAY
    role = Role.objects.get(purchase=announced.purchase, capacity="bidder")
    assert (role.organisation, role.since) == (bidder.organisation, date(2010, 11, 25))


@pytest.mark.parametrize(
    "part",
    [
        "price",
        pytest.param("plan", marks=pytest.mark.clause("GZ-P-3.2.3b")),
        pytest.param("fund_rules", marks=pytest.mark.clause("GZ-P-3.2.3b")),
        pytest.param("profile", marks=pytest.mark.clause("GZ-P-3.2.3c")),
        pytest.param("truthful", marks=pytest.mark.clause("GZ-P-4.7")),
    ],
)
def test_every_part_of_a_bid_is_asked_for(announced: Line, part: str) -> None:
    outcome = attempt(announced, "bid.submit", None, DAY, actor=announced.cast.social[0], **{part: ""})
    assert list(outcome.form.errors) == [part]


@pytest.mark.clause("GZ-P-1.3")
def test_a_foundation_may_not_bid(announced: Line) -> None:
    foundation = announced.cast.social[4]
    assert foundation.organisation.registration == "foundation"
    assert objections(attempt(announced, "bid.submit", None, DAY, actor=foundation)) == ["provider-type"]


@pytest.mark.clause("GZ-P-1.3")
def test_who_is_no_social_organisation_is_no_bidder(announced: Line) -> None:
    for actor in (announced.cast.streets[announced.street.pk], announced.cast.experts[0]):
        bid = Bid(purchase=announced.purchase, tender=announced.latest(Tender), organisation=actor.organisation)
        assert objections(attempt(announced, "bid.submit", bid, DAY, actor=actor)) == ["kernel.capacity"]


def test_a_price_above_the_ceiling_is_refused_at_once(announced: Line) -> None:
    outcome = attempt(announced, "bid.submit", None, DAY, actor=announced.cast.social[0], price="2000000.01")
    assert outcome.form.errors == {"price": ["报价高于招标文件的最高限价"]}


@pytest.mark.parametrize(("late", "expected"), [(-1, []), (0, ["bid-in-time"]), (60, ["bid-in-time"])])
def test_the_deadline_is_a_moment(announced: Line, late: int, expected: list[str]) -> None:
    at = DUE + timedelta(seconds=late)
    outcome = attempt(announced, "bid.submit", None, at, actor=announced.cast.social[0], price="1980000")
    assert [finding.rule for finding in outcome.findings] == expected
    assert (outcome.entry is None) == bool(expected)


def test_an_organisation_bids_once(announced: Line) -> None:
    first, second = unborn(announced, announced.cast.social[0]), unborn(announced, announced.cast.social[0])
    assert attempt(announced, "bid.submit", first[0], DAY, actor=announced.cast.social[0]).entry is not None
    assert objections(attempt(announced, "bid.submit", second[0], DAY, actor=announced.cast.social[0])) == ["one-bid"]
    assert unborn(announced, announced.cast.social[0]) == []


def test_nobody_bids_for_another(announced: Line) -> None:
    (other,) = unborn(announced, announced.cast.social[1])
    assert objections(attempt(announced, "bid.submit", other, DAY, actor=announced.cast.social[0])) == ["kernel.owner"]


def test_only_social_organisations_are_asked_and_only_while_a_call_stands(drafting: Line) -> None:
    assert unborn(drafting, drafting.cast.social[0]) == []
    drafting.act("tender.draft", None, date(2010, 10, 15))
    assert unborn(drafting, drafting.cast.social[0]) == []
    Tender.objects.update(state="announced", announced_at=datetime(2010, 11, 8, tzinfo=UTC), bids_due_at=DUE)
    assert len(unborn(drafting, drafting.cast.social[0])) == 1
    assert unborn(drafting, drafting.actor("tender.draft")) == []
    assert Bid.unborn(None, drafting.cast.social[0]) == []


def test_a_call_that_failed_meanwhile_takes_no_bid(announced: Line) -> None:
    (bid,) = unborn(announced, announced.cast.social[0])
    announced.act("tender.fail", announced.latest(Tender), date(2010, 11, 20), reason="需求有变")
    outcome = attempt(announced, "bid.submit", bid, DAY, actor=announced.cast.social[0], price="1980000")
    assert outcome.form.errors == {"price": ["本次招标已不接受投标"]}


# --- withdrawing --------------------------------------------------------------------------------------------------


def test_a_bid_is_withdrawn_and_another_handed_in(bidden: Line) -> None:
    bidder = bidden.cast.social[0]
    former = Bid.objects.get(organisation=bidder.organisation)
    assert attempt(bidden, "bid.withdraw", former, DAY, actor=bidder, reason="报价有误").entry is not None
    assert attempt(bidden, "bid.submit", None, DAY, actor=bidder, price="1970000").entry is not None
    states = Bid.objects.filter(organisation=bidder.organisation).order_by("pk").values_list("state", flat=True)
    assert list(states) == ["withdrawn", "submitted"]


def test_after_the_deadline_a_bid_stays(bidden: Line) -> None:
    bidder = bidden.cast.social[0]
    bid = Bid.objects.get(organisation=bidder.organisation)
    assert objections(attempt(bidden, "bid.withdraw", bid, DUE, actor=bidder, reason="报价有误")) == ["bid-in-time"]


def test_nobody_withdraws_anothers_bid(bidden: Line) -> None:
    bid, other = Bid.objects.get(organisation=bidden.cast.social[0].organisation), bidden.cast.social[1]
    assert objections(attempt(bidden, "bid.withdraw", bid, DAY, actor=other, reason="误")) == ["kernel.owner"]
    bidden.act("tender.open", bidden.latest(Tender), OPENING)
    outcome = attempt(bidden, "bid.withdraw", bid, OPENING, actor=other, reason="误")
    assert outcome.form.errors == {"reason": ["只有投标人可以撤回投标"]}


# --- review ---------------------------------------------------------------------------------------------------------


def test_nobody_reviews_a_sealed_bid(bidden: Line) -> None:
    bid = Bid.objects.get(organisation=bidden.cast.social[0].organisation)
    assert objections(attempt(bidden, "bid.qualify", bid, DUE)) == ["kernel.owner"]
    assert objections(attempt(bidden, "bid.disqualify", bid, DUE, reason="材料不全")) == ["kernel.owner"]


@pytest.mark.clause("GZ-P-3.2.3a")
@pytest.mark.parametrize("condition", ["liability", "accounting", "ability", "reputation"])
def test_each_of_the_four_conditions_is_needed(bidden: Line, condition: str) -> None:
    bidden.act("tender.open", bidden.latest(Tender), OPENING)
    bid = Bid.objects.filter(purchase=bidden.purchase)[0]
    rows = rated(bidden, **{condition: "不合格"})
    assert objections(attempt(bidden, "bid.qualify", bid, OPENING, checks=rows)) == ["four-conditions"]


NO_CHOICE = "第 1 行 结果：选择一个有效的选项。 九十分 不在可用的选项中。"


def rated(line: Line, **results: str) -> list[dict[str, str]]:
    """The rating form, every item passed but those given."""
    return [
        {"item": item.zh, "result": results.get(item.id, "合格"), "evidence": "登记证书"}
        for item in qualification.items(line.regime)
    ]


@pytest.mark.clause("GZ-P-3.2.3d")
def test_every_item_of_the_rating_form_is_kept_with_evidence_and_reviewer(bidden: Line) -> None:
    bidden.act("tender.open", bidden.latest(Tender), OPENING)
    bid = Bid.objects.filter(purchase=bidden.purchase)[0]
    attempt(bidden, "bid.qualify", bid, OPENING, checks=rated(bidden))
    bid.refresh_from_db()
    assert [(row["item"], row["result"], row["evidence"]) for row in bid.checks] == [
        ("能独立承担法律责任", "合格", "登记证书"), ("财务会计制度健全", "合格", "登记证书"),
        ("具备相应的专业能力", "合格", "登记证书"), ("社会信誉良好", "合格", "登记证书"),
    ]  # fmt: skip
    assert (bid.state, bid.reviewer) == ("qualified", bidden.actor("bid.qualify"))


@pytest.mark.clause("GZ-P-3.2.3d")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows[:3], "资质评价表缺少“社会信誉良好”"),
        (lambda rows: [*rows, rows[0]], "“能独立承担法律责任”不在资质评价表中，或者重复"),
        (lambda rows: [*rows, rows[0] | {"item": "得分"}], "“得分”不在资质评价表中，或者重复"),
        (lambda rows: [rows[0] | {"result": ""}, *rows[1:]], "第 1 行 结果：这个字段是必填项。"),
        (lambda rows: [rows[0] | {"evidence": " "}, *rows[1:]], "第 1 行 依据的材料：这个字段是必填项。"),
        (lambda rows: [rows[0] | {"result": "九十分"}, *rows[1:]], NO_CHOICE),
    ],
)
def test_an_item_left_out_or_scored_is_refused(bidden: Line, change: Any, said: str) -> None:
    bidden.act("tender.open", bidden.latest(Tender), OPENING)
    bid = Bid.objects.filter(purchase=bidden.purchase)[0]
    outcome = attempt(bidden, "bid.qualify", bid, OPENING, checks=change(rated(bidden)))
    assert outcome.entry is None
    assert outcome.form.errors["checks"] == [said]


@pytest.mark.clause("GZ-P-3.2.3d")
def test_the_form_is_the_regimes_and_says_what_is_missing_of_it(bidden: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    bidden.act("tender.open", bidden.latest(Tender), OPENING)
    bid = Bid.objects.filter(purchase=bidden.purchase)[0]
    form = QualifyForm(actor=bidden.actor("bid.qualify"), subject=bid, dossier=bidden.dossier(OPENING.date()))
    assert str(form.fields["checks"].help_text).startswith("尚缺：流程规范附件一：社会组织资质评价表")
    own = bidden.regime.frameworks["qualification"]
    more = [*own["items"], {"id": "annual", "zh": "年检合格", "en": "Yearly inspection passed"}]
    monkeypatch.setitem(bidden.regime.frameworks, "qualification", own | {"items": more})
    outcome = attempt(bidden, "bid.qualify", bid, OPENING, checks=rated(bidden, annual="不合格"))
    assert outcome.form.errors["checks"] == ["“年检合格”不合格，请办理“资格审查不合格”"]
    assert attempt(bidden, "bid.qualify", bid, OPENING, checks=rated(bidden)).entry is not None


@pytest.mark.clause("GZ-P-2.3b")
def test_qualification_earns_no_points(scored: Line) -> None:
    """Qualification items are passed or not; a total holds nothing but price and judged factors."""
    before = [(row.bid_id, row.total) for row in scored.latest(Tender).rankings.all()]
    bids = [scoring.Offered(bid.pk, bid.price_fen) for bid in scored.qualified()]
    sheets = [sheet.points() for sheet in scored.sheets()]
    tender = scored.latest(Tender)
    judged = [number for number, _factor in tender.judged]
    alone = scoring.rank(bids, price_points=tender.price_points, factors=judged, sheets=sheets)
    assert before == [(row.bid, row.total) for row in alone]
    assert {type(row["result"]) for bid in scored.qualified() for row in bid.checks} == {str}


@pytest.mark.clause("GZ-P-3.2.3a")
def test_the_purchaser_alone_reviews(bidden: Line) -> None:
    bidden.act("tender.open", bidden.latest(Tender), OPENING)
    bid = Bid.objects.filter(purchase=bidden.purchase)[0]
    for actor in (bidden.cast.streets[bidden.street.pk], bidden.cast.city[0], bidden.cast.social[1]):
        for name in ("bid.qualify", "bid.disqualify"):
            outcome = attempt(bidden, name, bid, OPENING, actor=actor, reason="材料不全")
            assert objections(outcome) == ["kernel.capacity"]


def test_review_says_why(bidden: Line) -> None:
    bidden.act("tender.open", bidden.latest(Tender), OPENING)
    first, second, _third = Bid.objects.filter(purchase=bidden.purchase).order_by("pk")
    attempt(bidden, "bid.qualify", first, OPENING, evidence="登记证书、审计报告")
    attempt(bidden, "bid.disqualify", second, OPENING, reason="审计报告缺页")
    rows = Bid.objects.filter(purchase=bidden.purchase).order_by("pk").values_list("state", "evidence", "liability")
    assert list(rows) == [
        ("qualified", "登记证书、审计报告", True),
        ("disqualified", "审计报告缺页", True),
        ("submitted", "", None),
    ]


FAIL = "不合格"
SOURCE = "信用查询结果"


@pytest.mark.clause("GZ-P-3.2.3a")
def test_a_bidder_found_unfit_keeps_every_result_with_its_evidence_and_reason(bidden: Line) -> None:
    bidden.act("tender.open", bidden.latest(Tender), OPENING)
    bid = Bid.objects.filter(purchase=bidden.purchase)[0]
    rows = rated(bidden, reputation=FAIL)
    rows[3] |= {"evidence": SOURCE, "reason": "处罚尚未执行完毕"}
    outcome = attempt(bidden, "bid.disqualify", bid, OPENING, checks=rows, reason="一项不合格")
    assert outcome.entry is not None
    bid.refresh_from_db()
    assert (bid.state, bid.reviewer, bid.evidence) == ("disqualified", bidden.actor("bid.disqualify"), "一项不合格")
    assert (bid.liability, bid.accounting, bid.ability, bid.reputation) == (True, True, True, False)
    kept = [(row["item"], row["result"], row["evidence"], row["reason"]) for row in bid.checks]
    assert kept == [
        ("能独立承担法律责任", "合格", "登记证书", ""), ("财务会计制度健全", "合格", "登记证书", ""),
        ("具备相应的专业能力", "合格", "登记证书", ""), ("社会信誉良好", FAIL, SOURCE, "处罚尚未执行完毕"),
    ]  # fmt: skip
    assert json.loads(outcome.entry.body)["content"]["input"]["checks"] == bid.checks


@pytest.mark.clause("GZ-P-3.2.3a")
@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: rows[:3], "资质评价表缺少“社会信誉良好”"),
        (lambda rows: [*rows[:3], rows[3] | {"result": FAIL}], "第 4 行 不合格的理由：请写明这一项为什么不合格"),
        (lambda rows: [*rows[:3], rows[3] | {"evidence": ""}], "第 4 行 依据的材料：这个字段是必填项。"),
        (lambda rows: rows, "各项都合格，请办理“资格审查合格”"),
    ],
)
def test_nobody_is_found_unfit_without_an_item_that_says_why(bidden: Line, change: Any, said: str) -> None:
    bidden.act("tender.open", bidden.latest(Tender), OPENING)
    bid = Bid.objects.filter(purchase=bidden.purchase)[0]
    outcome = attempt(bidden, "bid.disqualify", bid, OPENING, checks=change(rated(bidden)))
    assert outcome.entry is None
    assert outcome.form.errors["checks"] == [said]


def test_review_ends_with_scoring(scored: Line) -> None:
    late = Bid.objects.get(organisation=scored.cast.social[0].organisation)
    Bid.objects.filter(pk=late.pk).update(state="submitted")
    late.refresh_from_db()
    assert objections(attempt(scored, "bid.qualify", late, moment("2010-12-04"))) == ["reviewed-after-opening"]


# --- what the ledger keeps ------------------------------------------------------------------------------------------


def test_the_leaf_holds_commitments_in_place_of_price_plan_and_rules(announced: Line) -> None:
    outcome = attempt(announced, "bid.submit", None, DAY, actor=announced.cast.social[0], price="1980000")
    assert outcome.entry is not None
    paths = Opening.objects.filter(entry=outcome.entry).order_by("path").values_list("path", flat=True)
    assert list(paths) == ["input.fund_rules", "input.plan", "input.price", "input.snapshot"]
    assert "198000000" not in outcome.entry.body
    assert "以家庭为单位" not in outcome.entry.body
    assert "管理费" not in outcome.entry.body


def test_the_number_of_bids_is_nobodys_before_the_deadline(announced: Line) -> None:
    from gongyue.tendering.facts import TenderFacts

    submit_bids(announced)
    for at, expected in [(DUE - timedelta(seconds=1), (None, None, None)), (DUE, (3, 0, 0))]:
        facts = TenderFacts.of(Dossier(announced.purchase, at=at, regime=announced.regime))
        assert (facts.bids, facts.reviewed, facts.qualified) == expected


def test_ones_own_key_does_not_count_the_others(announced: Line) -> None:
    """With running numbers a bidder reads in its own addresses how many others came before it or in between."""
    for index in (0, 1, 3):
        announced.act("package.take", None, date(2010, 11, 24), actor=announced.cast.social[index])
    submit_bids(announced)
    for kind in (Package, Bid):
        keys = list(kind._default_manager.order_by("pk").values_list("pk", "organisation"))
        assert [office for _key, office in keys] == [announced.cast.social[n].organisation_id for n in (0, 1, 3)]
        assert min(later[0] - sooner[0] for sooner, later in pairwise(keys)) > len(keys)
