"""Totals checked again in the four cases of law, the report, its signatures, and what follows from it."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Post
from gongyue.kernel.perform import Outcome
from gongyue.ledger.models import Opening
from gongyue.tendering.models import (
    AwardNotice,
    Bid,
    Committee,
    PanelFee,
    Ranking,
    Recheck,
    Report,
    ScoreSheet,
    Signature,
    SignIn,
    Tender,
)
from gongyue.tendering.queries import ranking, secrets

from .conftest import POINTS, attempt, moment, objections, scores
from .evaluating import THEN, committee, done, members, officers, plan, seat, sign_in, submit

pytestmark = [pytest.mark.django_db, pytest.mark.once]
WRITTEN = {"medium": "中国政府采购网", "situation": "全体成员独立评审，逐家审查了投标文件的实质性响应情况。"}


def score(line: Line) -> Line:
    for post in members(line):
        done(submit(line, post))
    done(attempt(line, "tender.score", line.latest(Tender), THEN))
    return line


@pytest.fixture
def totalled(sat: Line) -> Line:
    return score(sat)


def recheck(line: Line, ground: str = "range", **data: Any) -> Outcome:
    given = {"ground": ground, "found": "第二名成员给“团队与督导”打了超出区间的分。"} | data
    return attempt(line, "tender.recheck", line.latest(Tender), THEN, **given)


def sheet_of(line: Line, post: Post) -> ScoreSheet:
    return ScoreSheet.objects.get(post=post, purchase=line.purchase)


def cells(line: Line, index: int, *factors: int) -> list[str]:
    """Of the bid of a social organisation, by its index."""
    bid = Bid.objects.get(tender=line.latest(Tender), organisation=line.cast.social[index].organisation)
    return [f"{bid.pk}:{number}" for number in factors]


def recall(line: Line, post: Post, *factors: int) -> Outcome:
    """Of the first bid."""
    given = {"cells": cells(line, 0, *factors or (1, 2, 3)), "what": "“团队与督导”一项。"}
    return attempt(line, "sheet.recall", sheet_of(line, post), THEN, **given)


def correct(line: Line, post: Post, actor: Post | None = None, first: tuple[str, ...] = ("40", "30", "20")) -> Outcome:
    given = {"scores": scores(line, POINTS | {0: first}), "independent": True}
    return attempt(line, "sheet.correct", sheet_of(line, post), THEN, actor=actor or post, **given)


def draft(line: Line, **data: Any) -> Outcome:
    found = Report.objects.filter(purchase=line.purchase, state="drafted").last()
    return attempt(line, "evalreport.draft", found, THEN, **(WRITTEN | data))


def sign(line: Line, post: Post, **data: Any) -> Outcome:
    found = Signature.objects.filter(purchase=line.purchase, post=post).latest("pk")
    return attempt(line, "signature.give", found, THEN, actor=post, **({"stand": "agree"} | data))


def close(line: Line, **data: Any) -> Outcome:
    return attempt(line, "evalreport.sign", line.latest(Report), THEN, **data)


def signed(line: Line, **data: Any) -> Line:
    done(draft(line, **data))
    for post in members(line):
        done(sign(line, post))
    done(close(line))
    return line


def owed(line: Line, rule: str) -> list[tuple[date | None, bool]]:
    rows = Obligation.objects.filter(purchase=line.purchase, rule=rule, lapsed_at=None).order_by("pk")
    return [(row.due_on, row.is_open) for row in rows]


def test_a_sheet_with_a_gap_is_not_totalled(sat: Line) -> None:
    """One of before a bid was readable: refused with what can be done, and no crash."""
    for post in members(sat):
        done(submit(sat, post))
    sheet = sheet_of(sat, sat.cast.experts[1])
    ScoreSheet.objects.filter(pk=sheet.pk).update(scores=dict(list(sheet.scores.items())[:-1]))
    assert objections(attempt(sat, "tender.score", sat.latest(Tender), THEN)) == ["sheets-whole"]
    assert Ranking.objects.count() == 0


# --- the four cases -------------------------------------------------------------------------------------------------


def test_a_total_is_changed_only_on_a_ground_of_law(totalled: Line) -> None:
    expert = totalled.cast.experts[1]
    assert objections(recall(totalled, expert)) == ["changed-in-four-cases"]
    assert list(recheck(totalled, ground="unfair").form.errors) == ["ground"]
    assert objections(correct(totalled, expert)) == ["kernel.state"]


def test_a_score_goes_back_to_its_member_and_the_old_one_stays(totalled: Line) -> None:
    expert, other = totalled.cast.experts[1], totalled.cast.experts[2]
    before = {row.bid_id: row.total for row in Ranking.objects.filter(tender=totalled.latest(Tender))}
    done(recheck(totalled))
    assert (totalled.latest(Tender).state, Ranking.objects.filter(tender=totalled.latest(Tender)).count()) == (
        "opened", 0,
    )  # fmt: skip
    done(recall(totalled, expert))
    assert objections(attempt(totalled, "tender.score", totalled.latest(Tender), THEN)) == ["all-sheets"]
    mine = Obligation.objects.get(purchase=totalled.purchase, rule="correct-sheet")
    assert (mine.post, mine.personal) == (expert, True)
    assert objections(correct(totalled, expert, actor=other)) == ["kernel.doer"]
    old = sheet_of(totalled, expert).scores
    done(correct(totalled, expert))
    sheet = sheet_of(totalled, expert)
    assert (sheet.state, [one["scores"] for one in sheet.earlier]) == ("submitted", [old])
    done(attempt(totalled, "tender.score", totalled.latest(Tender), THEN))
    found: Recheck = totalled.latest(Recheck)
    first = sorted(before)[0]
    assert (found.changed, found.signed_before, found.state) == (True, False, "noted")
    assert {bid: Fraction(int(n), int(d)) for bid, n, d, _rank in found.before} == before
    assert Ranking.objects.get(bid=first).total == before[first] + (Fraction(90) - Fraction("74.25")) / 5
    assert owed(totalled, "report-recheck") == []


def test_only_the_points_given_back_are_put_right(totalled: Line) -> None:
    """One factor of one bid is out of its range: the others, and the other bids, stay as they were."""
    expert = totalled.cast.experts[1]
    before = sheet_of(totalled, expert).points()
    done(recheck(totalled))
    assert list(recall(totalled, expert, 4).form.errors) == ["cells"]
    done(recall(totalled, expert, 2))
    (cell,) = cells(totalled, 0, 2)
    assert sheet_of(totalled, expert).recalled == [[int(one) for one in cell.split(":")]]
    assert objections(correct(totalled, expert)) == ["corrected-where-recalled"]
    kept = [f"{points / 100:.2f}" for points in before[int(cell.split(":")[0])].values()]
    done(correct(totalled, expert, first=(kept[0], "21", kept[2])))
    after = sheet_of(totalled, expert).points()
    changed = {(bid, n) for bid, row in after.items() for n, points in row.items() if points != before[bid][n]}
    assert {f"{bid}:{n}" for bid, n in changed} == {cell}


def test_those_who_made_the_totals_check_them(totalled: Line) -> None:
    """A check is no way to another member or another committee, who would score anew."""
    signed(totalled)
    done(recheck(totalled, ground="total"))
    leaver, new = totalled.cast.experts[1], totalled.cast.experts[4]
    given = {"leaver": str(leaver.pk), "cause": "other", "reason": "另请一位。", "successor": str(new.pk)}
    replaced = attempt(totalled, "committee.replace", committee(totalled), THEN, **given)
    assert objections(replaced) == ["changed-while-evaluating", "scored-members-stay"]
    for ground in ("lacking", "conduct"):
        ended = attempt(totalled, "committee.dissolve", committee(totalled), THEN, ground=ground, reason="重来。")
        assert objections(ended) == ["changed-while-evaluating"]
    done(attempt(totalled, "tender.score", totalled.latest(Tender), THEN))
    assert totalled.latest(Recheck).changed is False


@pytest.mark.parametrize(("ground", "told"), [("conduct", [(None, True)]), ("lacking", [])])
def test_finance_is_told_of_another_committee_where_the_first_one_is_void(
    sat: Line, ground: str, told: list[tuple[None, bool]]
) -> None:
    """Article 67 asks for a written report; article 49, on members who are missing, for a record."""
    ended = {"ground": ground, "reason": "一名成员擅离职守。"}
    done(attempt(sat, "committee.dissolve", committee(sat), THEN, **ended))
    assert owed(sat, "report-new-committee") == told
    if told:
        score(again(sat))
        first = Committee.objects.get(purchase=sat.purchase, state="dissolved")
        paper = SimpleUploadedFile("报告.pdf", b"%PDF-1.4\n%%EOF")
        given = {"number": "越民函〔2018〕8号", "reported_on": "2018-04-03", "paper": paper}
        done(attempt(sat, "committee.report", first, THEN, **given))
        assert owed(sat, "report-new-committee") == [(None, False)]


def again(line: Line) -> Line:
    """Made up anew after a dissolution, signed in and led."""
    done(plan(line))
    done(seat(line))
    for post in members(line):
        if not SignIn.objects.filter(purchase=line.purchase, post=post, state="signed").exists():
            done(sign_in(line, post))
    done(attempt(line, "committee.lead", committee(line), THEN, leader=str(line.cast.experts[0].pk)))
    return line


def test_a_mistake_of_addition_changes_no_score(totalled: Line) -> None:
    done(recheck(totalled, ground="total"))
    assert objections(recall(totalled, totalled.cast.experts[1])) == ["changed-in-four-cases"]
    done(attempt(totalled, "tender.score", totalled.latest(Tender), THEN))
    assert totalled.latest(Recheck).changed is False


def test_no_report_is_written_while_totals_are_checked(totalled: Line) -> None:
    done(draft(totalled))
    done(recheck(totalled))
    found = attempt(totalled, "evalreport.draft", totalled.latest(Report), THEN, **WRITTEN)
    assert objections(found) == ["recheck-once-at-a-time"]


def test_after_the_signatures_a_new_evaluation_is_reported_to_finance(totalled: Line) -> None:
    signed(totalled)
    done(recheck(totalled, ground="total"))
    done(attempt(totalled, "tender.score", totalled.latest(Tender), THEN))
    assert owed(totalled, "report-recheck") == [(None, True)]
    assert objections(attempt(totalled, "tender.award", totalled.latest(Tender), THEN)) == ["award-by-report"]
    paper = SimpleUploadedFile("报告.pdf", b"%PDF-1.4\n%%EOF")
    told = {"number": "越民函〔2018〕7号", "reported_on": "2018-04-03", "paper": paper}
    done(attempt(totalled, "recheck.report", totalled.latest(Recheck), THEN, **told))
    assert owed(totalled, "report-recheck") == [(None, False)]
    signed(totalled)
    assert Report.objects.filter(purchase=totalled.purchase).count() == 2
    done(attempt(totalled, "tender.award", totalled.latest(Tender), THEN))


# --- the report -----------------------------------------------------------------------------------------------------


def test_the_report_holds_what_order_87_lists(totalled: Line) -> None:
    outcome = done(draft(totalled, other="评标期间没有收到书面澄清。"))
    report: Report = totalled.latest(Report)
    assert "".join(part["title"][0] for part in report.contents) == "一二三四五六七八"
    call, bidders, panel, _standards, opening, void, result, further = report.contents
    assert {"招标公告刊登的媒体：中国政府采购网", "开标时间：2018-04-03 10:00"} <= set(call["lines"])
    assert [row[1] for row in bidders["table"]["rows"]] == [str(p.organisation) for p in _bidders(totalled)]
    assert sorted(row[0] for row in panel["table"]["rows"]) == sorted(p.person.name for p in members(totalled))
    assert [row[4] for row in panel["table"]["rows"] if row[0] == totalled.cast.experts[0].person.name] == ["评标组长"]
    assert WRITTEN["situation"] in opening["lines"]
    assert void["lines"] == ["无"]
    assert [row[2] for row in result["table"]["rows"]] == ["85.50", "84.10", "72.55"]
    assert further["lines"] == ["评标期间没有收到书面澄清。"]
    assert outcome.entry is not None
    assert "input.contents" in Opening.objects.filter(entry=outcome.entry).values_list("path", flat=True)
    assert totalled.cast.experts[0].person.name not in outcome.entry.body


def _bidders(line: Line) -> list[Post]:
    return [line.cast.social[index] for index in (0, 1, 3)]


def test_members_sign_and_then_nothing_changes(totalled: Line) -> None:
    done(draft(totalled))
    asked = Obligation.objects.filter(purchase=totalled.purchase, rule="sign-report", is_open=True)
    assert sorted(asked.values_list("post", flat=True)) == sorted(post.pk for post in members(totalled))
    first, *others = members(totalled)
    assert list(sign(totalled, first, stand="dissent").form.errors) == ["reason"]
    done(sign(totalled, first, stand="dissent", reason="第二名的业绩分偏高。"))
    assert draft(totalled).form.errors == {"__all__": ["已有成员签署，报告不能再改"]}
    assert objections(close(totalled)) == ["report-signed-by-all"]
    for post in others:
        done(sign(totalled, post))
    done(close(totalled))
    report: Report = totalled.latest(Report)
    last = report.contents[-1]
    assert (report.state, report.final, last["title"]) == ("signed", True, "九、成员签署")
    assert [row[1:3] for row in last["table"]["rows"]][0] == ["有不同意见", "第二名的业绩分偏高。"]
    assert objections(draft_again(totalled)) == ["kernel.done"]


def draft_again(line: Line) -> Outcome:
    return attempt(line, "evalreport.draft", line.latest(Report), THEN, **WRITTEN)


def test_who_refuses_without_reasons_agrees(totalled: Line) -> None:
    done(draft(totalled))
    for post in members(totalled)[1:]:
        done(sign(totalled, post))
    done(close(totalled, refusals="三日上午电话催告两次，未签字，未说明理由。"))
    rows = totalled.latest(Report).contents[-1]
    assert rows["table"]["rows"][0][1] == "未签署"
    assert rows["lines"][0].startswith("拒绝签字又不书面说明不同意见和理由的，视为同意")


def test_a_minority_does_not_carry_the_report(totalled: Line) -> None:
    done(draft(totalled))
    for number, post in enumerate(members(totalled)):
        done(sign(totalled, post, **({"stand": "dissent", "reason": "评分依据不足。"} if number < 3 else {})))
    assert objections(close(totalled)) == ["report-by-majority"]


def test_nobody_signs_for_another(totalled: Line) -> None:
    done(draft(totalled))
    found = Signature.objects.get(purchase=totalled.purchase, post=totalled.cast.experts[1])
    outcome = attempt(totalled, "signature.give", found, THEN, actor=totalled.cast.experts[2], stand="agree")
    assert objections(outcome) == ["kernel.doer"]


def test_who_was_replaced_stands_in_the_report(sat: Line) -> None:
    leaver, successor = sat.cast.experts[1], sat.cast.experts[4]
    given = {"leaver": str(leaver.pk), "cause": "health", "reason": "突发疾病。", "successor": str(successor.pk)}
    done(attempt(sat, "committee.replace", committee(sat), THEN, **given))
    done(attempt(sat, "signin.sign", None, THEN, actor=successor, discipline="on", confidential="on", relation="none"))
    score(sat)
    done(draft(sat))
    (line,) = sat.latest(Report).contents[-1]["lines"]
    assert line.startswith(f"成员更换：{leaver.person.name}（{leaver.organisation}）于 2018-04-03 10:00 退出")
    assert SignIn.objects.filter(purchase=sat.purchase).count() == 6


# --- after it -------------------------------------------------------------------------------------------------------


def test_the_purchaser_has_five_working_days_from_the_report(totalled: Line) -> None:
    """Signed on Tuesday 3 April 2018; Qingming is off from the fifth to the seventh, Sunday the eighth is worked."""
    signed(totalled)
    assert (owed(totalled, "decide-award"), owed(totalled, "decide-award-by-report")) == (
        [],
        [(date(2018, 4, 11), True)],
    )
    assert owed(totalled, "deliver-report") == []
    done(attempt(totalled, "tender.award", totalled.latest(Tender), THEN))
    assert owed(totalled, "decide-award-by-report") == [(date(2018, 4, 11), False)]


def test_an_agent_delivers_within_two_and_the_five_run_from_receipt(totalled: Line) -> None:
    signed(totalled, agent="公信招标代理有限公司（演示）")
    assert (owed(totalled, "decide-award-by-report"), owed(totalled, "deliver-report")) == (
        [], [(date(2018, 4, 8), True)],
    )  # fmt: skip
    report = totalled.latest(Report)
    for day, told in (("2018-04-10", "不能晚于办理当日"), ("2018-04-02", "不能早于报告定稿之日")):
        tried = attempt(totalled, "evalreport.deliver", report, moment("2018-04-09"), received_on=day)
        assert tried.form.errors == {"received_on": [told]}
    done(attempt(totalled, "evalreport.deliver", report, moment("2018-04-09"), received_on="2018-04-08"))
    late = Obligation.objects.get(purchase=totalled.purchase, rule="deliver-report")
    assert late.late_days == 1
    assert owed(totalled, "decide-award-on-receipt") == [(date(2018, 4, 13), True)]


def test_no_award_without_the_signed_report(totalled: Line) -> None:
    assert objections(attempt(totalled, "tender.award", totalled.latest(Tender), THEN)) == ["award-by-report"]
    done(draft(totalled))
    assert objections(attempt(totalled, "tender.award", totalled.latest(Tender), THEN)) == ["award-by-report"]


def test_the_winner_is_told_within_two_working_days(totalled: Line) -> None:
    signed(totalled)
    done(attempt(totalled, "tender.award", totalled.latest(Tender), THEN))
    assert owed(totalled, "notify-award") == [(date(2018, 4, 8), True)]
    sent = {"number": "越采中〔2018〕3号", "sent_on": "2018-04-04"}
    done(attempt(totalled, "awardnotice.send", None, moment("2018-04-04"), **sent))
    notice: AwardNotice = totalled.latest(AwardNotice)
    assert notice.winner == totalled.cast.social[1].organisation
    assert owed(totalled, "notify-award") == [(date(2018, 4, 8), False)]


def test_a_loser_is_told_its_own_score_and_place_and_no_other(totalled: Line) -> None:
    signed(totalled)
    done(attempt(totalled, "tender.award", totalled.latest(Tender), THEN))
    rows = ranking(totalled.purchase, totalled.cast.social[0], THEN)
    assert [(row.rank, row.shown, row.own) for row in rows] == [(1, "", False), (2, "84.10", True)]


def test_experts_are_paid_and_nobody_else(totalled: Line) -> None:
    purchaser = officers(totalled)[0]
    paid = {"amount": "600", "travel": "0", "paid_on": "2018-04-03", "voucher": "2018-0403"}
    expert = totalled.cast.experts[0]
    found = next(one for one in PanelFee.unborn(totalled.dossier(date(2018, 4, 3)), purchaser) if one.post == expert)
    outcome = done(attempt(totalled, "panelfee.pay", found, THEN, actor=purchaser, **paid))
    assert (PanelFee.objects.get().amount_fen, PanelFee.objects.get().post) == (60_000, expert)
    assert outcome.entry is not None and "60000" not in outcome.entry.body
    rest = PanelFee.unborn(totalled.dossier(date(2018, 4, 3)), purchaser)
    assert sorted(one.post_id for one in rest) == sorted(post.pk for post in totalled.cast.experts[1:4])


def test_report_and_signatures_are_for_members_and_organiser(totalled: Line) -> None:
    signed(totalled)
    done(attempt(totalled, "tender.award", totalled.latest(Tender), THEN))
    report: Report = totalled.latest(Report)
    loser, expert, purchaser = totalled.cast.social[0], totalled.cast.experts[1], officers(totalled)[0]
    own = Signature.objects.get(purchase=totalled.purchase, post=expert)
    hidden = secrets(totalled.purchase, loser, THEN).subjects
    assert {report.key, own.key} <= hidden
    assert report.key not in secrets(totalled.purchase, expert, THEN).subjects
    seen = [one.key for one in Signature.objects.filter(purchase=totalled.purchase) if one.visible_to(expert)]
    assert seen == [own.key]
    assert not {report.key, own.key} & secrets(totalled.purchase, purchaser, THEN).subjects
