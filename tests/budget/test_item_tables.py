"""购买服务项目表: issued, filed in, reviewed, handed back with the budget reply; then an item is only adjusted."""

from __future__ import annotations

from typing import Any

import pytest

from gongyue.budget.models import Adjustment, Fund, ItemTable, PlanItem, Share
from gongyue.budget.queries import reconcile
from gongyue.kernel.actions import ACTIONS
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation
from gongyue.kernel.offers import offers
from gongyue.kernel.regimes import current
from gongyue.needs.models import ServiceProposal
from tests.chengdu import Chengdu, chengdu
from tests.parties.acts import errors

__all__ = ["chengdu"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]  # the verbs are told on both in journeys


@pytest.fixture
def town(chengdu: Chengdu) -> Chengdu:
    """The item is proposed for 2018; finance has issued nothing yet."""
    chengdu.open()
    chengdu.research()
    chengdu.estimate()
    chengdu.propose()
    return chengdu


def item(town: Chengdu) -> PlanItem:
    row: PlanItem = town.latest(PlanItem)
    return row


@pytest.mark.clause("CD-5", "CD-6")
def test_an_item_rests_on_needs_and_on_an_estimate(chengdu: Chengdu) -> None:
    chengdu.open()
    given = {"year": "2018", "amount": "360000", "content": "探访", "goals": "每年 2400 次"}
    assert chengdu.refused("item.propose", None, "2017-09-05", **given) == [
        "research-before-item", "estimate-before-item",
    ]  # fmt: skip
    chengdu.research()
    assert chengdu.refused("item.propose", None, "2017-09-05", **given) == ["estimate-before-item"]
    chengdu.estimate()
    assert chengdu.act("item.propose", None, "2017-09-06", **given).state == "proposed"


@pytest.mark.clause("CD-6")
def test_an_estimate_takes_in_prices_wages_and_taxes(chengdu: Chengdu) -> None:
    chengdu.open()
    chengdu.research()
    untaxed = chengdu.estimate_data(taxes="")
    assert chengdu.refused("service_proposal.submit", None, "2017-09-06", **untaxed) == ["estimate-of-three-parts"]
    alone = chengdu.estimate_data() | {"estimated_with": ""}
    assert chengdu.refused("service_proposal.submit", None, "2017-09-06", **alone) == ["estimated-with-others"]
    row: ServiceProposal = chengdu.act("service_proposal.submit", None, "2017-09-06", **chengdu.estimate_data())
    assert [row.costs[0][part] for part in ("staff", "activity", "other", "taxes")] == [10_000, 3_000, 1_000, 1_000]
    chengdu.act("service_proposal.argue", row, "2017-09-06", **chengdu.argued())
    assert chengdu.purchase is not None
    dossier = Dossier(chengdu.purchase, at=chengdu.at("2017-09-06"), regime=current("cn-sc-chengdu"))
    unborn = PlanItem(purchase=chengdu.purchase)
    form = ACTIONS["item.propose"].form(subject=unborn, dossier=dossier, actor=chengdu.writer)
    assert form.initial["amount"] == 2400 * 15_000


@pytest.mark.clause("CD-7a")
def test_finance_issues_the_table_with_what_it_must_keep_to(town: Chengdu) -> None:
    seen = offers(item(town), actor=town.writer, at=town.at("2017-10-09"))
    assert [(one.action.name, [f.rule for f in one.findings]) for one in seen if one.mine] == [
        ("item.file", ["table-open"]),
    ]  # fmt: skip
    table: ItemTable = town.issue()
    assert (str(table), table.state, table.requirements) == ("2018年度购买服务项目表", "opened", "以事定费，费随事转。")
    again = town.attempt(
        "itemtable.open",
        None,
        "2017-10-10",
        actor=town.finance,
        year="2018",
        requirements="再发",
        closes_on="2017-10-01",
    )
    assert errors(again) == {
        "year": ["这个年度的购买服务项目表已经下达"], "closes_on": ["填报截止日不能早于下达当日"],
    }  # fmt: skip
    assert town.refused(
        "itemtable.open", None, "2017-10-10", year="2019", requirements="x", closes_on="2017-12-01"
    ) == ["kernel.capacity"]


