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
from gongyue.kernel.models import Obligation
from gongyue.ledger.sequence import sequence
from tests.chengdu import Chengdu, chengdu
from tests.contracts import stages
from tests.contracts.test_terms_and_check import awarded, concluded

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
