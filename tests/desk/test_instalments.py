from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from gongyue.budget.models import Share
from gongyue.demonstration.line import Line
from gongyue.payments.models import Payment
from tests.contracts import stages

from .conftest import Desk

Today = Callable[[str], date]


@pytest.fixture
def due(line: Line) -> Line:
    """The first instalment checked, both payers late, on New Year's Eve."""
    stages.filed(stages.awarded(line))
    line.claim(1, date(2010, 11, 22), date(2010, 11, 25))
    return line


@pytest.mark.clause("GZ-P-3.3.3a")
def test_the_calendar_names_who_is_late_and_sums_by_street(due: Line, desk: Desk, today: Today) -> None:
    post = due.cast.finances[due.district]
    today("2010-12-31")
    page = desk(post).get(reverse("desk:instalments"))
    assert page.status_code == 200
    assert [month.isoformat() for month in page.context["months"]] == ["2010-12-01", "2011-05-01", "2011-11-01"]
    lines = page.context["months"][date(2010, 12, 1)]
    assert [(line.payment.payer.name, line.days) for line in lines] == [
        (due.cast.city_finance.organisation.name, 30), (post.organisation.name, 30),  # type: ignore[union-attr]
    ]  # fmt: skip
    (street,) = page.context["streets"]
    assert (street.planned_fen, street.committed_fen, street.paid_fen, street.late_fen, street.recovered_fen) == (
        200_000_000, 200_000_000, 0, 78_000_000, 0,
    )  # fmt: skip
    assert page.context["mine"] is True
    assert f'href="{reverse("desk:purchase", args=[due.purchase.pk])}#money"' in page.content.decode()


@pytest.mark.clause("GZ-P-4.3")
def test_several_are_paid_from_one_page_each_by_itself(due: Line, desk: Desk, today: Today) -> None:
    post = due.cast.finances[due.district]
    own = Payment.objects.get(purchase=due.purchase, payer=post.organisation)
    other = Payment.objects.exclude(pk=own.pk).get(purchase=due.purchase)
    today("2010-12-31")
    client = desk(post)
    data: dict[str, Any] = {f"voucher-{own.pk}": "ZF-1", f"voucher-{other.pk}": "ZF-2", "channel": "direct"}
    refused = client.post(reverse("desk:pay-several"), data | {"paid_on": "2011-01-01"})
    assert refused.status_code == 422
    assert [one.errors for one in refused.context["done"]] == [["日期不能晚于办理当日"]]
    page = client.post(reverse("desk:pay-several"), data | {"paid_on": "2010-12-31"})
    assert (page.status_code, list(page.context["rows"])) == (200, [])
    own.refresh_from_db()
    other.refresh_from_db()
    assert (own.state, own.voucher_number, other.state) == ("paid", "ZF-1", "due")
    assert Share.objects.get(pk=own.share_id).paid_fen == 39_000_000


def test_only_payers_pay_several(due: Line, desk: Desk, today: Today) -> None:
    today("2010-12-31")
    assert desk(due.cast.social[0]).get(reverse("desk:pay-several")).status_code == 404


@pytest.mark.clause("GZ-P-2.4a")
def test_the_money_part_shows_the_account_by_heading(due: Line, desk: Desk, today: Today) -> None:
    from gongyue.payments.models import UsePlan

    on = date(2010, 12, 30)
    due.act("useplan.submit", None, on, seed=due.contract().number)
    due.act("useplan.approve", due.latest(UsePlan), on)
    due.act("spending.report", None, on, seed=due.contract().number)
    today("2010-12-31")
    page = desk(due.actor("claim.check")).get(reverse("desk:purchase-tab", args=[due.purchase.pk, "money"]))
    (account,) = page.context["tab_data"]["accounts"]
    assert [(row.name, row.budget_fen, row.spent_fen, row.over) for row in account.headings] == [
        ("人员", 136_500_000, 9_200_000, False), ("督导", 9_750_000, 420_000, False),
        ("活动", 29_250_000, 1_560_050, False), ("管理费", 19_500_000, 980_000, False),
    ]  # fmt: skip
    assert account.chart.empty is False


def test_every_part_names_what_the_reader_owes_in_another(due: Line, desk: Desk, today: Today) -> None:
    """Payment belongs to the line of the overview; whoever looks for it under the money finds it, too."""
    today("2010-12-31")
    post = due.cast.finances[due.district]
    own = Payment.objects.get(purchase=due.purchase, payer=post.organisation)
    url = reverse("desk:do", args=["payment.pay", own.pk])
    page = desk(post).get(f"/purchases/{due.purchase.pk}/money/")
    assert [one.url for one in page.context["case"].owed] == [url]
    assert f'href="{url}"' in page.content.decode()
