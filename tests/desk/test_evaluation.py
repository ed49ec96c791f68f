"""评审: the part of a purchase's page, and the report as a page, as Word and as PDF."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from docx import Document as Word

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Post
from gongyue.tendering.models import Report, ScoreSheet, Tender
from tests.journeys.test_venture import reviewed
from tests.tendering.conftest import attempt, budgeted
from tests.tendering.evaluating import THEN, assembled, done, officers, unseated
from tests.tendering.test_report import recheck, score, signed

from .conftest import Desk

pytestmark = [pytest.mark.django_db, pytest.mark.once]
Today = Callable[[str], date]


@pytest.fixture
def reported(line: Line) -> Line:
    """The report is signed; the tender is not awarded yet."""
    return signed(score(assembled(unseated(budgeted(line)))))


def part(desk: Desk, line: Line, post: Post) -> str:
    answer = desk(post).get(f"/purchases/{line.purchase.pk}/evaluation/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_names_stand_on_the_organisers_page_and_on_no_bidders(reported: Line, desk: Desk, today: Today) -> None:
    today("2018-04-04")
    names = [post.person.name for post in reported.cast.experts[:4]]
    purchaser, bidder, expert = officers(reported)[0], reported.cast.social[0], reported.cast.experts[1]
    assert all(name in part(desk, reported, purchaser) for name in names)
    seen = part(desk, reported, bidder)
    assert "成员名单在采购结果公告前保密。" in seen
    assert [name for name in names if name in seen] == []
    own = part(desk, reported, expert)
    assert "我的评审席位" in own
    assert [name for name in names if name in own] in ([], [expert.person.name])


def test_names_are_told_after_the_award_and_the_report_is_not(reported: Line, desk: Desk, today: Today) -> None:
    today("2018-04-04")
    done(attempt(reported, "tender.award", reported.latest(Tender), THEN))
    page = part(desk, reported, reported.cast.social[0])
    assert all(post.person.name in page for post in reported.cast.experts[:4])
    assert "evaluation-report" not in page


def test_a_bidder_does_not_learn_that_totals_were_checked(reported: Line, desk: Desk, today: Today) -> None:
    today("2018-04-04")
    done(recheck(reported, ground="total"))
    at, bidder = f"/purchases/{reported.purchase.pk}/", reported.cast.social[0]
    told = [desk(post).get(at).content.decode().count("复核评标结果") for post in (officers(reported)[0], bidder)]
    assert (told[0] > 0, told[1]) == (True, 0)


def test_before_the_regulation_there_is_no_such_part(line: Line, desk: Desk, today: Today) -> None:
    budgeted(line)
    today("2010-10-14")
    purchaser = officers(line)[0]
    assert "/evaluation/" not in desk(purchaser).get(f"/purchases/{line.purchase.pk}/").content.decode()
    assert desk(purchaser).get(f"/purchases/{line.purchase.pk}/evaluation/").status_code == 404


def test_the_report_is_read_by_those_who_sign_it(reported: Line, desk: Desk, today: Today) -> None:
    today("2018-04-04")
    report = reported.latest(Report)
    at = f"/purchases/{reported.purchase.pk}/evaluation-report/{report.pk}"
    purchaser, bidder, expert = officers(reported)[0], reported.cast.social[0], reported.cast.experts[1]
    outsider = reported.cast.experts[4]
    for ending in ("/", ".docx", ".pdf"):
        found = [desk(post).get(at + ending).status_code for post in (purchaser, expert, bidder, outsider)]
        assert found == [200, 200, 404, 404], ending


def test_word_and_pdf_hold_the_report(reported: Line, desk: Desk, today: Today) -> None:
    today("2018-04-04")
    report = reported.latest(Report)
    client = desk(officers(reported)[0])
    at = f"/purchases/{reported.purchase.pk}/evaluation-report/{report.pk}"
    paper = Word(BytesIO(b"".join(client.get(f"{at}.docx"))))  # type: ignore[arg-type]
    heads = [one.text for one in paper.paragraphs if one.style.name == "Heading 1"]  # type: ignore[union-attr]
    assert heads == [part["title"] for part in report.contents]
    assert len(heads) == 9
    cells = {cell.text for table in paper.tables for row in table.rows for cell in row.cells}
    assert {"85.50", "同意评标报告", reported.cast.experts[0].person.name} <= cells
    body = b"".join(client.get(f"{at}.pdf"))  # type: ignore[arg-type]
    assert body.startswith(b"%PDF-") and len(body) > 100_000  # with the glyphs of its Chinese type


def test_scores_far_from_the_others_are_shown_to_those_who_judge_and_flagged_by_no_figure_of_our_own(
    reported: Line, desk: Desk, today: Today
) -> None:
    today("2018-04-04")
    tender = reported.latest(Tender)
    sheet = tender.sheets.filter(post=reported.cast.experts[1]).first()
    assert sheet is not None
    bid = min(int(key) for key in sheet.scores)
    scores = sheet.scores[str(bid)]
    ScoreSheet.objects.filter(pk=sheet.pk).update(scores=sheet.scores | {str(bid): scores | {"1": 0}})
    purchaser, member = officers(reported)[0], sheet.post
    page = part(desk, reported, purchaser)
    assert "与其他成员相差最大的评分" in page and ">偏低<" not in page
    tried = desk(purchaser).get(f"/purchases/{reported.purchase.pk}/evaluation/?apart=30").content.decode()
    assert tried.count(">偏低</span>") == 1 and ">偏高<" not in tried
    assert f"<td>{sheet.post.person.name}</td>" in tried
    own = part(desk, reported, member)
    assert "<td>本人</td>" in own and "<td>另一成员</td>" in own
    assert "与其他成员相差最大的评分" not in part(desk, reported, reported.cast.social[0])
    done(attempt(reported, "tender.award", reported.latest(Tender), THEN))
    assert "与其他成员相差最大的评分" not in part(desk, reported, reported.cast.social[0])


def test_who_neither_signs_in_nor_scores_is_not_said_to_have_failed_to(desk: Desk, today: Today) -> None:
    """In 2012 nobody signs in; a venture call is scored, and its experts are no committee of a tender."""
    town = reviewed()
    assert town.purchase is not None
    today("2012-03-24")
    shown = desk(town.purchaser).get(f"/purchases/{town.purchase.pk}/evaluation/").content.decode()
    assert [words in shown for words in ("<h2>评审小组</h2>", "评标委员会", "签到和声明", "评分表")] == [
        True, False, False, True,
    ]  # fmt: skip
    Tender.objects.update(factors=[])
    shown = desk(town.purchaser).get(f"/purchases/{town.purchase.pk}/evaluation/").content.decode()
    assert "评分表" not in shown
