"""The division of work: each body finds its named task in its inbox, answers it or passes it on; more follow."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.chapters.programme import City
from gongyue.kernel import regimes
from gongyue.kernel.models import Obligation
from gongyue.kernel.obligations import inbox
from gongyue.programmes.models import PilotProgramme, StageReport, Task
from tests.parties.acts import attempt, done, errors, refusals

JULY = date(2010, 7, 5)


@pytest.fixture
def city(cast: Cast) -> City:
    city = City(cast)
    city.launch(JULY)
    return city


def owners(code: str) -> list[str]:
    rows = Task.objects.filter(code=code).select_related("organisation").order_by("pk")
    for row in rows:
        assert Obligation.objects.get(subject=row.key).organisation == row.organisation
    return [str(row.organisation) for row in rows]


@pytest.mark.clause("GZ-S-2.1")
def test_each_body_finds_its_tasks_in_its_inbox(city: City, cast: Cast) -> None:
    assert cast.legal is not None
    for post in (cast.legal, cast.departments["transport"], cast.bureaus["440104"][0]):
        rows = [row for row in inbox(post.organisation) if row.action == "task.answer"]
        assert [row.due_on for row in rows] == [None]


@pytest.mark.clause("GZ-P-4.1", "GZ-S-A1.1")
def test_the_city_bureau_coordinates(city: City) -> None:
    assert owners("coordinate") == ["广州市民政局"]
    assert owners("survey") == ["广州市民政局"]


@pytest.mark.clause("GZ-S-A1.2")
def test_research_offices_guide_and_the_legal_office_reviews(city: City) -> None:
    assert owners("theory") == ["广州市政策研究室", "广州市政策研究室"]
    assert owners("legal") == ["广州市法制办公室"]


@pytest.mark.clause("GZ-P-4.5")
def test_the_legal_office_helps_study_the_policy(city: City, cast: Cast) -> None:
    task = Task.objects.get(code="legal")
    assert "协助研究购买服务政策的制定和完善" in task.what
    assert cast.legal is not None
    assert done(attempt("task.answer", task, cast.legal, "2010-08-02", answer="已提出三条意见")).state == "answered"


@pytest.mark.clause("GZ-S-A1.4")
def test_planning_compiles_the_layout_plan(city: City) -> None:
    assert owners("layout") == ["广州市规划局"]


@pytest.mark.clause("GZ-S-A1.5")
def test_three_bodies_look_for_sites_in_old_areas(city: City) -> None:
    assert owners("sites") == ["广州市城乡建设委员会", "广州市规划局", "广州市国土资源和房屋管理局"]


@pytest.mark.clause("GZ-S-A1.6")
def test_the_transport_commission_helps(city: City) -> None:
    assert owners("transport") == ["广州市交通委员会"]


@pytest.mark.clause("GZ-S-A1.8", "GZ-S-2.1")
def test_each_district_has_its_task(city: City) -> None:
    assert owners("district") == ["越秀区民政局"]


def test_six_bodies_study_their_resources(city: City) -> None:
    assert owners("resources") == [
        "广州市人力资源和社会保障局", "广州市卫生局", "广州市文化广电新闻出版局", "团市委", "广州市妇联", "广州市残联",
    ]  # fmt: skip


def test_a_body_that_nobody_is_called_like_is_left_to_the_bureau_which_passes_it_on(cast: Cast) -> None:
    planning = cast.departments["planning"].organisation
    type(planning).objects.filter(pk=planning.pk).update(name="某局（未定名）")
    city = City(cast)
    city.launch(JULY)
    assert owners("layout") == ["广州市民政局"]
    task = Task.objects.get(code="layout")
    given = {"what": task.what, "organisation": planning.pk, "due_on": "2010-10-29"}
    done(attempt("task.assign", task, cast.city[0], "2010-07-06", **given))
    rows = Obligation.objects.filter(subject=task.key, is_open=True)
    assert [(str(row.organisation), row.due_on) for row in rows] == [("某局（未定名）", date(2010, 10, 29))]


@pytest.mark.clause("GZ-S-2.1")
def test_a_task_is_answered_by_whom_it_was_given_to_only(city: City, cast: Cast) -> None:
    task = Task.objects.get(code="transport")
    assert refusals(attempt("task.answer", task, cast.departments["health"], "2010-08-02", answer="无")) == [
        "kernel.owner"
    ]
    paper = SimpleUploadedFile("方案.txt", b"plan")
    mine = attempt("task.answer", task, cast.departments["transport"], "2010-08-02", answer="增设两个站点", paper=paper)
    assert (done(mine).answered_on, done(mine).answer) == (date(2010, 8, 2), "增设两个站点")
    assert Obligation.objects.get(subject=task.key).is_open is False
    again = attempt("task.answer", task, cast.departments["transport"], "2010-08-03", answer="再答")
    assert refusals(again) == ["kernel.done"]


@pytest.mark.clause("GZ-S-2.1", "GZ-S-A1.8")
def test_a_district_answers_the_task_of_its_own(city: City, cast: Cast) -> None:
    task = Task.objects.select_related(*Task.related).get(code="district")
    mine, street = cast.bureaus["440104"][0], next(iter(cast.streets.values()))
    assert refusals(attempt("task.answer", task, street, "2010-08-02", answer="无")) == ["kernel.capacity"]
    assert done(attempt("task.answer", task, mine, "2010-08-02", answer="已列入部门预算")).state == "answered"


@pytest.mark.clause("GZ-S-2.1")
@pytest.mark.parametrize(("day", "expected"), [("2010-09-01", date(2010, 9, 1)), ("", None)])
def test_a_further_task_is_handed_out_with_a_day_or_without(
    city: City, cast: Cast, day: str, expected: date | None
) -> None:
    unborn = Task.unborn(None, cast.city[0])[0]
    given = {"what": "核对场地产权", "organisation": cast.departments["land"].organisation_id, "due_on": day}
    past = attempt("task.assign", unborn, cast.city[0], "2010-09-02", **(given | {"due_on": "2010-09-01"}))
    assert errors(past) == {"due_on": ["期限不能早于今天"]}
    task = done(attempt("task.assign", unborn, cast.city[0], "2010-08-02", **given))
    row = Obligation.objects.get(subject=task.key)
    assert (str(row.organisation), row.due_on) == ("广州市国土资源和房屋管理局", expected)


STAGE = {"progress": "十个中心已提供服务", "functions": "以家庭服务为重点", "planning": "已报送"}


def report() -> StageReport:
    return StageReport.objects.select_related(*StageReport.related).get()


def reported(cast: Cast, on: str) -> StageReport:
    done(attempt("stagereport.draft", report(), cast.city[0], on, **STAGE))
    paper = SimpleUploadedFile("报告.txt", b"report")
    submitted: StageReport = done(attempt("stagereport.submit", report(), cast.city[0], on, **STAGE, paper=paper))
    return submitted


@pytest.mark.clause("GZ-S-2.3b")
def test_the_report_on_the_pilot_stage_is_due_when_the_stage_ends(city: City) -> None:
    found = report()
    assert (found.state, found.phase, found.title) == ("awaited", "pilot", "试点阶段")
    assert (found.starts_on, found.ends_on) == (date(2010, 9, 1), date(2012, 9, 30))
    row = Obligation.objects.get(action="stagereport.submit")
    assert (row.subject, str(row.organisation), row.due_on) == (found.key, "广州市民政局", date(2012, 9, 30))
    rule = next(one for one in regimes.at_digest(row.regime).all_obligations() if one.id == row.rule)
    assert rule.cite == "gz-scheme-2010#二(三)"


@pytest.mark.clause("GZ-S-2.3b")
def test_the_city_writes_the_report_as_the_stage_goes_on_and_submits_it_whole(city: City, cast: Cast) -> None:
    bureau = cast.city[0]
    early = attempt("stagereport.draft", report(), bureau, "2010-08-31", **STAGE)
    assert [(f.rule, f.cite) for f in early.findings] == [("stage-begun-before-its-report", "gz-scheme-2010#二(三)")]
    assert cast.city_finance is not None
    others = (cast.bureaus["440104"][0], cast.city_finance)
    for other in others:
        assert refusals(attempt("stagereport.draft", report(), other, "2011-09-01", **STAGE)) == ["kernel.capacity"]
    assert errors(attempt("stagereport.draft", report(), bureau, "2011-09-01")) == {"progress": ["这个字段是必填项。"]}
    done(attempt("stagereport.draft", report(), bureau, "2011-09-01", progress="六个中心已提供服务"))
    drafted = done(attempt("stagereport.draft", report(), bureau, "2012-03-01", progress="十个中心已提供服务"))
    assert (drafted.progress, drafted.drafted_on) == ("十个中心已提供服务", date(2012, 3, 1))
    bare = attempt("stagereport.submit", report(), bureau, "2012-09-28", progress="十个中心已提供服务")
    assert sorted(errors(bare)) == ["functions", "paper", "planning"]
    for other in others:
        assert refusals(attempt("stagereport.submit", report(), other, "2012-09-28", **STAGE)) == ["kernel.capacity"]
    paper = SimpleUploadedFile("报告.txt", b"report")
    found = done(attempt("stagereport.submit", report(), bureau, "2012-09-28", **STAGE, paper=paper))
    assert (found.state, found.submitted_on) == ("submitted", date(2012, 9, 28))
    assert {name: getattr(found, name) for name in STAGE} == STAGE
    row = Obligation.objects.get(action="stagereport.submit")
    assert (row.is_open, row.late_days) == (False, 0)
    again = attempt("stagereport.submit", report(), bureau, "2012-10-08", **STAGE)
    assert refusals(again) == ["kernel.done"]


@pytest.mark.clause("GZ-S-2.3b")
def test_a_late_report_is_taken_with_its_days(city: City, cast: Cast) -> None:
    reported(cast, "2012-10-05")
    assert Obligation.objects.get(action="stagereport.submit").late_days == 5


@pytest.mark.clause("GZ-S-2.3b")
def test_the_summary_rests_on_the_report_of_the_stage(city: City, cast: Cast) -> None:
    programme = PilotProgramme.objects.get()
    given = {"summary": "可行", "rollout": "分年推广", "layout": "已纳入",
             "summary_paper": SimpleUploadedFile("a.txt", b"a"),
             "rollout_paper": SimpleUploadedFile("b.txt", b"b")}  # fmt: skip
    without = attempt("programme.summarise", programme, cast.city[0], "2012-11-01", **given)
    assert [(f.rule, f.severity) for f in without.findings] == [("stage-report-before-summary", "warn")]
    reported(cast, "2012-11-02")
    assert attempt("programme.summarise", programme, cast.city[0], "2012-11-05").findings == []


@pytest.mark.clause("GZ-S-2.3c")
def test_the_pilot_is_summed_up_in_the_last_quarter(city: City, cast: Cast) -> None:
    programme = PilotProgramme.objects.get()
    row = Obligation.objects.get(action="programme.summarise")
    assert row.due_on == date(2012, 12, 31)
    phases = regimes.current(cast.regime).programmes["gz-pilot-2010"].campaign.phases
    assert [(p.id, p.starts, p.ends) for p in phases if p.id == "summary"] == [
        ("summary", date(2012, 10, 1), date(2012, 12, 31))
    ]
    text = {"summary": "可行", "rollout": "分年推广", "layout": "已纳入"}
    bare = attempt("programme.summarise", programme, cast.city[0], "2012-11-01", **text)
    assert sorted(errors(bare)) == ["rollout_paper", "summary_paper"]
    silent = attempt("programme.summarise", programme, cast.city[0], "2012-11-01", summary="可行", rollout="分年推广")
    assert sorted(errors(silent)) == ["layout", "rollout_paper", "summary_paper"]
    papers = {"summary_paper": SimpleUploadedFile("a.txt", b"a"), "rollout_paper": SimpleUploadedFile("b.txt", b"b")}
    reported(cast, "2012-09-21")
    early = attempt("programme.summarise", programme, cast.city[0], "2012-09-28", **text, **papers)
    assert refusals(early) == ["summary-after-pilot"]
    for other in (cast.bureaus["440104"][0], cast.city_finance):
        assert other is not None
        assert refusals(attempt("programme.summarise", programme, other, "2012-11-01")) == ["kernel.capacity"]
    found = done(attempt("programme.summarise", programme, cast.city[0], "2012-11-01", **text, **papers))
    assert (found.state, found.summarised_on) == ("summarised", date(2012, 11, 1))
