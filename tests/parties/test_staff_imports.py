"""Posts from a file: what is refused, in which row and column; what is personal stays out of what is hashed."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from xlsxwriter import Workbook

from gongyue import clock
from gongyue.demonstration.cast import Cast
from gongyue.demonstration.line import Line
from gongyue.kernel.batches import accepted_rows, stage
from gongyue.kernel.models import Batch, BatchRow, Obligation, Person, Post
from gongyue.ledger.models import Entry
from gongyue.ledger.verify import verify
from gongyue.parties.models import PostImport
from gongyue.parties.staffrows import StaffRow

from .acts import assign, attempt, content, done, errors, refusals

pytestmark = pytest.mark.django_db
HEAD = ["机构", "用户名", "姓名", "岗位名称", "任职日期", "提醒邮箱"]


def row(**given: str) -> dict[str, str]:
    return {
        "organisation": "越秀区财政局", "username": "wusiqi", "name": "伍思齐", "title": "审核岗",
        "since": "2010-07-15", "email": "wu@example.org",
    } | given  # fmt: skip


def staged(post: Post, *rows: dict[str, str]) -> Batch:
    return stage(kind="posts.import", row_form=StaffRow, rows=rows, post=post, purchase=None, source="岗位.xlsx")


def faults(batch: Batch) -> list[str]:
    return [line for one in BatchRow.objects.filter(batch=batch).order_by("number") for line in one.fault.splitlines()]


def take_in(post: Post, batch: Batch, on: str = "2010-08-03") -> Any:
    return attempt("posts.import", PostImport(division=post.organisation.division), post, on, batch=str(batch.pk))


def test_a_file_is_seated_by_one_action(cast: Cast) -> None:
    batch = staged(
        cast.registrar, row(), row(username="jianmin", name="简敏", title="拨付复核", email=""),
        row(organisation="广州市残联", title="协作岗"),
    )  # fmt: skip
    assert faults(batch) == []
    outcome = take_in(cast.registrar, batch)
    taken = done(outcome)
    assert (taken.rows, taken.state, str(taken.division)) == (3, "imported", "广州市")
    assert content(outcome.entry)["input"]["batch"] == {"rows": 3, "root": batch.root, "source": "岗位.xlsx"}
    wu = Person.objects.get(username="wusiqi")
    assert (wu.name, wu.email, wu.has_usable_password()) == ("伍思齐", "wu@example.org", False)
    held = Post.objects.filter(person=wu).order_by("pk")
    assert [(str(post.organisation), post.title, post.since, post.state) for post in held] == [
        ("越秀区财政局", "审核岗", date(2010, 7, 15), "held"), ("广州市残联", "协作岗", date(2010, 7, 15), "held"),
    ]  # fmt: skip
    assert list(verify()) == []


def test_what_is_personal_is_committed_to_and_kept_apart(cast: Cast) -> None:
    batch = staged(cast.registrar, row())
    kept = BatchRow.objects.get(batch=batch)
    assert list(kept.data["name"]) == ["commitment"]
    assert not any(value in str(kept.data) for value in ("伍思齐", "wusiqi", "wu@example.org"))
    assert sorted(kept.personal) == ["email", "name", "username"]
    (number, shown), *_rest = accepted_rows(batch)
    assert (number, shown["name"], shown["title"]) == (1, "伍思齐", "审核岗")
    done(take_in(cast.registrar, batch))
    assert not any("伍思齐" in entry.body or "wusiqi" in entry.body for entry in Entry.objects.all())


def test_a_value_exchanged_behind_its_commitment_is_noticed(cast: Cast) -> None:
    batch = staged(cast.registrar, row())
    kept = BatchRow.objects.get(batch=batch)
    kept.personal["name"]["value"] = "另一人"
    kept.save(update_fields=["personal"])
    with pytest.raises(ValueError, match="name is not what was staged"):
        list(accepted_rows(batch))


def test_the_rows_still_give_their_root_when_what_is_personal_was_deleted(cast: Cast) -> None:
    batch = staged(cast.registrar, row())
    done(take_in(cast.registrar, batch))
    BatchRow.objects.filter(batch=batch).update(personal=None)
    (_number, shown), *_rest = accepted_rows(batch)
    assert list(shown["name"]) == ["commitment"]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"organisation": "月球办事处"}, "机构：本市没有登记这个机构"),
        ({"username": "有 空格"}, "用户名："),
        ({"name": ""}, "姓名：这个字段是必填项。"),
        ({"since": "七月"}, "任职日期：输入一个有效的日期。"),
        ({"email": "不是邮箱"}, "提醒邮箱：输入一个有效的 Email 地址。"),
        ({"username": "city"}, "用户名：该用户名已属于另一姓名的人员"),
    ],
)
def test_a_bad_row_says_where_and_why(cast: Cast, given: dict[str, str], said: str) -> None:
    batch = staged(cast.registrar, row(**given))
    (fault,) = faults(batch)
    assert fault.startswith(said)
    assert errors(take_in(cast.registrar, batch)) == {"batch": ["这批数据有 1 行有误，请更正后重新上传"]}


def test_rows_are_checked_against_each_other(cast: Cast) -> None:
    batch = staged(cast.registrar, row(), row(name="另一人"), row(), row(title="另一岗"))
    assert faults(batch) == ["用户名：第 1 行的同一用户名是另一姓名", "岗位名称：与第 1 行重复"]


def test_what_changed_since_the_upload_is_found_again(cast: Cast) -> None:
    batch = staged(cast.registrar, row())
    finance = cast.finances["440104"].organisation
    done(assign(cast.registrar, finance, "wusiqi", name="伍思齐", title="审核岗"))
    assert errors(take_in(cast.registrar, batch)) == {"batch": ["第 1 行：此人已在该机构任同一岗位"]}


def test_what_waited_for_somebody_goes_to_the_first_who_comes(line: Line) -> None:
    office = line.cast.streets[line.street.pk].organisation
    line.open(date(2010, 8, 2))
    Obligation.objects.filter(organisation=office).update(post=None)
    done(take_in(line.cast.registrar, staged(line.cast.registrar, row(organisation=office.name))))
    seat = Post.objects.get(person__username="wusiqi")
    assert {owed.post for owed in Obligation.objects.filter(organisation=office, is_open=True)} == {seat}


def test_only_the_registrar_takes_posts_in(cast: Cast) -> None:
    bureau = cast.bureaus["440104"][0]
    assert refusals(take_in(bureau, staged(bureau, row()))) == ["kernel.capacity"]


def test_the_page_takes_a_workbook_and_names_the_cell(cast: Cast, settings: Any, client: Client) -> None:
    settings.GONGYUE_DEMONSTRATION = True
    clock.advance(date(2010, 8, 3))
    client.force_login(cast.registrar.person)
    assert 'href="/batches/posts.import/"' in client.get("/posts/").content.decode()
    assert client.get("/batches/posts.import/template.xlsx").status_code == 200
    answer = client.post(
        "/batches/posts.import/", {"file": book([*row().values()], [*row(organisation="无").values()])}
    )
    page = client.get(answer["Location"])
    assert [(fault.row, fault.column) for fault in page.context["faults"]] == [(2, "机构")]
    answer = client.post("/batches/posts.import/", {"file": book([*row().values()])})
    page = client.get(answer["Location"])
    assert page.context["url"] == f"/do/posts.import/new/?batch={Batch.objects.get().pk}"


def book(*rows: list[str]) -> SimpleUploadedFile:
    out = io.BytesIO()
    with Workbook(out, {"in_memory": True}) as workbook:
        sheet = workbook.add_worksheet()
        for number, cells in enumerate([HEAD, *rows]):
            sheet.write_row(number, 0, cells)
    return SimpleUploadedFile("岗位.xlsx", out.getvalue())
