from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from gongyue import clock
from gongyue.budget.queries import reconcile
from gongyue.demonstration.line import Line
from gongyue.kernel import batches
from gongyue.kernel.models import Batch, BatchRow, Obligation
from gongyue.payments.forms import SpendingRow
from gongyue.payments.models import Refund, SpendingReport, UsePlan, YearlyReceipt, YearlyReport
from gongyue.payments.queries import left_over
from tests.contracts.stages import attempt, rules

ON, ENDED = date(2010, 11, 30), date(2011, 11, 1)


@pytest.fixture
def planned(filed: Line) -> Line:
    number = filed.contract().number
    filed.act("useplan.submit", None, ON, seed=number)
    filed.act("useplan.approve", filed.latest(UsePlan), ON)
    return filed


def row(heading: str = "活动", amount: str = "100", voucher: str = "1", day: str = "2010-11-30") -> dict[str, str]:
    return {"heading": heading, "spent_on": day, "voucher": voucher, "amount": amount, "note": ""}


def spend(line: Line, *entries: dict[str, str], **data: Any) -> Any:
    told: dict[str, Any] = {"entries": list(entries)} if entries else {}
    return attempt(line, "spending.report", None, ON, seed=line.contract().number, **told | data)


@pytest.mark.clause("GZ-P-2.4a")
def test_the_provider_budgets_by_its_own_headings_up_to_the_contract(filed: Line) -> None:
    number = filed.contract().number
    rows = [{"heading": "人员", "amount": "1949999.99", "basis": ""}]
    short = attempt(filed, "useplan.submit", None, ON, seed=number, headings=rows)
    assert short.form.errors == {"headings": ["各科目合计须等于合同金额"]}
    twice = [{"heading": "人员", "amount": "975000"}] * 2
    again = attempt(filed, "useplan.submit", None, ON, seed=number, headings=twice)
    assert again.form.errors == {"headings": ["科目重复：人员"]}
    filed.act("useplan.submit", None, ON, seed=number)
    plan = filed.latest(UsePlan)
    assert (plan.total_fen, [one["heading"] for one in plan.headings]) == (
        195_000_000, ["人员", "督导", "活动", "管理费"],
    )  # fmt: skip
    assert SpendingReport.unborn(filed.dossier(ON), filed.actor("spending.report")) == []  # not approved yet


@pytest.mark.clause("GZ-P-2.4a")
def test_spending_is_reported_by_heading_and_what_is_over_is_explained(planned: Line) -> None:
    assert spend(planned).entry is not None
    report = planned.latest(SpendingReport)
    assert (report.spent_fen, report.over_fen) == (12_160_050, 0)
    assert report.entries[0] == {
        "heading": "人员", "spent_on": "2010-11-30", "voucher": "记1130-1", "amount": 9_200_000, "note": "",
    }  # fmt: skip
    dear = row("督导", "97500.01", "9")
    refused = spend(planned, dear)
    assert refused.form.errors == {"variance": ["超出预算的科目（督导）须说明原因"]}
    assert spend(planned, dear, variance="外聘督导").entry is not None
    assert planned.latest(SpendingReport).over_fen == 420_001


@pytest.mark.clause("GZ-P-2.4a")
@pytest.mark.parametrize(
    ("entry", "said"),
    [
        (row("招待"), "第 1 行：核准的预算里没有科目“招待”"),
        (row(day="2010-10-01"), "第 1 行：日期不在本期间内"),
        (row(voucher="记1130-1"), "第 1 行：凭证 记1130-1 已经登记过"),
    ],
)
def test_a_bad_row_is_named(planned: Line, entry: dict[str, str], said: str) -> None:
    assert spend(planned).entry is not None
    assert spend(planned, entry).form.errors == {"entries": [said]}


# --- a file of entries ------------------------------------------------------------------------------------------------


def staged(line: Line, *rows: dict[str, str]) -> Batch:
    return batches.stage(
        kind="spending.entries", row_form=SpendingRow, rows=rows, post=line.actor("spending.report"),
        purchase=line.purchase, source="专账.xlsx",
    )  # fmt: skip


def bare(**said: str) -> dict[str, str]:
    one = row(**said)
    del one["note"]
    return one


@pytest.fixture
def today(settings: Any, db: None) -> None:
    settings.GONGYUE_DEMONSTRATION = True
    clock.advance(ON)


@pytest.mark.clause("GZ-P-2.4a")
@pytest.mark.usefixtures("today")
def test_a_file_of_entries_is_reported_at_once(planned: Line) -> None:
    batch = staged(planned, bare(voucher="A1"), bare(voucher="A2", heading="人员", amount="9,200.50"))
    assert (batch.rows, batch.faults) == (2, 0)
    outcome = spend(planned, entries=[], batch=str(batch.pk))
    assert outcome.entry is not None, outcome.form.errors
    assert f'"root":"{batch.root}"' in outcome.entry.body
    report = planned.latest(SpendingReport)
    assert (report.spent_fen, report.over_fen, len(report.entries)) == (930_050, 0, 2)
    assert report.entries[1] == {
        "heading": "人员", "spent_on": "2010-11-30", "voucher": "A2", "amount": 920_050, "note": "",
    }  # fmt: skip
    again = spend(planned, entries=[], batch=str(batch.pk))
    assert list(again.form.errors) == ["batch"]


