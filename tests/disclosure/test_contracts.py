"""A procurement contract appears on the designated medium within two working days of its signing."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from gongyue.budget.models import PlanItem
from gongyue.contracts.models import Contract
from gongyue.demonstration.line import Line
from gongyue.disclosure.models import Publication, unpublished
from gongyue.disclosure.queries import notices_of
from gongyue.kernel import regimes
from gongyue.kernel.dossier import Dossier
from gongyue.kernel.models import Obligation
from gongyue.ledger.sequence import sequence
from tests.chengdu import Chengdu, chengdu
from tests.contracts import stages
from tests.contracts.test_terms_and_check import awarded, concluded
from tests.journeys.test_methods import agreed, contract
from tests.tendering.conftest import moment

__all__ = ["awarded", "chengdu"]
pytestmark = pytest.mark.django_db
SAID = {
    "channel": "designated", "channel_name": "中国政府采购网（测试）", "address": "https://example.org/1",
    "published_on": "2018-04-12",
}  # fmt: skip


def owed(purchase: Any) -> list[tuple[str, date | None, bool]]:
    rows = Obligation.objects.filter(purchase=purchase, rule="publish-contract").order_by("pk")
    return list(rows.values_list("subject", "due_on", "is_open"))


def test_it_is_logged_on_the_designated_medium_and_meets_the_duty(awarded: Chengdu) -> None:
    concluded(awarded)
    assert awarded.purchase is not None
    assert owed(awarded.purchase) == [("publication#CD-1", date(2018, 4, 13), True)]
    sequence()
    (notice,) = [one for one in notices_of(awarded.purchase) if one.kind == "contract"]
    assert (notice.title, dict(notice.fields)["合同编号"]) == ("合同公告", "CD-1")
    given = SAID | {"notice": str(notice.entry)}
    among_others = awarded.attempt("publication.log", None, "2018-04-12", **given)
    assert list(among_others.form.errors) == ["notice"]
    elsewhere = awarded.attempt("publication.log", None, "2018-04-12", seed="CD-1", **given | {"channel": "board"})
    assert list(elsewhere.form.errors) == ["channel"]
    logged: Publication = awarded.act("publication.log", None, "2018-04-12", seed="CD-1", **given)
    assert (logged.about, logged.contract.number) == ("contract", "CD-1")  # type: ignore[union-attr]
    assert owed(awarded.purchase) == [("publication#CD-1", date(2018, 4, 13), False)]
    board = given | {"channel": "board", "channel_name": "社区公告栏"}
    awarded.act("publication.log", None, "2018-04-12", **board)  # from now on it may appear elsewhere, too


def test_what_is_no_procurement_owes_no_publication(awarded: Chengdu) -> None:
    PlanItem.objects.filter(purchase=awarded.purchase).update(procurement=False)
    concluded(awarded)
    assert owed(awarded.purchase) == []
    sequence()
    assert awarded.purchase is not None
    assert [one.title for one in notices_of(awarded.purchase) if one.kind == "contract"] == []


def test_before_the_regulation_nothing_is_owed(line: Line) -> None:
    stages.filed(stages.awarded(line))
    assert line.contract().signed_on is not None
    assert owed(line.purchase) == []
    assert unpublished(line.dossier(date(2011, 5, 16))) == []
    assert Contract.objects.filter(purchase=line.purchase).count() == 1


@pytest.mark.parametrize(("signed_on", "due"), [(date(2015, 2, 27), None), (date(2015, 3, 2), date(2015, 3, 4))])
def test_what_was_signed_before_the_regulation_owes_nothing_though_it_is_recorded_later(
    signed_on: date, due: date | None
) -> None:
    """Duty and notice go by the day it was signed: what is owed can be logged, and the other way round."""
    town = agreed("single_source", "only_source")
    made = contract(town, date(2015, 3, 2), signed_on)
    assert town.purchase is not None
    waiting = unpublished(Dossier(town.purchase, at=moment("2015-03-03"), regime=regimes.current("cn-sh")))
    assert owed(town.purchase) == ([(f"publication#{made.number}", due, True)] if due else [])
    assert [one.number for one in waiting] == ([made.number] if due else [])
