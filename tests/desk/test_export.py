"""Lists as workbooks: every row, typed, nothing that runs, and no more than the page shows."""

from __future__ import annotations

import io
import tracemalloc
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from gongyue.budget.models import Fund
from gongyue.demonstration.line import Line
from gongyue.desk.export import Column, workbook
from gongyue.kernel.models import Organisation, Post

from .conftest import Desk

Today = Callable[[str], date]


def sheets(answer: Any) -> list[list[list[Any]]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(b"".join(answer.streaming_content)))
    return [book.get_sheet_by_index(n).to_python() for n in range(len(book.sheet_names))]


def asking(post: Post, on: date) -> Any:
    """A request as far as an export reads it."""
    request: Any = type("Asking", (), {})()
    request.post, request.today, request.legal_now = post, on, datetime.fromisoformat("2010-08-03T10:00:00+08:00")
    return request


def test_a_list_has_every_row_and_says_who_took_it(line: Line, desk: Desk, today: Today) -> None:
    today("2010-08-03")
    registrar = line.cast.registrar
    answer = desk(registrar).get("/organisations/?export=xlsx&kind=finance&page=7")
    assert answer["Content-Type"] == "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    rows, about = sheets(answer)
    assert rows[0] == ["名称", "类别", "登记类型", "所在区划", "统一社会信用代码"]
    assert sorted(row[0] for row in rows[1:]) == ["广州市财政局", "越秀区财政局"]
    assert dict(map(tuple, about)) | {"导出时间": ""} == {
        "列表": "机构", "导出机构": registrar.organisation.name, "岗位": registrar.title,
        "姓名": registrar.person.name, "导出时间": "", "筛选条件": "类别：财政部门", "条数": "2",
    }  # fmt: skip


def test_money_is_a_number_in_yuan(line: Line, desk: Desk, today: Today) -> None:
    today("2010-08-03")
    finance = line.cast.finances[line.district]
    Fund.objects.filter(payer=finance.organisation).update(amount_fen=400_000_001)
    rows, _about = sheets(desk(finance).get("/funds/?export=xlsx&year=2010"))
    assert [row[5] for row in rows[1:] if row[2] == "越秀区财政局"] == [4_000_000.01]


def test_a_day_is_a_date(line: Line, desk: Desk, today: Today) -> None:
    today("2010-08-03")
    rows, _about = sheets(desk(line.cast.bureaus[line.district][0]).get("/posts/?export=xlsx"))
    assert [row[3] for row in rows[1:]] == [date(2010, 7, 1), date(2010, 7, 1)]


@pytest.mark.parametrize("start", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "http://x.example/"])
def test_what_anybody_typed_is_never_a_formula(start: str, line: Line) -> None:
    asked = asking(line.cast.registrar, date(2010, 8, 3))
    with workbook([start], [Column("名称", lambda row: row)], asked, name="表") as file:
        content = file.read()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert ("<f>" in sheet, "hyperlink" in sheet, 't="inlineStr"' in sheet) == (False, False, True)


def test_others_lists_stay_theirs(line: Line, desk: Desk, today: Today) -> None:
    today("2010-08-03")
    bureau = line.cast.bureaus[line.district][0]
    other = line.cast.finances[line.district].organisation_id
    rows, _about = sheets(desk(bureau).get(f"/posts/?export=xlsx&organisation={other}"))
    assert rows[1:] == []
    assert desk(line.cast.social[0]).get("/organisations/?export=xlsx").status_code == 404


@pytest.mark.parametrize("register", ["purchases", "calls", "desk"])
def test_the_other_lists_too(register: str, calling: Line, desk: Desk, today: Today) -> None:
    today("2010-11-20")
    rows, _about = sheets(desk(calling.cast.social[0]).get(f"/{register}/?export=xlsx"))
    if register == "calls":
        assert [row[5] for row in rows[1:]] == ["已投标"] or len(rows) == 2
    if register == "purchases":
        assert [row[2] for row in rows[1:]] == ["广卫街"]
    assert len(rows) >= 1


def test_the_length_of_a_list_costs_neither_queries_nor_memory(
    line: Line, desk: Desk, today: Today, django_assert_num_queries: Any
) -> None:
    today("2010-08-03")
    place = line.street
    Organisation.objects.bulk_create(
        Organisation(name=f"第{n}会", organisation_kind="social", division=place, state="registered")
        for n in range(3_000)
    )
    client = desk(line.cast.registrar)
    with django_assert_num_queries(5):
        answer = client.get("/organisations/?export=xlsx&text=会")
    assert len(sheets(answer)[0]) > 3_000
    columns = [Column("名称", lambda row: f"第{row}行")]
    asked = asking(line.cast.registrar, date(2010, 8, 3))
    peaks = []
    for size in (1_000, 20_000):
        tracemalloc.start()
        workbook(range(size), columns, asked, name="表").close()
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert peaks[1] < peaks[0] + 1_000_000  # bytes: twenty thousand rows kept would take many times that
