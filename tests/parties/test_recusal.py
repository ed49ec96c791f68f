from __future__ import annotations

from datetime import date

import pytest

from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.kernel.models import Purchase, Recusal
from gongyue.programmes.models import ImplementationPlan
from tests.parties.acts import attempt, done, errors, refusals, seat

STREET = "440104:广卫街"
PLAN = {"former_name": "广卫街社区服务中心", "content": "家庭服务", "site_kind": "rented", "site_address": "一号"}


@pytest.fixture
def purchase(cast: Cast, line: Line) -> Purchase:
    return line.open(date(2010, 8, 3))


def test_recusal_stops_the_person(cast: Cast, purchase: Purchase) -> None:
    street = cast.streets[STREET]
    outcome = attempt("purchase.recuse", purchase, street, "2010-08-04", reason="近亲属任职于拟投标机构")
    assert done(outcome).state == "open"
    recusal = Recusal.objects.get(purchase=purchase)
    assert (recusal.person_id, recusal.since.isoformat()) == (street.person_id, "2010-08-04")
    assert recusal.reason == "近亲属任职于拟投标机构"
    plan = ImplementationPlan(purchase=purchase)
    refused = attempt("implementation.submit", plan, street, "2010-08-05", **PLAN)
    assert refusals(refused) == ["kernel.recused"]


def test_a_colleague_carries_on(cast: Cast, purchase: Purchase) -> None:
    street = cast.streets[STREET]
    done(attempt("purchase.recuse", purchase, street, "2010-08-04", reason="近亲属"))
    colleague = seat(cast.registrar, street.organisation, "wu", "2010-08-04")
    plan = ImplementationPlan(purchase=purchase)
    assert done(attempt("implementation.submit", plan, colleague, "2010-08-05", **PLAN)).state == "submitted"


def test_it_follows_the_person_to_another_post(cast: Cast, purchase: Purchase) -> None:
    street = cast.streets[STREET]
    done(attempt("purchase.recuse", purchase, street, "2010-08-04", reason="近亲属"))
    bureau = cast.bureaus["440104"][0].organisation
    person = street.person
    other = seat(cast.registrar, bureau, person.username, "2010-08-04", name=person.name)
    outcome = attempt("purchase.recuse", purchase, other, "2010-08-05", reason="近亲属")
    assert refusals(outcome) == ["kernel.recused"]


def test_the_reason_stays_out_of_the_ledger(cast: Cast, purchase: Purchase) -> None:
    outcome = attempt("purchase.recuse", purchase, cast.streets[STREET], "2010-08-04", reason="近亲属任职")
    assert outcome.entry is not None
    assert "近亲属任职" not in outcome.entry.body
    assert outcome.entry.openings.get().value == "近亲属任职"


def test_it_takes_a_reason(cast: Cast, purchase: Purchase) -> None:
    assert list(errors(attempt("purchase.recuse", purchase, cast.streets[STREET], "2010-08-04"))) == ["reason"]


def test_who_has_no_part_has_nothing_to_stand_aside_from(cast: Cast, purchase: Purchase) -> None:
    other = cast.streets["440104:建设街"]
    assert refusals(attempt("purchase.recuse", purchase, other, "2010-08-04", reason="近亲属")) == ["kernel.capacity"]


def test_a_closed_purchase_needs_none(cast: Cast, purchase: Purchase) -> None:
    Purchase.objects.filter(pk=purchase.pk).update(state="closed")
    outcome = attempt("purchase.recuse", purchase, cast.streets[STREET], "2010-08-04", reason="近亲属")
    assert refusals(outcome) == ["kernel.state"]
