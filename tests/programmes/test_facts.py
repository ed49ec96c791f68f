from __future__ import annotations

from datetime import date, datetime

import pytest

from gongyue.clock import LOCAL
from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Purchase
from gongyue.programmes.facts import ImplementationFacts, PurchaseFacts, PurchaseGate, StreetFacts
from tests.parties.acts import attempt, done


@pytest.fixture
def opened(line: Line) -> Purchase:
    return line.open(date(2010, 8, 3))


def test_an_open_purchase(opened: Purchase, line: Line) -> None:
    assert PurchaseFacts.of(line.dossier(date(2010, 8, 4))) == PurchaseFacts(
        mode="one", scope="centre", bought=True, by_reference=False, programme="gz-pilot-2010",
        opened_on=date(2010, 8, 3), service_class="", excluded=[],
    )  # fmt: skip


def test_a_purchase_opened_late_in_the_evening_counts_for_the_local_day(opened: Purchase) -> None:
    opened.opened_at = datetime(2010, 8, 3, 23, 30, tzinfo=LOCAL)
    assert PurchaseFacts.about(opened).opened_on == date(2010, 8, 3)


def test_an_unopened_purchase_knows_its_street(cast: Cast, line: Line) -> None:
    street = cast.streets["440104:广卫街"]
    unopened = Purchase.unborn(None, street)[0]
    dossier = Dossier(Purchase(), at=datetime(2010, 8, 3, 10, tzinfo=LOCAL), regime=line.regime)
    gate = PurchaseGate.of(unopened, dossier)
    assert gate.street == StreetFacts(listed=True, mode="one", projects=0)
    assert (gate.purchase.programme, gate.purchase.opened_on) == ("", None)


def test_a_street_counts_its_other_projects(cast: Cast, opened: Purchase, line: Line) -> None:
    second = Purchase.unborn(None, cast.streets["440104:广卫街"])[0]
    assert StreetFacts.of(second, line.regime).projects == 1
    assert StreetFacts.of(opened, line.regime) == StreetFacts(listed=True, mode="one", projects=0)


def test_a_street_by_reference_is_on_no_list(cast: Cast, line: Line) -> None:
    bureau = cast.bureaus["440104"][0]
    purchase = done(
        attempt(
            "purchase.open_by_reference", Purchase.unborn(None, bureau)[0], bureau, "2010-10-08", street="洪桥街",
            title="洪桥街中心", mode="two", scope="centre",
        )
    )  # fmt: skip
    assert StreetFacts.of(purchase, line.regime) == StreetFacts(listed=False, mode=None, projects=0)


def test_there_is_no_plan_yet(opened: Purchase, line: Line) -> None:
    assert ImplementationFacts.of(line.dossier(date(2010, 8, 4))) == ImplementationFacts(
        state="", submitted_on=None, reviewed_on=None, approved_on=None, has_goals=False
    )


def test_an_approved_plan(opened: Purchase, line: Line) -> None:
    line.plan(date(2010, 8, 20), date(2010, 8, 23), date(2010, 8, 30))
    assert ImplementationFacts.of(line.dossier(date(2010, 8, 31))) == ImplementationFacts(
        state="approved", submitted_on=date(2010, 8, 20), reviewed_on=date(2010, 8, 23),
        approved_on=date(2010, 8, 30), has_goals=True,
    )  # fmt: skip