@pytest.mark.clause("CD-7b")
def test_one_form_does_not_come_without_the_other(town: Chengdu) -> None:
    table = town.issue()
    row = item(town)
    assert town.refused("item.file", row, "2017-10-16", **town.filing(table, budget=[])) == ["both-forms"]
    alone = town.filing(table) | {"procurement": ""}
    assert town.refused("item.file", row, "2017-10-16", **alone) == ["both-forms"]
    filed = town.act("item.file", row, "2017-10-16", **town.filing(table))
    assert (filed.state, filed.table, filed.procurement, filed.procurement_fen) == ("filed", table, True, 36_000_000)
    assert filed.procurement_budget == [
        {"code": "C0801", "name": "社会服务", "quantity": "1 项", "amount": 36_000_000}
    ]  # fmt: skip


@pytest.mark.clause("CD-7b")
def test_the_procurement_budget_stays_within_its_item(town: Chengdu) -> None:
    table = town.issue()
    lines = [
        {"code": "C0801", "name": "社会服务", "quantity": "1 项", "amount": "360000"},
        {"code": "C0802", "name": "评估服务", "quantity": "1 项", "amount": "0.01"},
    ]
    above = town.attempt("item.file", item(town), "2017-10-16", **town.filing(table, lines))
    assert errors(above) == {"procurement_budget": ["合计不能超过项目金额"]}
    assert town.act("item.file", item(town), "2017-10-16", **town.filing(table, lines[:1])).state == "filed"


@pytest.mark.clause("CD-7b")
def test_an_item_filed_after_the_tables_day_says_why(town: Chengdu) -> None:
    table, why = town.issue(), {"acknowledge-filed-by-the-tables-day": "项目临时追加，财政同意补报"}
    assert town.refused("item.file", item(town), "2017-11-01", **town.filing(table)) == ["filed-by-the-tables-day"]
    assert town.act("item.file", item(town), "2017-11-01", **town.filing(table), **why).state == "filed"


def test_an_item_outside_procurement_is_filed_alone(town: Chengdu) -> None:
    table = town.issue()
    filed = town.act("item.file", item(town), "2017-10-16", table=table.pk, procurement="", procurement_budget=[])
    assert (filed.procurement, filed.procurement_fen) == (False, 0)


@pytest.mark.clause("CD-7b")
def test_filing_is_owed_by_the_tables_last_day(chengdu: Chengdu) -> None:
    chengdu.open()
    chengdu.research()
    chengdu.estimate()
    chengdu.issue("2017-09-06")
    chengdu.propose()
    owed = Obligation.objects.get(purchase=chengdu.purchase, action="item.file", is_open=True)
    assert (owed.rule, str(owed.due_on)) == ("file-item", "2017-10-31")


@pytest.mark.clause("CD-8", "CD-9")
def test_reviewed_then_approved_with_the_budget_reply(town: Chengdu) -> None:
    table = town.issue()
    row = town.act("item.file", item(town), "2017-10-16", **town.filing(table))
    assert town.refused("item.approve", row, "2017-10-20", actor=town.finance) == ["kernel.state"]
    town.act("itemtable.close", table, "2017-11-01", actor=town.finance)
    reply = {"congress_on": "2018-01-25", "reply_number": "锦财预〔2018〕1号"}
    assert town.refused("itemtable.approve", table, "2018-02-05", actor=town.finance, **reply) == [
        "every-item-reviewed"
    ]
    assert town.refused("item.review", row, "2017-11-06", opinion="可") == ["kernel.capacity"]
    reviewed = town.act("item.review", row, "2017-11-06", actor=town.finance, opinion="标准合理。")
    assert (reviewed.state, reviewed.review_note) == ("reviewed", "标准合理。")
    assert town.refused("item.approve", row, "2017-11-06", actor=town.finance) == ["approved-with-the-budget"]
    early = town.attempt("itemtable.approve", table, "2018-01-24", actor=town.finance, **reply)
    assert errors(early) == {"congress_on": ["不能晚于办理当日"]}
    back = town.act("itemtable.approve", table, "2018-02-05", actor=town.finance, **reply)
    assert (back.state, back.reply_number, str(back.congress_on)) == ("approved", "锦财预〔2018〕1号", "2018-01-25")
    approved = town.act("item.approve", row, "2018-02-06", actor=town.finance)
    assert (approved.state, [(s.payer.name, s.amount_fen) for s in Share.objects.filter(item=row)]) == (
        "approved", [("锦江区财政局", 36_000_000)],
    )  # fmt: skip


def test_a_closed_table_takes_nothing_more(town: Chengdu) -> None:
    table = town.issue()
    town.act("itemtable.close", table, "2017-11-01", actor=town.finance)
    assert town.refused("item.file", item(town), "2017-11-02", **town.filing(table)) == ["table-open"]


# --- after the approval -------------------------------------------------------------------------------------------