@pytest.mark.usefixtures("today")
def test_wrong_rows_of_a_file_are_named_by_row_and_column(planned: Line) -> None:
    batch = staged(
        planned, bare(heading="招待"), bare(amount="-1"), bare(day="2010-10-31"), bare(day="2010-12-01"),
        bare(voucher=""),
    )  # fmt: skip
    assert list(BatchRow.objects.filter(batch=batch).order_by("number").values_list("fault", flat=True)) == [
        "科目：选择一个有效的选项。 招待 不在可用的选项中。", "金额（元）：金额不能为负数",
        "日期：不能早于合同资助期的首日（2010-11-01）", "日期：日期不能晚于当日", "凭证号：这个字段是必填项。",
    ]  # fmt: skip
    assert spend(planned, entries=[], batch=str(batch.pk)).form.errors == {
        "batch": ["这批数据有 5 行有误，请更正后重新上传"]
    }


@pytest.mark.usefixtures("today")
def test_a_voucher_counts_once_whether_typed_or_in_a_file(planned: Line) -> None:
    twice = staged(planned, bare(voucher="A1"), bare(voucher="A1", amount="3"))
    assert spend(planned, entries=[], batch=str(twice.pk)).form.errors == {"batch": ["第 2 行：凭证 A1 已经登记过"]}
    both = spend(planned, row(voucher="B1"), batch=str(twice.pk))
    assert both.form.errors == {"entries": ["支出明细逐行填写或选用明细表，两者取一"]}
    none = spend(planned, entries=[])
    assert none.form.errors == {"entries": ["请填写支出明细，或选用已上传的支出明细表"]}


@pytest.mark.usefixtures("today")
def test_the_provider_finds_the_template_and_nobody_else(planned: Line) -> None:
    client, url = Client(), f"/batches/spending.entries/?purchase={planned.purchase.pk}"
    client.force_login(planned.actor("spending.report").person)
    page = client.get(url)
    assert page.context["columns"][0] == ("科目", "人员、督导、活动、管理费")
    assert client.get(url.replace("?", "template.xlsx?")).status_code == 200
    client.force_login(planned.actor("claim.check").person)
    assert client.get(url).status_code == 404


@pytest.mark.clause("GZ-P-2.4a")
def test_no_efficiency_note_no_report(planned: Line) -> None:
    assert list(spend(planned, efficiency="").form.errors) == ["efficiency"]
    assert list(spend(planned, ends_on="2010-10-01").form.errors) == ["ends_on"]


@pytest.mark.clause("GZ-S-4.5e")
def test_two_yearly_reports_go_to_three_recipients_who_sign(filed: Line) -> None:
    due = Obligation.objects.filter(action="yearly.submit", is_open=True).order_by("pk")
    assert [(row.subject, row.due_on) for row in due] == [
        ("yearly#self", date(2011, 10, 31)), ("yearly#funds", date(2011, 10, 31)),
    ]  # fmt: skip
    assert [row.days_late(ENDED) for row in due] == [1, 1]
    for topic in ("self", "funds"):
        filed.act("yearly.submit", None, ENDED, seed=topic)
    assert YearlyReport.unborn(filed.dossier(ENDED), filed.actor("yearly.submit")) == []
    street, bureau, city = (filed.actor(name) for name in ("purchase.open", "claim.check", "norm.draft"))
    for report in YearlyReport.objects.filter(purchase=filed.purchase):
        receipts = YearlyReceipt.objects.filter(report=report).order_by("pk")
        assert [(one.recipient, one.copy) for one in receipts] == [
            (street.organisation, False), (bureau.organisation, False), (city.organisation, True),
        ]  # fmt: skip
    receipt = YearlyReceipt.objects.order_by("pk")[0]
    assert rules(attempt(filed, "yearlyreceipt.sign", receipt, ENDED, actor=city)) == ["kernel.owner"]
    filed.act("yearlyreceipt.sign", receipt, ENDED, actor=street)
    receipt.refresh_from_db()
    assert receipt.signed_on == ENDED
    assert Obligation.objects.filter(action="yearlyreceipt.sign", is_open=True).count() == 5


@pytest.mark.clause("GZ-S-4.5e")
def test_a_yearly_report_is_a_document(filed: Line) -> None:
    outcome = attempt(filed, "yearly.submit", None, ENDED, seed="funds", report="")
    assert list(outcome.form.errors) == ["report"]


def test_what_is_left_over_goes_back_to_its_payers(planned: Line) -> None:
    planned.pay(planned.claim(1, ON, ON), ON)
    assert spend(planned).entry is not None
    plan = planned.latest(UsePlan)
    assert left_over(plan.contract, planned.dossier(ENDED)) == 78_000_000 - 12_160_050
    assert rules(attempt(planned, "useplan.settle", plan, date(2011, 10, 31))) == ["saving-at-the-end"]
    planned.act("useplan.settle", plan, ENDED)
    refunds = list(Refund.objects.order_by("pk"))
    assert [(r.cause, r.amount_fen) for r in refunds] == [("saving", 50_001), ("saving", 50_000)]
    for refund in refunds:
        payer = next(post for post in planned._payers() if post.organisation_id == refund.payer_id)
        planned.act("refund.receive", refund, ENDED, actor=payer)
    assert reconcile() == []
