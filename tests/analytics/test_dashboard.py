"""The dashboard: exact figures, one's own only, in a number of queries that no record changes."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.db.models import Sum
from django.test import Client

from gongyue import clock
from gongyue.analytics.queries import LatePost, PlaceMoney, late_posts, money_by, stages
from gongyue.budget.models import JournalLine
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import city_pays_late
from gongyue.kernel.models import Post, Purchase, Role
from gongyue.kernel.queries import visible
from gongyue.payments.models import Payment

TODAY = date(2011, 3, 1)


@pytest.fixture
def late(line: Line, settings: Any) -> Line:
    """A purchase whose district has paid and whose city has not, though its day has passed."""
    settings.GONGYUE_DEMONSTRATION = True
    clock.advance(TODAY)
    city_pays_late(line)
    return line


def seated(post: Post) -> Client:
    client = Client()
    client.force_login(post.person)
    session = client.session
    session["post"] = post.pk
    session.save()
    return client


def test_money_is_what_the_journal_says(late: Line) -> None:
    (row,) = money_by(Purchase.objects.all(), "division", today=TODAY)
    paid = JournalLine.objects.filter(account="paid").aggregate(fen=Sum("amount_fen"))["fen"] or 0
    unpaid = Payment.objects.filter(state="due").aggregate(fen=Sum("amount_fen"))["fen"] or 0
    assert row == PlaceMoney(late.street.pk, "广卫街", 200_000_000, 200_000_000, paid, unpaid)
    (district,) = money_by(Purchase.objects.all(), "division__parent", today=TODAY)
    assert (district.name, district.planned_fen, district.late_fen) == ("越秀区", 200_000_000, unpaid)
    assert unpaid > 0


def test_nothing_is_late_on_its_day(late: Line) -> None:
    due = min(row.due_on for row in late.purchase.obligations.filter(action="payment.pay", is_open=True))
    assert [row.late_fen for row in money_by(Purchase.objects.all(), "division", today=due)] == [0]


def test_stages_and_who_is_late(late: Line) -> None:
    assert [(row.stage.partition(":")[0], row.count) for row in stages(Purchase.objects.all())] == [
        (late.purchase.__class__.objects.get().stage.partition(":")[0], 1)
    ]
    found = late_posts(Purchase.objects.all(), today=TODAY)
    assert all(isinstance(row, LatePost) and row.days > 0 for row in found)
    assert "广州市财政局" in {row.organisation for row in found}


def test_what_one_cannot_see_is_not_counted(late: Line) -> None:
    standing = set(Role.objects.values_list("organisation", flat=True))
    stranger = next(post for post in late.cast.social if post.organisation_id not in standing)
    assert money_by(visible(stranger, on=TODAY), "division", today=TODAY) == []
    assert late_posts(visible(stranger, on=TODAY), today=TODAY) == []
    page = seated(stranger).get("/dashboard/")
    assert (page.context["purchases"], page.context["total"].planned_fen) == (0, 0)


def test_each_has_a_view_of_its_own(late: Line) -> None:
    cast = late.cast
    for post, wide, place in [
        (cast.registrar, True, "越秀区"), (cast.bureaus[late.district][0], False, "广卫街"),
        (cast.streets[late.street.pk], False, "广卫街"), (cast.finances[late.district], False, "广卫街"),
    ]:  # fmt: skip
        page = seated(post).get("/dashboard/")
        assert (page.context["wide"], [row.name for row in page.context["money"]]) == (wide, [place])
    assert seated(cast.experts[0]).get("/dashboard/").status_code == 404


def test_every_figure_leads_to_its_list(late: Line) -> None:
    client = seated(late.cast.bureaus[late.district][0])
    body = client.get("/dashboard/").content.decode()
    kind = Purchase.objects.get().stage.partition(":")[0]
    for address in (f"/purchases/?place={late.street.pk}", f"/purchases/?stage={kind}", "/purchases/?late=yes"):
        assert f'href="{address}"' in body
        assert [row.pk for row in client.get(address).context["page"].rows] == [late.purchase.pk]
    assert client.get("/purchases/?place=440104:北京街").context["page"].rows == []


def test_queries(late: Line, django_assert_num_queries: Any) -> None:
    client = seated(late.cast.registrar)
    with django_assert_num_queries(17):
        client.get("/dashboard/")