def wanted(amount: str = "300000", **changed: Any) -> dict[str, Any]:
    lines = [{"code": "C0801", "name": "社会服务", "quantity": "1 项", "amount": amount}]
    told = {"amount": amount, "procurement_budget": lines, "reason": "人数减少", "basis": "预算法第六十七条"}
    return told | changed


@pytest.fixture
def approved(town: Chengdu) -> Chengdu:
    town.approve_item()
    return town


@pytest.mark.clause("CD-10")
def test_an_approved_item_is_locked(approved: Chengdu) -> None:
    row = item(approved)
    given = {"year": "2018", "amount": "1", "content": "另", "goals": "另"}
    assert approved.refused("item.propose", row, "2018-02-07", **given) == ["kernel.done"]
    for name, actor in (("item.return", approved.finance), ("item.file", approved.writer)):
        data = {"reason": "改"} if name == "item.return" else approved.filing(row.table)
        assert approved.refused(name, row, "2018-02-07", actor=actor, **data)[0] in {"kernel.state", "kernel.done"}
    assert item(approved).amount_fen == 36_000_000


@pytest.mark.parametrize("lacking", ["reason", pytest.param("basis", marks=pytest.mark.clause("CD-10"))])
def test_it_is_adjusted_with_a_reason_and_under_a_budget_rule(approved: Chengdu, lacking: str) -> None:
    tried = approved.attempt("adjustment.request", None, "2018-06-01", **wanted(**{lacking: ""}))
    assert errors(tried) == {lacking: ["这个字段是必填项。"]}
    same = approved.attempt("adjustment.request", None, "2018-06-01", **wanted("360000"))
    assert errors(same) == {"amount": ["与现在的金额相同"]}
    above = [{"code": "C0801", "name": "社会服务", "quantity": "1 项", "amount": "300000.01"}]
    over = approved.attempt("adjustment.request", None, "2018-06-01", **wanted(procurement_budget=above))
    assert errors(over) == {"procurement_budget": ["合计不能超过调整后金额"]}


@pytest.mark.clause("CD-10")
def test_finance_approves_and_the_shares_follow(approved: Chengdu) -> None:
    row: Adjustment = approved.act("adjustment.request", None, "2018-06-01", **wanted())
    assert (row.state, row.before_fen, row.amount_fen, row.basis) == (
        "requested",
        36_000_000,
        30_000_000,
        "预算法第六十七条",
    )
    assert item(approved).amount_fen == 36_000_000
    assert approved.refused("adjustment.approve", row, "2018-06-04", approval_number="1号") == ["kernel.capacity"]
    done = approved.act(
        "adjustment.approve", row, "2018-06-04", actor=approved.finance, approval_number="锦财调〔2018〕3号"
    )
    assert (done.state, done.approval_number) == ("approved", "锦财调〔2018〕3号")
    changed = item(approved)
    assert (changed.amount_fen, str(changed.adjusted_on)) == (30_000_000, "2018-06-04")
    assert changed.procurement_fen == 30_000_000
    assert [share.amount_fen for share in Share.objects.filter(item=changed)] == [30_000_000]


def test_what_is_committed_moves_in_its_line(approved: Chengdu) -> None:
    fund = approved.commit("500000")
    row = approved.act("adjustment.request", None, "2018-06-01", **wanted("450000"))
    approved.act("adjustment.approve", row, "2018-06-04", actor=approved.finance, approval_number="1号")
    fund.refresh_from_db()
    assert (fund.amount_fen, fund.committed_fen) == (50_000_000, 45_000_000)
    over = approved.act("adjustment.request", None, "2018-07-02", **wanted("500000.01"))
    tried = approved.refused("adjustment.approve", over, "2018-07-03", actor=approved.finance, approval_number="2号")
    assert tried == ["kernel.conflict"]
    refused = approved.act("adjustment.refuse", over, "2018-07-03", actor=approved.finance, reason="指标不足")
    assert (refused.state, item(approved).amount_fen, reconcile()) == ("refused", 45_000_000, [])


@pytest.mark.clause("CD-4")
def test_money_comes_out_of_an_existing_line(approved: Chengdu) -> None:
    share = Share.objects.get(item=item(approved))
    assert approved.refused("share.commit", share, "2018-02-08", actor=approved.finance) == ["fund-sufficient"]
    fund = approved.fund("359999.99")
    assert approved.refused("share.commit", share, "2018-02-08", actor=approved.finance) == ["fund-sufficient"]
    assert Fund.objects.get(pk=fund.pk).committed_fen == 0
