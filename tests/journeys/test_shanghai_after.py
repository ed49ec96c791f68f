"""Jing'an's purchase goes on after its contract: looked at from both sides, audited, warned of, told to the public."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from gongyue.contracts.models import Checkpoint, Contract
from gongyue.disclosure.queries import notices_of
from gongyue.kernel.models import Obligation
from gongyue.kernel.regimes import current
from gongyue.ledger.sequence import sequence
from gongyue.oversight import coverage
from gongyue.oversight.models import AlertMeasure, Audit, Feedback, FollowUp, RiskAlert
from gongyue.oversight.models.alert import levels
from gongyue.payments.models import Claim, MoneyNotice, Payment
from tests.journeys.test_methods import agreed, contract
from tests.parties.acts import errors
from tests.tendering.shanghai import Town, rules, settle

pytestmark = [pytest.mark.django_db, pytest.mark.once]
SIGNED, SERVED, ENDED = date(2012, 4, 2), date(2012, 11, 5), date(2013, 6, 3)


@pytest.fixture
def awarded() -> Town:
    """What the lottery pays for is entrusted; nothing is signed."""
    warned = {"acknowledge-unlisted-method": "职能已经转移"}
    return agreed("entrustment", "function_transfer", settle().watch(), "lottery", **warned)


@pytest.fixture
def town(awarded: Town) -> Town:
    """The contract is signed; the service runs from June to May."""
    contract(awarded, SIGNED)
    return awarded


def owed(town: Town) -> list[tuple[str, str]]:
    """Open duties and whose they are."""
    rows = Obligation.objects.filter(purchase=town.purchase, is_open=True).select_related("organisation")
    return sorted((row.rule, row.organisation.name) for row in rows if row.organisation is not None)


# --- before, during and after ---------------------------------------------------------------------------------------


@pytest.mark.clause("SH-2.5a")
def test_nothing_is_signed_before_both_sides_found_the_provider_fit(awarded: Town) -> None:
    town, on = awarded, SIGNED
    names = {"look-before-inside", "look-before-outside"}
    assert {rule for rule, _name in owed(town) if rule in names} == names
    inside = town.unborn("checkpoint.record", on, town.purchaser, seed="before-internal")
    rows = [{"item": "登记和资质", "found": "齐全", "result": "passed"}]
    said = {"checked_on": on.isoformat(), "items": rows, "result": "passed", "opinion": "齐全"}
    town.act("checkpoint.record", inside, on, town.purchaser, **said)
    own = {"evaluator": str(town.outsider.organisation_id)}
    row = town.act(
        "checkpoint.commission", town.unborn("checkpoint.commission", on, town.purchaser, seed="before-external"), on,
        town.purchaser, **own,
    )  # fmt: skip
    assert (row.state, row.evaluator) == (Checkpoint.State.COMMISSIONED, town.outsider.organisation)
    by_the_purchaser = town.attempt("checkpoint.record", row, on, town.purchaser, **said)
    assert rules(by_the_purchaser) == ["kernel.owner"]
    town.act("checkpoint.record", row, on, town.outsider, **(said | {"result": "failed", "opinion": "人员不足"}))
    signing = {"signed_on": on.isoformat(), "originals": "4"}
    drafted(town, on)
    assert rules(town.attempt("contract.sign", town.latest(Contract), on, town.purchaser, **signing)) == [
        "looked-at-before-signing"
    ]


def drafted(town: Town, on: date) -> None:
    terms = {
        "number": "静民购〔2012〕1号", "starts_on": "2012-06-01", "ends_on": "2013-05-31", "amount": "285000",
        "service_requirements": "每月探访两次", "quality_standard": "服务记录完整", "payment_method": "一次支付",
        "rights_duties": "按约定", "instalments": [{"number": "1", "due_on": "2012-12-01", "amount": "285000"}],
    }  # fmt: skip
    town.act("contract.draft", None, on, town.purchaser, **terms)
    town.act("contract.accept", town.latest(Contract), on, town.social[2], confirmed="on")


@pytest.mark.clause("SH-2.5a")
def test_an_evaluator_tied_to_the_provider_is_no_outsider(awarded: Town) -> None:
    house, member = awarded.outsider.organisation, awarded.social[2].person
    awarded.act(
        "post.assign", None, date(2012, 3, 30), awarded.cast.registrar, organisation=house.pk, username=member.username,
        name=member.name, title="理事", since="2012-03-30",
    )  # fmt: skip
    row = awarded.unborn("checkpoint.commission", SIGNED, awarded.purchaser, seed="before-external")
    tried = awarded.attempt("checkpoint.commission", row, SIGNED, awarded.purchaser, evaluator=str(house.pk))
    assert rules(tried) == ["evaluator-from-outside"]


@pytest.mark.clause("SH-2.5a")
def test_the_result_follows_every_look(town: Town) -> None:
    found = {"by": "purchaser", "checked_on": ENDED.isoformat(), "opinion": "完成"}
    found |= {"items": [{"item": "探访", "found": "4800 次", "result": "passed"}], "result": "passed"}  # type: ignore[dict-item]
    accept = ("acceptance.record", None, ENDED, town.purchaser)
    assert rules(town.attempt(*accept, **found)) == ["accepted-after-every-look", "accepted-as-evaluated"]
    town.look(SERVED, "during")
    early = town.unborn("checkpoint.record", SERVED, town.purchaser, seed="after-internal")
    rows = [{"item": "成效", "found": "良好", "result": "passed"}]
    said = {"checked_on": SERVED.isoformat(), "items": rows, "result": "passed", "opinion": "良好"}
    assert rules(town.attempt("checkpoint.record", early, SERVED, town.purchaser, **said)) == [
        "performance-after-the-service"
    ]
    town.look(ENDED, "after", outside="failed")
    assert rules(town.attempt(*accept, **found)) == ["accepted-as-evaluated"]
    row = town.act(*accept, **(found | {"result": "failed"}))
    assert row.result == "failed"
    assert Checkpoint.objects.filter(purchase=town.purchase, state="recorded").count() == 6


def test_what_is_to_be_looked_at_is_named_on_the_page(town: Town, client: Client) -> None:
    assert town.purchase is not None
    client.force_login(town.purchaser.person)
    page = client.get(reverse("desk:purchase-tab", args=[town.purchase.pk, "supervision"])).content.decode()
    words = ("事中监督管理（内部评估）", "事后绩效评估（外部评估）", "登记审计结果 · 项目审计", "第 1 次预警")
    assert [word in page for word in words] == [True] * 4
    assert [word in page for word in ("· during-internal", "三个系列的评估")] == [False, False]


# --- audit, congress and consultative conference ----------------------------------------------------------------------


@pytest.mark.clause("SH-2.5d")
def test_every_project_is_audited_and_then_its_provider(town: Town, client: Client) -> None:
    assert town.purchase is not None
    auditor, of_it = town.watchers["audit"], type(town.purchase).objects.filter(pk=town.purchase.pk)
    assert ("audit-project", "静安区审计局") in owed(town)
    assert (coverage.coverage(of_it).share_bp, list(coverage.unaudited(of_it))) == (0, [town.purchase])
    client.force_login(auditor.person)
    page = client.get(reverse("desk:recommendations")).content.decode()
    assert [word in page for word in ("审计覆盖", "静安寺街道独居老人关怀服务", "0%")] == [True] * 3
    said = {"audited_on": SERVED.isoformat(), "result": "sound", "findings": "专账核算，凭证齐全。"}
    row = town.act("audit.record", None, SERVED, auditor, **said)
    assert (row.scope, row.audited, row.auditor) == ("project", town.purchaser.organisation, auditor.organisation)
    assert [name for name, _who in owed(town) if name.startswith("audit")] == ["audit-provider"]
    row = town.act("audit.record", None, SERVED, auditor, **said)
    assert (row.scope, row.audited) == ("extended", town.social[2].organisation)
    assert coverage.coverage(of_it) == coverage.Coverage(1, 1, 1)
    assert coverage.coverage(of_it).share_bp == 10_000
    assert [name for name, _who in owed(town) if name.startswith("audit")] == []
    assert Audit.unborn(None, auditor) == []


def test_congress_and_consultative_conference_supervise(town: Town) -> None:
    seen = {
        "observed_on": SERVED.isoformat(), "plan_result": "sound", "effect_result": "problem", "effect": "夜间没有人",
        "money_result": "sound", "due_on": "2012-11-30",
    }  # fmt: skip
    for kind in ("congress", "consultative"):
        body = town.watchers[kind]
        log = town.act("supervision.record", None, SERVED, body, **seen)
        assert log.body == body.organisation
        follow_up = FollowUp.objects.get(purchase=town.purchase, body=body.organisation)
        town.act("follow_up.answer", follow_up, SERVED, town.social[2], answer="增设夜间值守")
        town.act("follow_up.close", town.latest(FollowUp), SERVED, body, verdict="已到位")
        assert town.latest(FollowUp).state == "closed"


# --- warnings ---------------------------------------------------------------------------------------------------------


@pytest.mark.clause("SH-2.5e")
def test_an_alert_has_one_of_four_levels_and_goes_to_every_department(town: Town, client: Client) -> None:
    auditor = town.watchers["audit"]
    assert [one.name["zh"] for one in levels(current("cn-sh"))] == ["一级", "二级", "三级", "四级"]
    fifth = town.attempt("alert.raise", None, SERVED, auditor, level="five", risk="资金挪用")
    assert list(errors(fifth)) == ["level"]
    alert = town.act("alert.raise", None, SERVED, auditor, level="two", risk="部分支出没有凭证")
    assert (alert.level_name, str(alert), alert.body) == ("二级", "第 1 次预警（二级）", auditor.organisation)
    measures = AlertMeasure.objects.filter(alert=alert).select_related("department").order_by("department__name")
    names = ["静安区民政局", "静安区社会建设办公室", "静安区财政局"]
    assert [row.department.name for row in measures] == names
    assert [name for rule, name in owed(town) if rule == "act-on-alert"] == names
    seen = []
    for post in (town.social[2], town.finance):
        client.force_login(post.person)
        seen.append("部分支出没有凭证" in client.get(reverse("desk:warnings")).content.decode())
    assert seen == [alert.visible_to(town.social[2]), alert.visible_to(town.finance)] == [False, True]
    why = {"reason": "已整改"}
    assert rules(town.attempt("alert.lift", alert, SERVED, auditor, **why)) == ["lifted-when-all-have-acted"]
    posts = {post.organisation.name: post for post in (town.purchaser, town.committee, town.finance)}
    for row in measures:
        town.act("alertmeasure.answer", row, SERVED, posts[row.department.name], measures="已约谈、已核查")
    town.act("alert.lift", alert, SERVED, auditor, **why)
    assert (town.latest(RiskAlert).state, town.latest(RiskAlert).lifted_on) == ("lifted", SERVED)


# --- what the public is told, and what it says ------------------------------------------------------------------------


@pytest.mark.clause("SH-2.5c")
def test_the_public_complains_and_reads_the_answer(town: Town) -> None:
    said = {"nature": "complaint", "words": "活动取消没有通知", "contact": "13800000000"}
    feedback = town.act("feedback.submit", None, SERVED, town.watchers["public"], **said)
    assert ("accept-feedback", "静安区民政局") in owed(town)
    town.act("feedback.accept", feedback, SERVED, town.purchaser)
    answer = {"public_text": "今后取消活动提前一天公告。", "without_persons": "on"}
    town.act("feedback.answer", town.latest(Feedback), SERVED, town.purchaser, **answer)
    facts = {"content": "独居老人探访", "method": "分片包干", "expected": "两百名老人", "other": ""}
    town.act("projectfacts.publish", None, SERVED, town.social[2], **facts)
    sequence()
    assert town.purchase is not None
    assert {one.kind for one in notices_of(town.purchase)} == {"award", "contract", "feedback", "project"}


@pytest.mark.clause("SH-2.3c", "SH-2.5c")
def test_the_public_is_told_how_the_lottery_money_was_used(town: Town) -> None:
    due, finance = date(2012, 12, 3), town.finance
    invoice = {"invoice_number": "00712345", "invoice_on": due.isoformat(), "invoice_amount": "285000"}
    claim = town.act("claim.submit", None, due, town.social[2], progress="按计划", **invoice)
    town.act("claim.check", claim, due, town.purchaser, opinion="属实")
    paying = {"voucher_number": "1", "channel": "direct", "paid_on": due.isoformat(), "payee_name": "沪"}
    ahead = {"acknowledge-paid-before-evaluation": "合同约定年末支付"}
    town.act("payment.pay", town.latest(Payment), due, finance, **paying, **ahead)
    assert ("tell-of-lottery-money", "静安区民政局") in owed(town)
    told = {"use": "用于独居老人探访的人员和交通", "effect": "探访两百名老人，每月两次"}
    notice = town.act("moneynotice.publish", None, due, town.purchaser, **told)
    assert (notice.paid_fen, town.latest(Claim).state) == (285_000_00, "checked")
    assert [rule for rule, _name in owed(town) if rule == "tell-of-lottery-money"] == []
    sequence()
    assert town.purchase is not None
    assert "money" in {one.kind for one in notices_of(town.purchase)}
    assert MoneyNotice.objects.count() == 1
