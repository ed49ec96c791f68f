"""The city's norms: asked for, drafted, reviewed, issued, late or in time, and evaluated when their validity ends."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.chapters.programme import City, norms_issued
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Document, Obligation, Organisation
from gongyue.programmes.facts import NormFacts
from gongyue.programmes.models import Norm, NormEdition, Opinion, PilotProgramme
from tests.parties.acts import attempt, content, done, errors, refusals

JULY = date(2010, 7, 5)


@pytest.fixture
def city(cast: Cast) -> City:
    city = City(cast)
    city.launch(JULY)
    return city


def due(norm: Norm) -> list[tuple[str, str, date | None]]:
    """What is open about a norm: what, of whom, by when."""
    rows = Obligation.objects.filter(subject=norm.key, is_open=True).order_by("pk")
    return [(row.action, str(row.organisation), row.due_on) for row in rows]


@pytest.mark.clause("GZ-P-4.1")
def test_the_city_bureau_launches_the_pilot_once(cast: Cast) -> None:
    unborn = PilotProgramme.unborn(None, cast.city[0])[0]
    assert unborn.seed == "gz-pilot-2010"
    for other in (cast.bureaus["440104"][0], cast.legal, cast.city_finance):
        assert other is not None
        one = PilotProgramme.unborn(None, other)[0]
        assert refusals(attempt("programme.launch", one, other, "2010-07-05", opinion="")) == ["kernel.capacity"]
    launched = City(cast).launch(JULY)
    assert (launched.state, launched.launched_on, str(launched.bureau)) == ("launched", JULY, "广州市民政局")
    assert PilotProgramme.unborn(None, cast.city[0]) == []
    again = PilotProgramme(
        regime=launched.regime, code=launched.code, division=launched.division, bureau=launched.bureau
    )
    assert refusals(attempt("programme.launch", again, cast.city[0], "2010-07-06", opinion="")) == ["kernel.conflict"]


@pytest.mark.clause("GZ-P-4.1")
def test_the_city_bureau_makes_the_norms(city: City, cast: Cast) -> None:
    norm = city.norm("procedure")
    assert due(norm)[0] == ("norm.draft", "广州市民政局", None)
    for other in (cast.legal, cast.city_finance, cast.bureaus["440104"][0]):
        assert other is not None
        assert refusals(attempt("norm.draft", norm, other, "2010-08-02", text="一")) == ["kernel.capacity"]


@pytest.mark.clause("GZ-S-4.5a")
def test_the_procedure_norm_is_due_by_the_end_of_august(city: City) -> None:
    assert city.norm("procedure").title == "广州市社区综合服务中心实施购买服务流程规范（试行）"
    assert due(city.norm("procedure")) == [
        ("norm.draft", "广州市民政局", None), ("norm.issue", "广州市民政局", date(2010, 8, 31)),
    ]  # fmt: skip


@pytest.mark.clause("GZ-S-4.5b")
def test_the_quality_standard_is_due_by_the_end_of_august(city: City, line: Line) -> None:
    assert city.norm("quality").title == "广州市社区综合服务中心服务质量标准（试行）"
    assert due(city.norm("quality"))[1] == ("norm.issue", "广州市民政局", date(2010, 8, 31))
    line.open(date(2010, 8, 3))
    assert NormFacts.of(line.dossier(date(2010, 8, 3))).quality_standard_issued_on is None


@pytest.mark.clause("GZ-S-4.5c")
def test_the_agreement_is_due_by_the_end_of_august(city: City) -> None:
    assert city.norm("agreement").title == "广州市社区综合服务中心资助及服务协议（试行）"
    assert due(city.norm("agreement"))[1] == ("norm.issue", "广州市民政局", date(2010, 8, 31))


@pytest.mark.clause("GZ-S-4.5f")
def test_nothing_is_issued_without_the_legal_office(city: City, cast: Cast) -> None:
    legal, theory = city.draft("procedure", date(2010, 8, 2))
    norm = city.norm("procedure")
    paper = {"document_number": "穗民〔2010〕320号", "issued_on": "2010-08-20"}
    assert refusals(attempt("norm.issue", norm, cast.city[0], "2010-08-20", **paper)) == ["norm-legally-reviewed"]
    city.answer(theory, date(2010, 8, 10))
    city.answer(legal, date(2010, 8, 11), result="revise", opinion="第三条与上位法不一致。")
    assert refusals(attempt("norm.issue", norm, cast.city[0], "2010-08-20", **paper)) == ["norm-legally-reviewed"]
    fresh, _theory = city.draft("procedure", date(2010, 8, 13), adviser=cast.departments["research"].organisation_id)
    city.answer(fresh, date(2010, 8, 16))
    legal_office = cast.legal
    assert legal_office is not None
    assert refusals(attempt("norm.issue", norm, legal_office, "2010-08-20", **paper)) == ["kernel.capacity"]
    issued = done(attempt("norm.issue", norm, cast.city[0], "2010-08-20", **paper))
    assert (issued.issued_edition, issued.issued_on, issued.number) == (2, date(2010, 8, 20), "穗民〔2010〕320号")


@pytest.mark.clause("GZ-S-4.5f")
def test_consent_to_an_earlier_edition_is_none_to_the_next(city: City, cast: Cast) -> None:
    legal, _theory = city.draft("procedure", date(2010, 8, 2))
    city.answer(legal, date(2010, 8, 3))
    (fresh,) = city.draft("procedure", date(2010, 8, 4), text="第二稿", change="补充时限")
    paper = {"document_number": "穗民〔2010〕320号", "issued_on": "2010-08-20"}
    early = attempt("norm.issue", city.norm("procedure"), cast.city[0], "2010-08-20", **paper)
    assert refusals(early) == ["norm-legally-reviewed"]
    city.answer(fresh, date(2010, 8, 5))
    assert done(attempt("norm.issue", city.norm("procedure"), cast.city[0], "2010-08-20", **paper)).issued_edition == 2


@pytest.mark.clause("GZ-P-4.5", "GZ-S-A1.2")
def test_the_legal_office_and_the_research_office_are_asked(city: City, cast: Cast) -> None:
    asked = city.draft("quality", date(2010, 8, 2))
    assert [(one.role, str(one.organisation)) for one in asked] == [
        ("legal", "广州市法制办公室"), ("theory", "广州市政策研究室"),
    ]  # fmt: skip
    rows = Obligation.objects.filter(action="opinion.give", is_open=True).order_by("pk")
    assert [str(row.organisation) for row in rows] == ["广州市法制办公室", "广州市政策研究室"]
    assert cast.legal is not None
    wrong = attempt("opinion.give", asked[1], cast.legal, "2010-08-03", result="agreed", opinion="")
    assert refusals(wrong) == ["kernel.owner"]
    bare = attempt("opinion.give", asked[0], cast.legal, "2010-08-03", result="revise", opinion=" ")
    assert errors(bare) == {"opinion": ["要求修改的，请写明修改什么"]}
    given = done(attempt("opinion.give", asked[0], cast.legal, "2010-08-03", result="agreed", opinion="同意"))
    assert (given.state, given.given_on, given.result) == ("given", date(2010, 8, 3), "agreed")


def test_a_further_edition_is_asked_about_anew(city: City) -> None:
    first = city.draft("procedure", date(2010, 8, 2))
    second = city.draft("procedure", date(2010, 8, 4), text="第二稿", change="补充时限")
    assert [one.edition for one in second] == [2]
    first[0].refresh_from_db()
    assert first[0].state == "superseded"
    owed = Obligation.objects.filter(action="opinion.give", is_open=True)
    assert [row.subject for row in owed] == [second[0].key]
    norm = city.norm("procedure")
    assert list(norm.editions.order_by("number").values_list("number", "change")) == [(1, ""), (2, "补充时限")]
    late = attempt("opinion.give", first[0], city.post_of(first[0].organisation), "2010-08-05", result="agreed")
    assert refusals(late) == ["kernel.state"]


def test_a_draft_has_a_text_or_a_file(city: City, cast: Cast) -> None:
    norm = city.norm("procedure")
    empty = attempt("norm.draft", norm, cast.city[0], "2010-08-02", text=" ")
    assert errors(empty) == {"text": ["请填写正文，或附上规范文本"]}
    paper = SimpleUploadedFile("流程规范.txt", b"norm")
    done(attempt("norm.draft", norm, cast.city[0], "2010-08-02", text="", paper=paper))
    assert Document.objects.get(subject=norm.key).name == "流程规范.txt"
    assert NormEdition.objects.get(norm=norm).text == ""


def test_without_a_legal_office_nothing_can_be_sent_for_review(city: City, cast: Cast) -> None:
    assert cast.legal is not None
    Organisation.objects.filter(pk=cast.legal.organisation_id).update(organisation_kind="department")
    bare = attempt("norm.draft", city.norm("procedure"), cast.city[0], "2010-08-02", text="一")
    assert errors(bare) == {"__all__": ["尚未登记法制部门，无法送审；请先登记"]}


@pytest.mark.clause("GZ-S-4.5a", "GZ-S-4.5b", "GZ-S-4.5c")
def test_a_norm_issued_late_is_issued_and_recorded_as_late(city: City, cast: Cast) -> None:
    for code in ("procedure", "quality", "agreement"):
        city.answer(city.draft(code, date(2010, 8, 2))[0], date(2010, 8, 30))
        paper = {"document_number": "穗民〔2010〕1号", "issued_on": "2010-09-02"}
        outcome = attempt("norm.issue", city.norm(code), cast.city[0], "2010-09-03", **paper)
        assert done(outcome).state == "issued"
        assert [late["days"] for late in content(outcome.entry)["late"]] == [3]


def test_a_norm_is_not_issued_ahead_of_the_day(city: City, cast: Cast) -> None:
    city.answer(city.draft("procedure", date(2010, 8, 2))[0], date(2010, 8, 3))
    ahead = {"document_number": "1", "issued_on": "2010-08-21"}
    found = attempt("norm.issue", city.norm("procedure"), cast.city[0], "2010-08-20", **ahead)
    assert errors(found) == {"issued_on": ["不能晚于今天"]}


@pytest.mark.clause("GZ-P-5.4")
def test_the_end_of_its_two_years_reminds_of_evaluation_and_revision(cast: Cast) -> None:
    city = norms_issued(cast, JULY, date(2010, 8, 31))
    norm = city.norm("procedure")
    assert due(norm) == [("norm.evaluate", "广州市民政局", date(2012, 8, 31))]
    assert due(city.norm("quality")) == []
    effect = {"effect": "招标周期偏长", "conclusion": "revise"}
    outcome = attempt("norm.evaluate", norm, cast.city[0], "2012-09-03", **effect)
    assert [late["days"] for late in content(outcome.entry)["late"]] == [3]
    assert (done(outcome).evaluated_on, done(outcome).conclusion) == (date(2012, 9, 3), "revise")
    assert due(norm) == [("norm.draft", "广州市民政局", None)]
    city.draft("procedure", date(2012, 9, 10))
    assert (city.norm("procedure").issued_edition, city.norm("procedure").edition) == (1, 2)


@pytest.mark.clause("GZ-P-5.4")
def test_a_norm_that_was_never_issued_had_no_effect(city: City, cast: Cast) -> None:
    city.draft("procedure", date(2010, 8, 2))
    early = attempt("norm.evaluate", city.norm("procedure"), cast.city[0], "2012-09-03", effect="无", conclusion="keep")
    assert refusals(early) == ["norm-evaluated-once-issued"]


@pytest.mark.clause("GZ-S-4.5a", "GZ-S-4.5b", "GZ-S-4.5c")
def test_other_rooms_ask_when_each_norm_was_issued(cast: Cast, line: Line) -> None:
    line.open(date(2010, 8, 3))
    norms_issued(cast, date(2010, 8, 4), date(2010, 8, 31))
    facts = NormFacts.of(line.dossier(date(2010, 9, 1)))
    day = date(2010, 8, 31)
    assert facts == NormFacts(procedure_issued_on=day, quality_standard_issued_on=day, agreement_issued_on=day)


def test_facts_of_the_norms_cost_one_query(cast: Cast, line: Line, django_assert_num_queries: object) -> None:
    line.open(date(2010, 8, 3))
    dossier = line.dossier(date(2010, 8, 4) + timedelta(days=1))
    with django_assert_num_queries(1):  # type: ignore[operator]
        NormFacts.of(dossier)
        NormFacts.of(dossier)


def test_an_opinion_is_about_one_edition(city: City) -> None:
    (legal, *_others) = city.draft("procedure", date(2010, 8, 2))
    assert str(legal) == "广州市社区综合服务中心实施购买服务流程规范（试行）（第 1 稿）"
    assert legal.role == Opinion.Role.LEGAL
