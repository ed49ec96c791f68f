"""Lateness over the whole record: what is open, what was met late and by whom, and each payer's."""

from __future__ import annotations

from datetime import date

import pytest

from gongyue.analytics.lateness import by_holder, by_payer, late_now, met_late, owed
from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import city_pays_late
from gongyue.kernel.models import Obligation, Purchase
from gongyue.kernel.queries import visible
from gongyue.payments.models import Payment

TODAY = date(2010, 9, 10)


@pytest.fixture
def started(line: Line) -> Line:
    """Opened on 20 August 2010; the site due in August is open, the plan came ten days late."""
    line.open(date(2010, 8, 20))
    line.act("needs.start", None, date(2010, 8, 23))
    line.act("implementation.submit", None, TODAY)
    return line


def test_what_is_overdue_and_what_was_met_late(started: Line) -> None:
    bureau = started.cast.bureaus[started.district][0]
    rows = owed(bureau, visible(bureau, on=TODAY))
    assert [(row.rule, row.days_late(TODAY)) for row in late_now(rows, TODAY)] == [("register-site", 10)]
    assert [(row.rule, row.late_days) for row in met_late(rows)] == [("submit-plan", 10)]
    assert list(late_now(rows, date(2010, 8, 31))) == []


def test_how_often_whom_by_post_and_by_organisation(started: Line) -> None:
    bureau = started.cast.bureaus[started.district][0]
    rows = owed(bureau, visible(bureau, on=TODAY))
    street = started.cast.streets[started.street.pk]
    count = {"times": 2, "met": 1, "open": 1, "days": 10, "longest": 10, "first": date(2010, 8, 31)}
    whose = {"organisation": street.organisation_id, "organisation__name": "广卫街道办事处"}
    held = {"post__title": street.title, "post__person__name": street.person.name}
    assert list(by_holder(rows, TODAY)) == [whose | held | count]
    assert list(by_holder(rows, TODAY, "organisation")) == [whose | count]


def test_what_is_suspended_or_binds_an_expert_is_nobodys_lateness(started: Line) -> None:
    bureau = started.cast.bureaus[started.district][0]
    late = Obligation.objects.filter(rule="register-site")
    late.update(suspended_on=date(2010, 9, 1))
    assert list(late_now(owed(bureau, visible(bureau, on=TODAY)), TODAY)) == []
    late.update(suspended_on=None, personal=True)
    assert list(late_now(owed(bureau, visible(bureau, on=TODAY)), TODAY)) == []


def test_beside_any_purchase_an_office_knows_its_place_and_others_their_own(started: Line) -> None:
    cast, none = started.cast, Purchase.objects.none()
    bureau, street = cast.bureaus[started.district][0], cast.streets[started.street.pk]
    model = Obligation.objects.filter(rule="register-site").get()
    keys = [("norm:1", street), ("recommendation:1", bureau), ("recommendation:2", cast.finances[started.district])]
    for key, post in keys:
        model.pk, model.purchase, model.subject, model.organisation = None, None, key, post.organisation
        model.save()
    subjects = {
        post: sorted(late_now(owed(post, none), TODAY).values_list("subject", flat=True))
        for post in (bureau, street, cast.city[0], cast.social[0])
    }
    assert subjects == {
        bureau: ["norm:1", "recommendation:1"], street: ["norm:1"], cast.city[0]: ["norm:1"], cast.social[0]: [],
    }  # fmt: skip


def test_each_payers_lateness(line: Line) -> None:
    city_pays_late(line)
    today, bureau = date(2011, 3, 1), line.cast.bureaus[line.district][0]
    purchases = visible(bureau, on=today)
    found = {row["payer__name"]: row for row in by_payer(owed(bureau, purchases), purchases, today)}
    due = Payment.objects.get(payer__name="广州市财政局")
    day = Obligation.objects.get(subject=due.key, is_open=True).due_on
    assert found["广州市财政局"] | {"payer": 0} == {
        "payer": 0, "payer__name": "广州市财政局", "payments": 1, "paid_late": 0, "unpaid": 1, "late_fen": 0,
        "unpaid_fen": due.amount_fen, "days": 0, "longest": 0, "first": day,
    }  # fmt: skip
    assert (found["越秀区财政局"]["payments"], found["越秀区财政局"]["unpaid"]) == (1, 0)
    line.act("payment.pay", due, date(2011, 3, 2))
    (paid,) = [row for row in by_payer(owed(bureau, purchases), purchases, today) if row["payer"] == due.payer_id]
    late = Obligation.objects.get(subject=due.key).late_days
    assert (paid["paid_late"], paid["unpaid"], paid["late_fen"], paid["longest"], paid["first"]) == (
        1, 0, due.amount_fen, late, None,
    )  # fmt: skip
