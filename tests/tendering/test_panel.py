"""The panel: seated and changed by the purchaser, independent, each expert with one sheet."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from gongyue.demonstration.line import Line
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Organisation, Post, Role
from gongyue.ledger.models import Opening
from gongyue.tendering.models import PanelSeat, ScoreSheet, Tender

from .conftest import OPENING, attempt, moment, objections, scores, submit_sheet

pytestmark = pytest.mark.django_db
DAY = moment("2010-12-02")


def appointed(line: Line) -> list[int]:
    rows = Role.objects.filter(purchase=line.purchase, capacity="expert", until=None)
    return sorted(rows.values_list("post", flat=True))


def seated(line: Line) -> list[int]:
    return sorted(PanelSeat.objects.filter(tender=line.latest(Tender), left_at=None).values_list("post", flat=True))


def posts(line: Line, *indices: int) -> list[int]:
    return sorted(line.cast.experts[index].pk for index in indices)


def test_experts_are_seated_and_given_their_capacity(announced: Line) -> None:
    assert seated(announced) == appointed(announced) == posts(announced, 0, 1, 2)
    assert announced.latest(Tender).state == "announced"


def test_the_names_are_not_in_the_leaf(drafting: Line) -> None:
    drafting.act("tender.draft", None, date(2010, 10, 15))
    outcome = attempt(drafting, "tender.appoint", drafting.latest(Tender), moment("2010-10-16"))
    assert outcome.entry is not None
    assert list(Opening.objects.filter(entry=outcome.entry).values_list("path", flat=True)) == ["input.experts"]
    assert '"experts":{"commitment":' in outcome.entry.body


def test_the_form_shows_who_sits_already(announced: Line) -> None:
    form = attempt(announced, "tender.appoint", announced.latest(Tender), moment("2010-11-20"), experts=[]).form
    assert sorted(form["experts"].initial) == posts(announced, 0, 1, 2)


def test_only_seats_of_expert_bodies_can_be_chosen(drafting: Line) -> None:
    drafting.act("tender.draft", None, date(2010, 10, 15))
    wanted = [str(drafting.cast.social[0].pk)]
    outcome = attempt(drafting, "tender.appoint", drafting.latest(Tender), moment("2010-10-16"), experts=wanted)
    assert list(outcome.form.errors) == ["experts"]
    assert not PanelSeat.objects.exists()


def test_a_new_panel_replaces_the_old_one(announced: Line) -> None:
    chosen = [str(pk) for pk in posts(announced, 1, 2, 3)]
    announced.act("tender.appoint", announced.latest(Tender), date(2010, 11, 20), experts=chosen)
    assert seated(announced) == appointed(announced) == posts(announced, 1, 2, 3)
    chosen = [str(pk) for pk in posts(announced, 0, 1, 2)]
    announced.act("tender.appoint", announced.latest(Tender), date(2010, 11, 21), experts=chosen)
    assert seated(announced) == appointed(announced) == posts(announced, 0, 1, 2)
    back = Role.objects.get(purchase=announced.purchase, post=announced.cast.experts[0])
    assert (back.since, back.until) == (date(2010, 11, 21), None)


def test_an_expert_who_has_scored_keeps_the_seat(opened: Line) -> None:
    expert = opened.cast.experts[0]
    submit_sheet(opened, expert)
    chosen = [str(pk) for pk in posts(opened, 1, 2)]
    outcome = attempt(opened, "tender.appoint", opened.latest(Tender), DAY, experts=chosen)
    assert outcome.form.errors == {"experts": [f"{expert.person.name} 已提交评分，不能更换"]}


def test_an_expert_with_a_conflict_is_replaced_after_the_opening(opened: Line) -> None:
    chosen = [str(pk) for pk in posts(opened, 1, 2, 3)]
    opened.act("tender.appoint", opened.latest(Tender), DAY.date(), experts=chosen)
    submit_sheet(opened, opened.cast.experts[3])
    assert ScoreSheet.objects.get(purchase=opened.purchase).post == opened.cast.experts[3]


# --- sheets -----------------------------------------------------------------------------------------------------------


def unborn(line: Line, post: Post) -> list[ScoreSheet]:
    return ScoreSheet.unborn(Dossier(line.purchase, at=DAY, regime=line.regime), post)


def test_a_sheet_waits_for_each_seated_expert_once_bids_are_open(opened: Line) -> None:
    assert len(unborn(opened, opened.cast.experts[0])) == 1
    assert unborn(opened, opened.cast.experts[4]) == []
    submit_sheet(opened, opened.cast.experts[0])
    assert unborn(opened, opened.cast.experts[0]) == []
    assert ScoreSheet.unborn(None, opened.cast.experts[1]) == []


def test_no_sheet_before_the_opening(bidden: Line) -> None:
    assert unborn(bidden, bidden.cast.experts[0]) == []


def test_a_sheet_keeps_hundredths(opened: Line) -> None:
    submit_sheet(opened, opened.cast.experts[0])
    sheet = ScoreSheet.objects.get(purchase=opened.purchase)
    assert (sheet.state, sheet.independent, sheet.submitted_at) == ("submitted", True, moment("2010-12-02"))
    assert sorted(sheet.points().values(), key=lambda row: row[1]) == [
        {1: 3000, 2: 2075, 3: 1200},
        {1: 3450, 2: 2500, 3: 1600},
        {1: 3500, 2: 2400, 3: 1525},
    ]


def test_a_sheet_with_a_gap_is_not_accepted(opened: Line) -> None:
    rows = scores(opened)
    next(iter(rows.values()))["2"] = ""
    outcome = attempt(opened, "sheet.submit", None, DAY, actor=opened.cast.experts[0], scores=rows, independent=True)
    assert outcome.form.errors == {"scores": [f"{opened.cast.social[0].organisation} 的“团队与督导”：请填写得分"]}


def test_an_expert_scores_once(opened: Line) -> None:
    expert = opened.cast.experts[0]
    (second,) = unborn(opened, expert)
    submit_sheet(opened, expert)
    data = {"scores": scores(opened), "independent": True}
    assert objections(attempt(opened, "sheet.submit", second, DAY, actor=expert, **data)) == ["kernel.conflict"]


def test_somebody_dismissed_does_not_score(opened: Line) -> None:
    expert, data = opened.cast.experts[0], {"scores": scores(opened), "independent": True}
    (sheet,) = unborn(opened, expert)
    chosen = [str(pk) for pk in posts(opened, 1, 2)]
    opened.act("tender.appoint", opened.latest(Tender), DAY.date(), experts=chosen)
    assert objections(attempt(opened, "sheet.submit", sheet, DAY, actor=expert, **data)) == ["kernel.capacity"]


def test_a_sheet_of_a_tender_that_ended_is_not_accepted(opened: Line) -> None:
    expert, data = opened.cast.experts[0], {"scores": scores(opened), "independent": True}
    (sheet,) = unborn(opened, expert)
    opened.act("tender.fail", opened.latest(Tender), OPENING, reason="文件有误")
    drafted = attempt(opened, "tender.draft", None, OPENING)
    opened.act("tender.appoint", drafted.subject, OPENING)
    outcome = attempt(opened, "sheet.submit", sheet, DAY, actor=expert, **data)
    assert outcome.form.errors == {"scores": ["您现在没有待评的招标"]}


def test_independence_is_declared(opened: Line) -> None:
    data = {"scores": scores(opened), "independent": ""}
    outcome = attempt(opened, "sheet.submit", None, DAY, actor=opened.cast.experts[0], **data)
    assert objections(outcome) == ["panel-independent"]


@pytest.mark.parametrize(("until", "expected"), [(None, ["panel-independent"]), (date(2010, 12, 2), [])])
def test_an_expert_employed_by_a_bidder_does_not_score(opened: Line, until: date | None, expected: list[str]) -> None:
    expert = opened.cast.experts[0]
    bidder: Organisation = opened.cast.social[1].organisation
    Post.objects.create(
        person=expert.person, organisation=bidder, title="理事", since=date(2010, 1, 1), until=until, state="held"
    )
    outcome = attempt(opened, "sheet.submit", None, DAY, actor=expert, scores=scores(opened), independent=True)
    assert [finding.rule for finding in outcome.findings] == expected


def test_the_database_keeps_one_seat_an_expert(announced: Line) -> None:
    seat = PanelSeat.objects.filter(tender=announced.latest(Tender))[0]
    with pytest.raises(IntegrityError), transaction.atomic():
        PanelSeat.objects.create(tender=seat.tender, post=seat.post, seated_at=DAY)


def test_a_failed_call_dismisses_its_panel_and_the_next_may_seat_it_again(announced: Line) -> None:
    announced.act("tender.fail", announced.latest(Tender), date(2010, 11, 20), reason="需求有变")
    assert appointed(announced) == []
    assert not PanelSeat.objects.filter(left_at=None).exists()
    publish_again(announced)
    assert seated(announced) == appointed(announced) == posts(announced, 0, 1, 2)


def publish_again(line: Line) -> None:
    line.act("tender.draft", None, date(2010, 11, 22))
    line.act("tender.appoint", line.latest(Tender), date(2010, 11, 23))
