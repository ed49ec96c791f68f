"""No list of what is due or late tells of a dispute while it is the parties' alone to know."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.analytics import lateness
from gongyue.analytics.queries import late_posts
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Obligation, Purchase
from gongyue.tendering.models import Tender
from gongyue.tendering.secrecy import OF_DISPUTES
from tests.desk.conftest import Desk, desk, today
from tests.oversight.test_pages import Today
from tests.oversight.test_secrecy import STAGES, disputed
from tests.tendering.disputing import finance

__all__ = ["desk", "today"]
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("stage", STAGES)
def test_a_duty_on_a_dispute_stands_in_no_list_before_that(
    line: Line,
    stage: str,
    desk: Desk,
    today: Today,
) -> None:
    disputed(line)
    given, told = STAGES[stage]
    Tender.objects.filter(purchase=line.purchase).update(**given)
    duties = Obligation.objects.filter(purchase=line.purchase, is_open=True)
    duties.exclude(action__in=OF_DISPUTES).delete()
    duties.filter(action="complaint.decide").update(due_on=date(2018, 10, 18), suspended_on=None)
    day, mine = date(2018, 10, 19), Purchase.objects.filter(pk=line.purchase.pk)
    today("2018-10-19")
    bureau = line.cast.city[0]
    late = {
        str(post.organisation): [row.action for row in lateness.late_now(lateness.owed(post, mine), day)]
        for post in (bureau, finance(line), line.cast.streets[line.street.pk])
    }  # fmt: skip
    assert list(late.values()) == [["complaint.decide"] if told else [], ["complaint.decide"], []]
    assert [one.count for one in late_posts(mine, today=day)] == ([1] if told else [])
    listed = [desk(post).get("/purchases/?late=yes").context["page"].rows for post in (bureau, finance(line))]
    assert [line.purchase in rows for rows in listed] == [told, True]
    dues = [desk(post).get("/purchases/").context["table"].next_due for post in (bureau, finance(line))]
    assert [line.purchase.pk in due for due in dues] == [told, True]
