"""What a form accepts: amounts to the fen, days, rows, and clear words at the place of the mistake."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from gongyue.kernel.fields import (
    DayField,
    DocumentField,
    JudgementField,
    MomentField,
    MoneyField,
    RowsField,
    ScanField,
)
from gongyue.kernel.forms import ActionForm


@pytest.mark.parametrize(
    ("typed", "fen"),
    [("500000", 50_000_000), ("1,980,000.05", 198_000_005), ("0.01", 1), (" 12.5 元", 1250), ("３", None), (7, 7)],
)
def test_yuan_become_fen_exactly(typed: object, fen: int | None) -> None:
    field = MoneyField()
    if fen is None:
        with pytest.raises(ValidationError):
            field.clean(typed)
    else:
        assert field.clean(typed) == fen


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("-5", "金额不能为负数"),
        ("0", "金额须大于零"),
        ("1.005", "金额最多精确到分（两位小数）"),
        ("1e9", "请填写金额（元），例如 500000 或 500000.00"),
        ("NaN", "请填写金额（元），例如 500000 或 500000.00"),
        ("9999999999999999", "金额过大"),
        ("", "这个字段是必填项。"),
    ],
)
def test_a_wrong_amount_is_told_so(typed: str, message: str) -> None:
    with pytest.raises(ValidationError) as refused:
        MoneyField().clean(typed)
    assert refused.value.messages == [message]


@given(st.integers(1, MoneyField.FEN_MAX))
def test_what_is_shown_is_read_back(fen: int) -> None:
    field = MoneyField()
    assert field.clean(field.prepare_value(fen)) == fen


class Row(forms.Form):
    due_on = DayField(label="应付日期")
    amount = MoneyField(label="金额")


class Schedule(ActionForm):
    rows = RowsField(Row, most=3)


def test_rows_are_read_from_a_page_and_from_a_program() -> None:
    page = QueryDict(
        "rows-0-due_on=2011-03-01&rows-0-amount=10.00&rows-4-due_on=2011-04-01&rows-4-amount=2&rows-9-due_on="
    )
    typed, sent = Schedule(page), Schedule({"rows": [{"due_on": "2011-03-01", "amount": 1000}]})
    assert (typed.is_valid(), sent.is_valid()) == (True, True)
    assert [(r["due_on"].isoformat(), r["amount"]) for r in typed.cleaned_data["rows"]] == [
        ("2011-03-01", 1000),
        ("2011-04-01", 200),
    ]
    assert [r["amount"] for r in sent.cleaned_data["rows"]] == [1000]


def test_a_refused_table_marks_the_cells_that_are_wrong() -> None:
    page = QueryDict("rows-0-due_on=2011-03-01&rows-0-amount=10.00&rows-1-due_on=2011-04-01&rows-1-amount=zehn")
    refused, fine = Schedule(page), Schedule(QueryDict(page.urlencode().replace("zehn", "10")))
    html = " ".join(str(refused["rows"]).split())
    assert (html.count("aria-invalid"), fine.is_valid(), str(fine["rows"]).count("aria-invalid")) == (1, True, 0)
    assert 'name="rows-1-amount"' in html.split("aria-invalid")[0].rpartition("<input")[2]


@pytest.mark.parametrize(
    ("rows", "errors"),
    [
        ([{"due_on": "2011-02-30", "amount": "5"}], ["第 1 行 应付日期：输入一个有效的日期。"]),
        (
            [{"due_on": "2011-03-01", "amount": "5"}, {"due_on": "2011-03-01", "amount": "5.001"}],
            ["第 2 行 金额：金额最多精确到分（两位小数）"],
        ),
        ([], ["至少填写 1 行"]),
        ([{"due_on": "2011-03-01", "amount": "5"}] * 4, ["最多 3 行"]),
        ("{", ["表格内容无法读取"]),
        ([1], ["表格内容无法读取"]),
    ],
)
def test_a_wrong_row_names_row_and_column(rows: object, errors: list[str]) -> None:
    form = Schedule({"rows": rows})
    assert form.errors == {"rows": errors}


@pytest.mark.parametrize(
    "typed", ["0001-01-01", "9999-12-31", "2010-02-30", "٢٠١٠-٠١-٠١", "10000-01-01", 5, {"a": 1}, True]
)
def test_what_is_no_day_of_our_age_is_refused(typed: object) -> None:
    with pytest.raises(ValidationError):
        DayField().clean(typed)


@pytest.mark.parametrize(
    "typed", ["0001-01-01T00:00", "9999-12-31T23:59:59-12:00", "1899-12-31T23:59", 20101101, ["x"]]
)
def test_what_is_no_moment_of_our_age_is_refused(typed: object) -> None:
    with pytest.raises(ValidationError):
        MomentField().clean(typed)


@pytest.mark.parametrize("typed", ["[" * 100_000, '[{"due_on": "\\ud800", "amount": 1}]', "{", "12", "[[1]]"])
def test_rows_that_cannot_be_read_or_written_are_told_so(typed: str) -> None:
    form = Schedule({"rows": typed})
    assert form.errors["rows"] == ["表格内容无法读取"]


def test_a_number_in_the_place_of_a_day_is_a_mistake_in_its_row() -> None:
    form = Schedule({"rows": '[{"due_on": 5, "amount": 700}]'})
    assert form.errors["rows"] == ["第 1 行 应付日期：输入一个有效的日期。"]


PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(64) + b"\xff\xd9"


@pytest.mark.parametrize("content", [PDF, JPEG, PDF + b"\n" * 100])
def test_a_scan_is_a_pdf_or_a_jpeg_whatever_it_is_called(content: bytes) -> None:
    kept = ScanField().clean(SimpleUploadedFile("合同.docx", content))
    assert kept.read() == content


@pytest.mark.parametrize(
    "content",
    [b"PK\x03\x04" + PDF, b"<html>%PDF- %%EOF</html>", PDF[:-7], JPEG[:-2], b"\x89PNG\r\n\x1a\n" + bytes(64), b"%PDF-"],
)
def test_what_only_says_so_is_no_scan(content: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        ScanField().clean(SimpleUploadedFile("合同.pdf", content, content_type="application/pdf"))
    assert refused.value.messages == ["文件的内容不是完整的 PDF 或 JPEG"]


# --- files ------------------------------------------------------------------------------------------------------------

ZIP, OLE = b"PK\x03\x04" + bytes(20), b"\xd0\xcf\x11\xe0" + bytes(20)
DIFFERS = "文件内容与扩展名不符，可能已损坏或改过名"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"%PDF-1.7"), ("a.PDF", b"\n\n%PDF-1.4"), ("a.png", b"\x89PNG\r\n\x1a\n"),
        ("a.jpg", b"\xff\xd8\xff\xe0"),
        ("a.docx", ZIP), ("a.xlsx", ZIP), ("a.doc", OLE), ("a.doc", b"{\\rtf1"), ("a.txt", b"MZ"), ("a", b"x"),
    ],
)  # fmt: skip
def test_a_file_that_is_what_it_says_is_taken(name: str, content: bytes) -> None:
    file = SimpleUploadedFile(name, content)
    assert DocumentField().clean(file).read() == content


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.pdf", b"MZ\x90\x00"), ("a.pdf", ZIP), ("a.png", b"<html>"), ("a.jpg", b"%PDF-1.7"), ("a.docx", OLE),
        ("a.xlsx", b"a,b\n1,2\n"), ("a.doc", b"MZ\x90\x00"), ("a.zip", b"Rar!"),
    ],
)  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_refused(name: str, content: bytes) -> None:
    with pytest.raises(ValidationError) as refused:
        DocumentField().clean(SimpleUploadedFile(name, content))
    assert refused.value.messages == [DIFFERS]


def test_a_file_of_fifty_megabytes_is_refused_with_the_limit() -> None:
    with pytest.raises(ValidationError) as refused:
        DocumentField().clean(SimpleUploadedFile("a.pdf", b"%PDF-" + bytes(50 * 1024 * 1024)))
    assert refused.value.messages == ["文件超过 20 MB"]


def test_no_judgement_is_made_beforehand() -> None:
    class Opinion(forms.Form):
        result = JudgementField(choices=[("agreed", "同意"), ("revise", "要求修改")])

    assert "selected" not in str(Opinion()["result"]).replace('<option value="" selected', "")
    assert Opinion({}).errors == {"result": ["这个字段是必填项。"]}
    assert Opinion({"result": "agreed"}).is_valid()
