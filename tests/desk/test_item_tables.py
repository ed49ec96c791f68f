"""The year's item table at the desk: whose items it shows, what it exports, and approving several at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import pytest
from python_calamine import CalamineWorkbook

from gongyue.budget.models import ItemTable, PlanItem
from gongyue.demonstration.line import Line
from tests.chengdu import Chengdu, chengdu

from .conftest import Desk

__all__ = ["chengdu"]
pytestmark = pytest.mark.django_db
Today = Callable[[str], date]


@pytest.fixture
def filed(chengdu: Chengdu, today: Today) -> Chengdu:
    """One item of 2018 in the table, reviewed; the table came back with the budget reply."""
    chengdu.open()
    chengdu.research()
    chengdu.estimate()
    chengdu.propose()
    table = chengdu.issue()
    item = chengdu.act("item.file", chengdu.latest(PlanItem), "2017-10-16", **chengdu.filing(table))
    chengdu.act("item.review", item, "2017-11-06", actor=chengdu.finance, opinion="可")
    today("2018-02-05")
    return chengdu


def close(town: Chengdu) -> ItemTable:
    table: ItemTable = town.act("itemtable.close", ItemTable.objects.get(), "2017-11-07", actor=town.finance)
    town.act("itemtable.approve", table, "2018-02-05", actor=town.finance, congress_on="2018-01-25", reply_number="1号")
    return table


@pytest.mark.clause("CD-7a")
def test_finance_and_purchaser_read_the_same_table(filed: Chengdu, desk: Desk) -> None:
    for post in (filed.finance, filed.writer):
        page = desk(post).get("/itemtables/").content.decode()
        assert "2018年度购买服务项目表" in page
        assert page.count("独居长者关怀服务") == 1
        assert ("下达项目表" in page, "截止填报" in page) == ((post == filed.finance,) * 2)
    assert "这个年度还没有申报的项目" in desk(filed.finance).get("/itemtables/2019/").content.decode()


def test_others_have_no_such_page(filed: Chengdu, desk: Desk) -> None:
    assert desk(filed.social[0]).get("/itemtables/").status_code == 404


def test_a_regime_without_tables_has_no_such_page(line: Line, desk: Desk) -> None:
    finance = line.cast.finances[line.district]
    assert desk(finance).get("/itemtables/").status_code == 404
    assert "/itemtables/" not in desk(finance).get("/funds/").content.decode()


def test_the_table_is_exported_whole(filed: Chengdu, desk: Desk) -> None:
    answer = desk(filed.finance).get("/itemtables/2018/?export=xlsx")
    sheet = CalamineWorkbook.from_filelike(BytesIO(b"".join(answer.streaming_content))).get_sheet_by_index(0)
    head, row = sheet.to_python()
    assert dict(zip(head, row, strict=True)) == {
        "采购": "独居长者关怀服务", "所在区划": "锦江区", "年度": 2018.0, "服务内容": "居家探访",
        "服务目标": "每年 2400 次", "金额（元）": 360000.0, "属政府采购项目": "是", "政府采购预算（元）": 360000.0,
        "状态": "财政已审核", "填报日期": date(2017, 10, 16), "财政审核日期": date(2017, 11, 6), "批复日期": "",
        "预算调整日期": "", "阶段": "购买项目 财政已审核",
    }  # fmt: skip


@pytest.mark.clause("CD-9")
def test_finance_approves_the_reviewed_items_at_once(filed: Chengdu, desk: Desk) -> None:
    table = ItemTable.objects.get()
    assert desk(filed.finance).post(f"/itemtables/{table.pk}/approve/").status_code == 404
    close(filed)
    assert desk(filed.writer).post(f"/itemtables/{table.pk}/approve/").status_code == 404
    assert "批复已审核的 1 个项目" in desk(filed.finance).get("/itemtables/").content.decode()
    page = desk(filed.finance).post(f"/itemtables/{table.pk}/approve/").content.decode()
    assert page.count("项目已批复") == 1
    assert filed.latest(PlanItem).state == "approved"
    assert desk(filed.finance).post(f"/itemtables/{table.pk}/approve/").status_code == 404
