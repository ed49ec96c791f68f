"""The page of the pilot: what it shows to whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.chapters.programme import City
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Purchase
from gongyue.programmes.models import StageReport

from .conftest import Desk


def test_the_bureau_launches_from_here(cast: Cast, desk: Desk, today: Callable[[str], date]) -> None:
    today("2010-07-05")
    page = desk(cast.city[0]).get("/programme/")
    assert [one.url for one in page.context["page"].buttons] == ["/do/programme.launch/new/?seed=gz-pilot-2010"]
    sheet = desk(cast.city[0]).get("/do/programme.launch/new/?seed=gz-pilot-2010").context["sheet"]
    assert sheet.about == "广州市街道社区综合服务中心试点"
    assert desk(cast.departments["planning"]).get("/programme/").context["page"].buttons == []


@pytest.mark.clause("GZ-S-2.1")
def test_each_office_sees_its_own_tasks_first(cast: Cast, desk: Desk, today: Callable[[str], date]) -> None:
    City(cast).launch(date(2010, 7, 5))
    today("2010-09-10")
    transport = cast.departments["transport"]
    page = desk(transport).get("/programme/").context["page"]
    first = page.tasks[0]
    assert (str(first.task.organisation), len(first.deeds)) == ("广州市交通委员会", 2)
    assert page.tasks[-1].deeds == []
    further = desk(cast.city[0]).get("/do/task.assign/new/?seed=gz-pilot-2010").context["sheet"]
    assert further.about == "广州市街道社区综合服务中心试点"
    assert [row.due_on for row in page.norms] == [date(2010, 8, 31)] * 3


def test_the_legal_office_answers_from_here(cast: Cast, desk: Desk, today: Callable[[str], date]) -> None:
    city = City(cast)
    city.launch(date(2010, 7, 5))
    city.draft("procedure", date(2010, 7, 6))
    today("2010-07-20")
    assert cast.legal is not None
    page = desk(cast.legal).get("/programme/")
    assert "演示文本，非正式规范" in page.content.decode()
    assert [len(row.deeds) for row in page.context["page"].norms] == [1, 0, 0]


@pytest.mark.parametrize("edition", [1, 2])
def test_whoever_judges_a_norm_reads_it_on_that_page(
    cast: Cast, desk: Desk, today: Callable[[str], date], edition: int
) -> None:
    city = City(cast)
    city.launch(date(2010, 7, 5))
    for _draft in range(edition):
        (opinion, *_others) = city.draft("procedure", date(2010, 7, 6))
    today("2010-07-20")
    for post, address in ((cast.legal, f"opinion.give/{opinion.pk}"), (cast.city[0], f"norm.issue/{opinion.norm_id}")):
        assert post is not None
        page = desk(post).get(f"/do/{address}/")
        told = {field.name: field.value for field in page.context["sheet"].terms.fields}
        assert told["稿次"] == edition
        assert "演示文本，非正式规范" in told["正文"]
        assert "演示文本，非正式规范" in page.content.decode()


def test_others_than_government_have_no_such_page(cast: Cast, desk: Desk, today: Callable[[str], date]) -> None:
    today("2010-09-10")
    assert desk(cast.social[0]).get("/programme/").status_code == 404


@pytest.mark.clause("GZ-S-3.2a", "GZ-S-3.2b")
def test_the_conflict_of_a_street_that_founded_its_operator_is_shown(
    line: Line, desk: Desk, today: Callable[[str], date]
) -> None:
    purchase = line.open(date(2010, 8, 3))
    Purchase.objects.filter(pk=purchase.pk).update(mode="two", bought=False)
    line.act("entity.record", None, date(2010, 9, 1))
    line.act("secondment.begin", None, date(2010, 9, 1))
    today("2010-09-10")
    page = desk(line.cast.bureaus["440104"][0]).get(f"/purchases/{purchase.pk}/founding/")
    assert "存在利益冲突" in page.content.decode()
    assert (page.context["tab_data"]["seconded"], page.context["tab_data"]["own_staff"]) == (1, 11)


@pytest.mark.clause("GZ-S-2.3b")
def test_the_page_shows_the_report_of_the_stage(cast: Cast, desk: Desk, today: Callable[[str], date]) -> None:
    city = City(cast)
    city.launch(date(2010, 7, 5))
    today("2011-10-10")
    report = StageReport.objects.select_related(*StageReport.related).get()
    shown = desk(cast.city[0]).get("/programme/")
    assert [[one.url for one in row.deeds] for row in shown.context["page"].reports] == [
        [f"/do/stagereport.draft/{report.pk}/"]
    ]
    page = shown.content.decode()
    assert '<span class="number">2010-09-01</span> — <span class="number">2012-09-30</span>' in page
    assert '期限 <span class="number">2012-09-30</span>' in page
    city.act("stagereport.draft", report, cast.city[0], date(2011, 10, 10), functions="以家庭服务为重点的综合中心")
    assert "以家庭服务为重点的综合中心" in desk(cast.departments["planning"]).get("/programme/").content.decode()
    assert [row.deeds for row in desk(cast.departments["planning"]).get("/programme/").context["page"].reports] == [[]]
    rows = desk(cast.city[0]).get("/programme/").context["page"].reports
    assert [one.url for one in rows[0].deeds] == [
        f"/do/stagereport.submit/{report.pk}/", f"/do/stagereport.draft/{report.pk}/",
    ]  # fmt: skip
    city.act("stagereport.submit", StageReport.objects.get(), cast.city[0], date(2011, 10, 11))
    page = desk(cast.city[0]).get("/programme/").content.decode()
    assert ("试点阶段报告" in page, '<span class="number">2011-10-11</span>' in page) == (True, True)
