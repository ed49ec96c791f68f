"""Uploading rows: what is read, what is refused, what the page says, and the way on to the action."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongyue.demonstration.line import Line
from gongyue.desk import csvfile
from gongyue.desk.views import batches
from gongyue.kernel.models import Batch, Post
from gongyue.needs.models import NeedsAssessment, SurveyAnswer

from .conftest import Desk, text

Today = Callable[[str], date]
HEAD = "社区,年龄段,最需要的服务,紧迫程度"
WANTED = "表头须为：社区、年龄段、最需要的服务、紧迫程度"
GOOD = f'{HEAD}\r\n都府社区,60岁及以上,居家照料,5\r\n仰忠社区,18至35岁,"亲子,活动",2\r\n'


@pytest.fixture
def asking(line: Line, today: Today) -> Line:
    """The needs of 广卫街 are being assessed since 8 September 2010; it is the tenth."""
    line.open(date(2010, 9, 6))
    line.act("needs.start", None, date(2010, 9, 8))
    today("2010-09-10")
    return line


@pytest.fixture
def street(asking: Line, desk: Desk) -> Client:
    return desk(asking.actor("needs.accept_answers"))


def address(line: Line) -> str:
    return f"/batches/needs.answers/?purchase={line.purchase.pk}"


def upload(client: Client, line: Line, content: str | bytes, name: str = "问卷.csv") -> Any:
    raw = content.encode() if isinstance(content, str) else content
    return client.post(address(line), {"file": SimpleUploadedFile(name, raw, content_type="text/csv")})


def followed(client: Client, answer: Any) -> Any:
    assert answer.status_code == 303
    return client.get(answer["Location"])


# --- what may be uploaded ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "content",
    [
        GOOD, GOOD.encode("utf-8-sig"), GOOD.encode("gbk"), GOOD.replace("\r\n", "\n"), GOOD + ",,,\r\n\r\n",
        '紧迫程度, 最需要的服务 ,年龄段,社区,,\n5,居家照料,60岁及以上,都府社区,,\n２,"亲子,活动",18 至 35 岁,仰忠社区',
    ],
    ids=["utf-8", "bom", "gbk", "unix", "blank end", "other order"],
)  # fmt: skip
def test_good_rows_lead_to_the_action(content: str | bytes, asking: Line, street: Client) -> None:
    answer = upload(street, asking, content)
    batch = Batch.objects.get()
    assert (batch.rows, batch.faults, batch.source, batch.purchase) == (2, 0, "问卷.csv", asking.purchase)
    assert answer["Location"] == f"{address(asking)}&batch={batch.pk}"
    page = followed(street, answer)
    needs = asking.latest(NeedsAssessment)
    assert page.context["url"] == f"/do/needs.accept_answers/{needs.pk}/?batch={batch.pk}"
    assert f'href="/do/needs.accept_answers/{needs.pk}/?batch={batch.pk}"' in text(page)
    assert "核对无误" in text(page)


def test_the_action_page_has_the_batch_chosen(asking: Line, street: Client) -> None:
    first, second = (followed(street, upload(street, asking, GOOD)) for _ in range(2))
    chosen, other = first.context["batch"], second.context["batch"]
    page = street.get(first.context["url"])
    assert f'<option value="{chosen.pk}" selected>问卷.csv（2 行，' in text(page)
    assert f'<option value="{other.pk}">' in text(page)
    assert f'<a href="{address(asking)}">上传新的数据文件</a>' in text(page)
    sent = {"batch": str(chosen.pk), "seen": "1", "request_id": str(uuid4())}
    answer = street.post(first.context["url"], sent)
    assert (answer.status_code, answer["Location"]) == (303, f"/purchases/{asking.purchase.pk}/")
    assert SurveyAnswer.objects.filter(batch=chosen).count() == 2
    done = street.get(f"{address(asking)}&batch={chosen.pk}")
    assert ("这批数据已经接收，记入台账。" in text(done), done.context["url"]) == (True, "")


def test_faults_are_shown_by_row_and_column(asking: Line, street: Client) -> None:
    page = followed(street, upload(street, asking, f"{GOOD}\n都府社区,老人,居家照料,6\n<b>,,,1\n"))
    assert [(fault.row, fault.column, fault.reason) for fault in page.context["faults"]] == [
        (3, "社区", "这个字段是必填项。"), (3, "年龄段", "这个字段是必填项。"),
        (3, "最需要的服务", "这个字段是必填项。"), (3, "紧迫程度", "这个字段是必填项。"),
        (4, "年龄段", "选择一个有效的选项。 老人 不在可用的选项中。"), (4, "紧迫程度", "确保该值小于或等于5。"),
        (5, "年龄段", "这个字段是必填项。"), (5, "最需要的服务", "这个字段是必填项。"),
    ]  # fmt: skip
    assert (page.context["facts"].rows, page.context["facts"].faults, page.context["url"]) == (5, 3, "")
    assert "有误，不能接收" in text(page)
    assert "/do/" not in text(page).partition("<main")[2]


def test_fifty_faulty_rows_are_shown(asking: Line, street: Client) -> None:
    page = followed(street, upload(street, asking, HEAD + "\n都府社区,60岁及以上,居家照料,0" * 70))
    assert len(page.context["faults"]) == batches.FAULTS_SHOWN == 50
    assert page.context["facts"].faults == 70


def test_what_is_not_due_yet_has_no_button(line: Line, today: Today, desk: Desk) -> None:
    line.open(date(2010, 9, 6))
    today("2010-09-10")
    client = desk(line.cast.streets[line.street.pk])
    page = followed(client, upload(client, line, GOOD))
    assert page.context["url"] == ""
    assert "现在还不能“接收问卷答卷”；数据已保存，到时可以选用。" in text(page)


# --- what may not -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"PK\x03\x04\xff\xfe\x00\x81\xff", "这不是 CSV 文件"),
        (f'{HEAD}\n"都府社区,1', "这不是 CSV 文件"),
        ("社区,年龄段,紧迫程度\n", f"{WANTED}；文件的表头是：社区、年龄段、紧迫程度"),
        ("\n", f"{WANTED}；文件的表头是：—"),
        (f"{HEAD},社区\n", f"{WANTED}；文件的表头是：社区、年龄段、最需要的服务、紧迫程度、社区"),
        (f"{GOOD}都府社区,60岁及以上,居家照料,5,很急\n", "第 3 行的内容多于表头的列数"),
        (f"{HEAD}\n,,,\n", "文件里没有数据"),
        ("", "所提交的是空文件。"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said_and_leaves_nothing(
    content: str | bytes, said: str, asking: Line, street: Client
) -> None:
    answer = upload(street, asking, content)
    assert (answer.status_code, answer.context["form"].errors) == (422, {"file": [said]})
    assert said in text(answer)
    assert Batch.objects.count() == 0


def test_no_file_at_all(asking: Line, street: Client) -> None:
    assert street.post(address(asking), {}).context["form"].errors == {"file": ["这个字段是必填项。"]}


def test_a_file_is_not_too_large(asking: Line, street: Client) -> None:
    answer = upload(street, asking, GOOD.encode() + b"\n" * 20 * 1024 * 1024)
    assert answer.context["form"].errors == {"file": ["文件超过 20 MB"]}
    assert Batch.objects.count() == 0


def test_a_file_has_not_too_many_rows() -> None:
    def count(rows: int) -> int:
        file = SimpleUploadedFile("x.csv", b"a\n" + b"1\n" * (rows - 2) + b"\n1\n\n\n")
        return sum(1 for _row in csvfile.rows(file, {"a": "a"}))

    assert count(100_000) == 100_000
    with pytest.raises(ValidationError) as refused:
        count(100_001)
    assert refused.value.messages == ["超过 100000 行，请分成几个文件"]


# --- for whom ---------------------------------------------------------------------------------------------------------


def test_who_is_not_logged_in_is_asked_to(asking: Line) -> None:
    assert Client().get(address(asking))["Location"].startswith("/login/?next=")


def test_what_another_may_not_do_does_not_exist(asking: Line, desk: Desk, street: Client) -> None:
    followed(street, upload(street, asking, GOOD))
    batch = Batch.objects.get()
    cast = asking.cast
    elsewhere: Post = cast.streets[Line(cast, asking.district, "建设街").street.pk]
    for stranger in (elsewhere, cast.social[0], cast.city[0]):
        client = desk(stranger)
        assert client.get(address(asking)).status_code == 404
        assert upload(client, asking, GOOD).status_code == 404
    finance = desk(cast.finances[asking.district])
    assert finance.get(address(asking)).status_code == 200
    assert finance.get(f"{address(asking)}&batch={batch.pk}").status_code == 404
    assert Batch.objects.count() == 1


@pytest.mark.parametrize(
    "url", ["/batches/no.such/?purchase={}", "/batches/needs.answers/", "/batches/needs.answers/?purchase=x",
            "/batches/needs.answers/?purchase={}&batch=987654", "/batches/needs.answers/?purchase={}&batch=x",
            "/batches/no.such/template.csv"],
)  # fmt: skip
def test_what_there_is_not(url: str, asking: Line, street: Client) -> None:
    assert street.get(url.format(asking.purchase.pk)).status_code == 404


def test_the_empty_file_has_the_head_and_can_be_read(asking: Line, street: Client) -> None:
    answer = street.get("/batches/needs.answers/template.csv")
    assert answer["Content-Disposition"] == 'attachment; filename="needs.answers.csv"'
    assert answer.content == f"\ufeff{HEAD}\r\n".encode()
    assert upload(street, asking, answer.content).context["form"].errors == {"file": ["文件里没有数据"]}


def test_the_page_says_what_each_column_takes(asking: Line, street: Client) -> None:
    assert street.get(address(asking)).context["columns"] == [
        ("社区", "不超过 60 字"), ("年龄段", "18岁以下、18至35岁、36至59岁、60岁及以上"),
        ("最需要的服务", "不超过 80 字"), ("紧迫程度", "1 至 5 的整数，5 最紧迫"),
    ]  # fmt: skip
