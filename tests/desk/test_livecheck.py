"""What of the documents would not hold is told while they are written; nothing is kept by asking."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from gongyue.demonstration.line import Line
from gongyue.demonstration.streets import prepared
from gongyue.kernel.models import Draft
from gongyue.tendering.models import Tender

from .conftest import Desk, text

Today = Callable[[str], date]


@pytest.fixture
def writing(line: Line) -> Line:
    prepared(line, date(2010, 9, 20))
    return line


def typed(**given: str) -> dict[str, str]:
    rows = {
        "factors-0-name": "从业人员数", "factors-0-points": "80", "factors-1-name": "价格", "factors-1-points": "20",
        "factors-1-is_price": "on", "factors-TOTAL_FORMS": "2",
    }  # fmt: skip
    return rows | given


def test_the_form_asks_as_one_writes_by_the_law_of_the_day(writing: Line, desk: Desk, today: Today) -> None:
    today("2018-05-14")
    client, address = desk(writing.actor("tender.draft")), f"/check/tender.draft/?purchase={writing.purchase.pk}"
    page = text(client.get(f"/do/tender.draft/new/?purchase={writing.purchase.pk}"))
    assert f'data-check-url="{address}"' in page
    told = text(client.post(address, typed(requirement="需求", floor="1000")))
    for words in ("招标文件缺少：资格条件、合同草案", "从业人员数", "不得设定最低限价", "财政部令第87号 第十七条"):
        assert words in told
    assert (Tender.objects.count(), Draft.objects.count()) == (0, 0)


def test_faults_of_what_was_typed_are_told_and_not_of_what_is_still_to_be(
    writing: Line, desk: Desk, today: Today
) -> None:
    today("2010-10-01")
    client, address = desk(writing.actor("tender.draft")), f"/check/tender.draft/?purchase={writing.purchase.pk}"
    told = text(client.post(address, typed(**{"factors-0-points": "60"})))
    assert "分值合计须为 100，现为 80" in told
    assert "招标项目名称" not in told
    assert "第十七条" not in told


@pytest.mark.parametrize("address", ["/check/tender.publish/?purchase={pk}", "/check/tender.draft/?purchase=0"])
def test_nothing_else_is_checked_so(writing: Line, desk: Desk, today: Today, address: str) -> None:
    today("2010-10-01")
    client = desk(writing.actor("tender.draft"))
    assert client.post(address.format(pk=writing.purchase.pk)).status_code == 404
    assert client.get(f"/check/tender.draft/?purchase={writing.purchase.pk}").status_code == 405
