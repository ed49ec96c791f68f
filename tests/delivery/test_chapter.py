"""The chapter of the demonstration about delivery, told by its actions on one street."""

from __future__ import annotations

from datetime import date

from gongyue.delivery import queries
from gongyue.delivery.models import Briefing, Coordination, Receipt, Referral, ServiceRecord, TeamMember, Volunteer
from gongyue.demonstration.chapters.delivery import delivered
from gongyue.demonstration.line import Line


def test_two_months_of_delivery_are_told(filed: Line) -> None:
    delivered(filed, date(2010, 11, 1))
    purchase = filed.purchase
    assert TeamMember.objects.filter(purchase=purchase).count() == 3
    assert set(Receipt.objects.filter(purchase=purchase).values_list("state", flat=True)) == {"signed"}
    assert ServiceRecord.objects.filter(purchase=purchase).count() == 10
    assert queries.by_kind(purchase) == [
        queries.KindLine("case", 2, 8, 8), queries.KindLine("group", 2, 14, 14),
        queries.KindLine("activity", 2, 26, 26), queries.KindLine("visit", 2, 2, 2),
        queries.KindLine("consultation", 2, 20, 20),
    ]  # fmt: skip
    helped = Volunteer.objects.get(purchase=purchase)
    assert (helped.worker is not None, helped.minutes) == (True, 120)
    assert [filed.latest(kind).state for kind in (Referral, Coordination, Briefing)] == [
        "answered", "solved", "received",
    ]  # fmt: skip
