"""The inbox: whose work it is, what is late, and where it is done."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import filed
from gongyue.desk.todo import matter, work_url
from gongyue.kernel.models import Draft, Obligation
from gongyue.programmes.models import ImplementationPlan
from gongyue.tendering.models import Tender
from tests.town import at

from .conftest import Desk, text


def test_an_overdue_step_leads_to_the_page_where_it_is_done(
    line: Line, desk: Desk, today: Callable[[str], date]
) -> None:
    purchase = line.open(date(2010, 8, 2))
    today("2010-09-10")
    page = desk(line.cast.streets[line.street.pk]).get("/desk/")
    tasks = {task.row.rule: task for task in page.context["rows"]}
    task = tasks["submit-plan"]
    assert (task.what, task.about) == ("提交实施方案", "广卫街社区综合服务中心")
    assert task.url == f"/do/implementation.submit/new/?purchase={purchase.pk}"
    assert task.cite == {
        "label": "穗民〔2010〕213号 二(三)",
        "url": "/regimes/cn-gd-guangzhou/#gz-scheme-2010--二(三)",
    }
    assert [task.row.rule for task in page.context["rows"]] == ["submit-plan", "start-needs"]
    assert text(page).count('<div class="obligation-days"><b>10') == 1
    assert [(tab.name, tab.count) for tab in page.context["tabs"]] == [
        ("todo", "2"), ("overdue", "1"), ("soon", "0"), ("done", "1"), ("drafts", "0"),
    ]  # fmt: skip


def test_tabs(line: Line, desk: Desk, today: Callable[[str], date]) -> None:
    purchase = line.open(date(2010, 8, 2))
    today("2010-08-30")
    client = desk(line.cast.streets[line.street.pk])
    soon = client.get("/desk/?tab=soon")
    assert [task.row.rule for task in soon.context["rows"]] == ["submit-plan"]
    assert client.get("/desk/?tab=overdue").context["rows"] == []
    done = client.get("/desk/?tab=done").context["rows"]
    assert [(deed.what, deed.about, deed.url) for deed in done] == [
        ("立项", "广卫街社区综合服务中心", f"/purchases/{purchase.pk}/")
    ]
    assert client.get("/desk/?tab=nonsense").context["tab"] == "todo"


def test_a_subject_that_exists_is_acted_on_itself(line: Line, desk: Desk, today: Callable[[str], date]) -> None:
    line.open(date(2010, 8, 2))
    line.act("implementation.submit", None, date(2010, 8, 20))
    today("2010-08-21")
    page = desk(line.cast.bureaus[line.district][1]).get("/desk/")
    plan = line.latest(ImplementationPlan)
    assert [task.url for task in page.context["rows"]] == [f"/do/implementation.review/{plan.pk}/"]


def test_what_binds_one_expert_alone_is_nobody_elses_work(
    judging: Line, desk: Desk, today: Callable[[str], date]
) -> None:
    today("2010-11-24")
    first, second, *_, outside = judging.cast.experts
    waiting = Obligation.objects.filter(action="sheet.submit", is_open=True)
    assert waiting.count() == 3
    for expert, count in ((first, 1), (second, 1), (outside, 0)):
        assert len(desk(expert).get("/desk/").context["rows"]) == count


def test_the_inbox_takes_as_many_queries_for_many_rows_as_for_one(
    line: Line, desk: Desk, today: Callable[[str], date], django_assert_num_queries: Any
) -> None:
    today("2010-09-10")
    handler = desk(line.cast.streets[line.street.pk])
    with django_assert_num_queries(11):  # nothing to do: no regime is read
        assert handler.get("/desk/").context["rows"] == []
    line.open(date(2010, 8, 2))
    with django_assert_num_queries(12):
        assert len(handler.get("/desk/").context["rows"]) == 2
    Obligation.objects.filter(action="needs.start").update(due_on=date(2010, 8, 30))
    for rule in range(15):
        Obligation.objects.create(
            purchase=line.purchase, rule=f"more-{rule}", action="needs.start", capacity="street_office",
            organisation=line.cast.streets[line.street.pk].organisation, post=line.cast.streets[line.street.pk],
            opened_at=at("2010-08-02"), opened_by=1,
        )  # fmt: skip
    with django_assert_num_queries(12):
        assert len(handler.get("/desk/").context["rows"]) == 17


def test_what_is_due_comes_before_what_has_no_deadline(calling: Line, desk: Desk, today: Callable[[str], date]) -> None:
    today("2010-11-24")
    page = desk(calling.cast.bureaus[calling.district][0]).get("/desk/")
    found = [task.row.action for task in page.context["rows"]]
    assert (found[0], set(found[1:])) == ("tender.award", {"tender.open", "publication.log"})
    opening = next(task for task in page.context["rows"] if task.row.action == "tender.open")
    assert opening.url == f"/do/tender.open/{calling.latest(Tender).pk}/"


def test_drafts_are_listed_with_what_they_are_about(line: Line, desk: Desk, today: Callable[[str], date]) -> None:
    purchase = line.open(date(2010, 8, 2))
    today("2010-08-03")
    post = line.cast.streets[line.street.pk]
    Draft.objects.create(
        post=post,
        action="implementation.submit",
        subject=f"implementation:new:{purchase.pk}:",
        data={"goals": ["目标"]},
    )
    rows = desk(post).get("/desk/?tab=drafts").context["rows"]
    assert [(row.what, row.about, row.url) for row in rows] == [
        ("提交实施方案", "广卫街社区综合服务中心", f"/do/implementation.submit/new/?purchase={purchase.pk}")
    ]


def test_what_is_done_on_a_part_of_the_page_leads_there() -> None:
    """Where several subjects could be meant, to the part of the purchase on which the panel offers it."""
    rows = [Obligation(purchase_id=7, action=name, subject="") for name in ("contract.renew", "contract.copy_finance")]
    assert [work_url(row, None) for row in rows] == ["/purchases/7/supervision/", "/purchases/7/"]


def test_what_waits_is_told_apart_by_the_name_of_its_subject(
    line: Line, desk: Desk, today: Callable[[str], date]
) -> None:
    filed(line, date(2010, 9, 15))
    line.claim(1, date(2010, 11, 3), date(2010, 11, 5))
    today("2010-11-06")
    page = desk(line.cast.finances[line.district]).get("/desk/")
    assert [(task.what, task.about) for task in page.context["rows"] if task.row.action == "payment.pay"] == [
        (f"拨付资金 · {line.contract().number} 第 1 期 越秀区财政局", "广卫街社区综合服务中心")
    ]


def test_a_name_that_only_repeats_the_purchase_is_left_out(
    line: Line, desk: Desk, today: Callable[[str], date]
) -> None:
    line.open(date(2010, 8, 2))
    line.act("implementation.submit", None, date(2010, 8, 20))
    today("2010-08-21")
    page = desk(line.cast.bureaus[line.district][1]).get("/desk/")
    assert [task.what for task in page.context["rows"]] == ["审核实施方案"]


def test_the_log_of_an_evaluations_result_is_named_in_words() -> None:
    assert matter(Obligation(action="publication.log", subject="publication#evaluation")) == "登记发布渠道 · 评估结果"
