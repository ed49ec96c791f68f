"""Workbooks: what is read from them, what is refused, and a long file that is read beside the page."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from python_calamine import load_workbook

from gongyue.demonstration.line import Line
from gongyue.desk import intake, xlsxfile
from gongyue.kernel.models import Batch, BatchRow
from gongyue.needs.forms import AnswerRow

from .conftest import Desk, text

Today = Callable[[str], date]
HEAD = ["社区", "年龄段", "最需要的服务", "紧迫程度"]
NONE = "这不是 Excel 工作簿（.xlsx）：内容与文件名不符、已损坏或加了密码"


@pytest.fixture
def asking(line: Line, today: Today) -> Line:
    line.open(date(2010, 9, 6))
    line.act("needs.start", None, date(2010, 9, 8))
    today("2010-09-10")
    return line


@pytest.fixture
def street(asking: Line, desk: Desk) -> Client:
    return desk(asking.actor("needs.accept_answers"))


def book(rows: list[list[Any]], top: int = 0) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for number, row in enumerate(rows, top):
            for column, cell in enumerate(row):
                if isinstance(cell, date):
                    sheet.write_datetime(number, column, datetime.combine(cell, datetime.min.time()), day)
                elif isinstance(cell, tuple):
                    sheet.write_formula(number, column, cell[0], None, cell[1])
                else:
                    sheet.write(number, column, cell)
    return out.getvalue()


def upload(client: Client, line: Line, content: bytes, name: str = "问卷.xlsx") -> Any:
    url = f"/batches/needs.answers/?purchase={line.purchase.pk}"
    return client.post(url, {"file": SimpleUploadedFile(name, content)})


GOOD = [HEAD, ["都府社区", "60岁及以上", "居家照料", 5], ["仰忠社区", "18至35岁", "亲子", ("=1+1", 2)]]


@pytest.mark.parametrize("top", [0, 3])
def test_cells_are_read_as_people_would_type_them_and_formulas_as_their_values(
    top: int, asking: Line, street: Client
) -> None:
    answer = upload(street, asking, book(GOOD, top))
    assert answer.status_code == 303
    batch = Batch.objects.get()
    assert (batch.rows, batch.faults, batch.source) == (2, 0, "问卷.xlsx")
    kept = BatchRow.objects.filter(batch=batch).order_by("number").values_list("data", flat=True)
    assert [row["urgency"] for row in kept] == [5, 2]


def test_days_numbers_and_words_become_text() -> None:
    cells = [1.0, 2.5, True, date(2010, 11, 1), datetime(2010, 11, 1), datetime(2010, 11, 1, 9, 30), None, "=1+1"]
    assert [xlsxfile._text(cell) for cell in cells] == [
        "1", "2.5", "是", "2010-11-01", "2010-11-01", "2010-11-01T09:30", "", "=1+1",
    ]  # fmt: skip


def test_faults_are_named_by_row_and_column(asking: Line, street: Client) -> None:
    answer = upload(street, asking, book([*GOOD, ["", "老人", "居家", 9]]))
    page = street.get(answer["Location"])
    assert [(fault.row, fault.column) for fault in page.context["faults"]] == [
        (3, "社区"), (3, "年龄段"), (3, "紧迫程度"),
    ]  # fmt: skip


def bomb() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(401):
                part.write(bytes(1024 * 1024))
    return out.getvalue()


def other_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("readme.txt", "…")
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (lambda: b"MZ\x90\x00" + bytes(400), NONE), ("社区,年龄段\n1,2\n".encode, NONE), (other_zip, NONE),
        (lambda: book(GOOD)[:-40], NONE), (bomb, "文件解压后过大，不像是正常的表格"),
        (lambda: book([HEAD]), "文件里没有数据"),
        (lambda: book([["社区"], ["都府"]]), "表头须为：社区、年龄段、最需要的服务、紧迫程度；文件的表头是：社区"),
        (lambda: b"PK" + bytes(50 * 1024 * 1024), "文件超过 20 MB"),
    ],
    ids=["program", "csv", "other zip", "cut off", "bomb", "empty", "head", "50 MB"],
)  # fmt: skip
def test_what_is_not_what_it_says_is_refused_and_leaves_nothing(
    content: Callable[[], bytes], said: str, asking: Line, street: Client
) -> None:
    answer = upload(street, asking, content())
    assert (answer.status_code, answer.context["form"].errors) == (422, {"file": [said]})
    assert Batch.objects.count() == 0


# --- a long file ------------------------------------------------------------------------------------------------------


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What would be done in a thread, to be done by the test."""
    waiting: list[Callable[[], None]] = []
    monkeypatch.setattr(intake, "SHORT", 0)
    monkeypatch.setattr(intake, "beside", waiting.append)
    return waiting


@pytest.mark.parametrize("suffix", ["xlsx", "csv"])
def test_a_long_file_is_read_while_its_page_watches(
    suffix: str, asking: Line, street: Client, beside: list[Callable[[], None]]
) -> None:
    rows = [HEAD, *[["都府社区", "60岁及以上", "居家照料", 5]] * 2500]
    lines = "\n".join(",".join(map(str, row)) for row in rows)
    content = book(rows) if suffix == "xlsx" else lines.encode()
    answer = upload(street, asking, content, f"问卷.{suffix}")
    page = street.get(answer["Location"])
    assert 'data-poll="1000"' in text(page)
    assert page.context["progress"] == intake.Progress(0, 2500 if suffix == "xlsx" else None, "")
    beside[0]()
    page = street.get(answer["Location"])
    assert ("核对无误" in text(page), "data-poll" in text(page)) == (True, False)
    assert Batch.objects.get().rows == 2500


def test_what_stops_a_long_file_is_said_on_its_page(
    asking: Line, street: Client, beside: list[Callable[[], None]]
) -> None:
    answer = upload(street, asking, (",".join(HEAD) + "\n" + "a,b,c,1\n" * 3 + "a,b,c,1,x\n").encode(), "a.csv")
    beside[0]()
    page = street.get(answer["Location"])
    assert page.context["progress"].failed == "第 4 行的内容多于表头的列数"
    assert BatchRow.objects.count() == 0


def test_a_file_that_nobody_reads_any_more_says_so(
    asking: Line, street: Client, beside: list[Callable[[], None]]
) -> None:
    answer = upload(street, asking, book(GOOD))
    Batch.objects.update(touched_at=timezone.now() - timedelta(minutes=3))
    assert street.get(answer["Location"]).context["progress"].failed == "读取中断，请重新上传"
    beside[0]()


# --- the template -----------------------------------------------------------------------------------------------------


def test_the_template_has_lists_and_instructions_and_can_be_read(asking: Line, street: Client) -> None:
    answer = street.get(f"/batches/needs.answers/template.xlsx?purchase={asking.purchase.pk}")
    assert answer["Content-Disposition"] == 'attachment; filename="needs.answers.xlsx"'
    workbook = load_workbook(io.BytesIO(answer.content))
    assert workbook.sheet_names == ["数据", "填报说明", "选项"]
    assert workbook.get_sheet_by_index(0).to_python() == [HEAD]
    assert [row[0] for row in workbook.get_sheet_by_name("选项").to_python()] == [
        str(label)
        for _value, label in AnswerRow.base_fields["age_band"].choices  # type: ignore[attr-defined]
    ]
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert b"<dataValidation " in archive.read("xl/worksheets/sheet1.xml")
