"""What was planned and done, and what those served say: exact, one's own only, honest about what is missing."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from gongyue import clock
from gongyue.analytics.service import (
    PlaceTargets,
    Satisfaction,
    Target,
    by_item,
    by_place,
    satisfaction,
    targets,
    unasked,
    without_plan,
)
from gongyue.delivery.forms.records import RecordRow
from gongyue.delivery.models import PeriodTally, ServicePlan, ServiceRecord
from gongyue.demonstration.line import Line
from gongyue.demonstration.written.delivery import ITEMS
from gongyue.kernel import batches
from gongyue.kernel.models import Purchase
from gongyue.needs.models import Answer, SatisfactionSurvey
from gongyue.needs.results import FEW
from tests.analytics.test_dashboard import seated
from tests.delivery.conftest import filed, staffed

__all__ = ["filed", "staffed"]
START, ENDS, ON = date(2010, 11, 1), date(2011, 4, 30), date(2010, 11, 20)
ALL = Purchase.objects.all


@pytest.fixture
def planned(staffed: Line, settings: Any) -> Line:
    settings.GONGYUE_DEMONSTRATION = True
    clock.advance(date(2011, 5, 20))
    staffed.act("plan.submit", None, date(2010, 11, 5))
    return staffed


def record(line: Line, day: str, **said: str) -> None:
    line.act("record.enter", None, date(2011, 5, 20), served_on=day, **said)


def target(line: Line, item: int, kind: str, *figures: int) -> Target:
    return Target(line.street.pk, "广卫街", START, ENDS, ITEMS[item], kind, *figures)


def test_a_half_year_is_held_against_its_plan(planned: Line) -> None:
    for day in ("2010-11-01", "2011-04-30", "2011-05-01"):
        record(planned, day)
    first, later = targets(ALL(), "division", today=ON)[:3], targets(ALL(), "division", today=ON)[3:]
    assert first == [
        target(planned, 0, "case", 60, 60), target(planned, 1, "visit", 600, 1200, 2, 4),
        target(planned, 2, "group", 24, 240),
    ]  # fmt: skip
    assert later == [Target(planned.street.pk, "广卫街", date(2011, 5, 1), None, ITEMS[1], "visit", 0, 0, 1, 2)]
    assert [row.share_bp for row in first] == [0, 33, 0]
    assert later[0].share_bp is None


def test_what_nobody_planned_fulfils_no_plan(planned: Line) -> None:
    record(planned, "2010-11-02", service_kind="activity", people="900", times="900")
    found = targets(ALL(), "division__parent", today=ON)
    assert [(row.planned, row.done_times) for row in by_item(found)] == [
        (True, 0), (True, 0), (True, 0), (False, 900),
    ]  # fmt: skip
    (place,) = by_place(found, today=ENDS)
    assert place == PlaceTargets(planned.district, "越秀区", 1500, 0, 0, 0, 900)
    assert (place.share_bp, by_place(found, today=date(2011, 5, 1))[0].short) == (0, 3)


def test_a_plan_that_has_not_begun_is_not_held_against_anybody(planned: Line) -> None:
    assert targets(ALL(), "division", today=date(2010, 10, 31)) == []
    assert without_plan(ALL(), today=ENDS) == 0
    assert without_plan(ALL(), today=date(2011, 5, 1)) == 1
    assert without_plan(ALL(), today=date(2011, 11, 1)) == 0  # no contract runs any more


def test_a_correction_moves_the_sum_to_its_half_year(planned: Line) -> None:
    record(planned, "2010-11-02")
    row = planned.latest(ServiceRecord)
    said = {"served_on": "2011-05-01", "service_kind": "visit", "worker": row.worker_id, "item": ITEMS[1],
            "people": "3", "times": "3", "direct": "60", "reason": "日期写错。"}  # fmt: skip
    planned.act("record.correct", row, date(2011, 5, 20), **said)
    kept = list(PeriodTally.objects.order_by("starts_on").values_list("starts_on", "records", "times"))
    assert kept == [(START, 0, 0), (date(2011, 5, 1), 1, 3)]
    planned.act("record.void", planned.latest(ServiceRecord), date(2011, 5, 20), reason="不是本项目的。")
    assert list(PeriodTally.objects.filter(records__gt=0)) == []


# --- satisfaction -----------------------------------------------------------------------------------------------------


def asked(line: Line, marks: list[int]) -> None:
    """A questionnaire with one scale of five, answered with these marks, and closed."""
    bureau = line.cast.bureaus[line.district][0]
    on = date(2011, 5, 20)
    line.act("satisfaction_survey.draft", None, on, actor=bureau)
    line.act("satisfaction_survey.open", line.latest(SatisfactionSurvey), on, actor=bureau)
    survey = line.latest(SatisfactionSurvey)
    for mark in marks:
        Answer.objects.create(questionnaire=survey, key=uuid4(), data={"1": mark}, at=clock.now())
    line.act("satisfaction_survey.close", survey, on, actor=bureau)


def test_satisfaction_is_the_mean_of_all_marks(planned: Line) -> None:
    assert (satisfaction(ALL(), "division"), unasked(ALL(), today=ON)) == ([], 1)
    asked(planned, [5, 5, 4, 3, 2])
    (row,) = satisfaction(ALL(), "division")
    assert row == Satisfaction(planned.street.pk, "广卫街", 1, 5, 5, 19, 1)
    assert (row.few, row.mean_bp, unasked(ALL(), today=ON)) == (False, 7600, 0)
    asked(planned, [1])
    (row,) = satisfaction(ALL(), "division__parent")
    assert (row.name, row.surveys, row.answers, row.mean_bp, row.purchases) == ("越秀区", 2, 6, 6667, 1)


def test_too_few_answers_have_no_mean(planned: Line) -> None:
    asked(planned, [5] * (FEW - 1))
    (row,) = satisfaction(ALL(), "division")
    assert (row.few, row.mean_bp) == (True, None)
    page = seated(planned.cast.registrar).get("/dashboard/").content.decode()
    assert "答卷太少" in page
    assert "100.00%" not in page


# --- the page ---------------------------------------------------------------------------------------------------------


def test_each_sees_targets_of_its_own(planned: Line) -> None:
    record(planned, "2010-11-02")
    cast = planned.cast
    for post, place in [
        (cast.registrar, "越秀区"), (cast.bureaus[planned.district][0], "广卫街"),
        (cast.streets[planned.street.pk], "广卫街"), (planned.actor("record.enter"), "广卫街"),
    ]:  # fmt: skip
        page = seated(post).get("/dashboard/")
        assert [(row.name, row.times, row.done_times) for row in page.context["target_places"]] == [(place, 1500, 2)]
        assert page.context["unplanned"] == 1  # the second half-year runs and has no plan
    elsewhere = cast.streets[Line(cast, planned.district, "建设街").street.pk]
    assert seated(elsewhere).get("/dashboard/").context["target_places"] == []


def test_as_many_queries_with_many_records_as_with_one(planned: Line, django_assert_num_queries: Any) -> None:
    record(planned, "2010-11-02")
    client: Client = seated(planned.cast.registrar)
    with django_assert_num_queries(17):
        client.get("/dashboard/")
    row = {"service_kind": "探访", "worker": "W01", "clients": "", "people": "1", "times": "1", "direct": "60",
           "indirect": "0"}  # fmt: skip
    rows = [row | {"served_on": f"2011-0{1 + n % 4}-1{n % 9}", "item": ITEMS[n % 3]} for n in range(300)]
    post = planned.actor("records.import")
    batch = batches.stage(
        kind="delivery.records", row_form=RecordRow, rows=rows, post=post, purchase=planned.purchase, source="a.xlsx"
    )
    planned.act("records.import", None, date(2011, 5, 20), batch=str(batch.pk))
    asked(planned, [5] * 40)
    assert ServiceRecord.objects.count() == 301
    with django_assert_num_queries(17):
        client.get("/dashboard/")
    assert ServicePlan.objects.count() == 1
